package dev.hoplog.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.api.verify.KafkaLog;
import dev.hoplog.api.verify.Rebuild;
import dev.hoplog.api.verify.Verify;
import java.sql.SQLException;

/** What {@code hoplog verify} and {@code hoplog rebuild} look at, for a test. */
final class Checks {
    private static final String SPARE_SCHEMA = "spare";

    private Checks() {}

    /** Every invariant holds, and the log gives the very rows that are projected. */
    static void verifyAndRebuild(RunningStack stack) throws SQLException {
        assertThat(new Verify(stack.schema(RunningStack.LIVE_SCHEMA)).run()).isEmpty();
        try (var log = new KafkaLog(stack.log())) {
            var report = new Rebuild(stack::schema, log).run(RunningStack.LIVE_SCHEMA, SPARE_SCHEMA);
            assertThat(report.tables())
                    .isNotEmpty()
                    .allSatisfy(table -> assertThat(table.isEqual())
                            .as("%s and rebuilt %s", table, table.rebuilt())
                            .isTrue());
        }
    }
}
