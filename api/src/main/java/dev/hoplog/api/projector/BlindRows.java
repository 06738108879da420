package dev.hoplog.api.projector;

import dev.hoplog.api.db.Columns;
import dev.hoplog.api.db.Times;
import dev.hoplog.log.LogEntry.BlindMark;
import dev.hoplog.wire.LogCodec;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.TreeMap;

/** Why a time is not covered: table {@code blind}. A later mark of the same run of failures replaces an earlier one. */
final class BlindRows implements Rows {
    private static final String[] TYPES = {"int4", "int4", "timestamptz", "timestamptz", "int4", "int2", "text", "text"
    };
    private static final String UPSERT = "INSERT INTO blind (rib_id, log_partition, first_failed_at, last_failed_at,"
            + " failures, reason, detail, command) SELECT * FROM " + Columns.unnest(TYPES)
            + """
             ON CONFLICT (rib_id, log_partition, first_failed_at) DO UPDATE
            SET last_failed_at = excluded.last_failed_at, failures = excluded.failures, reason = excluded.reason,
                detail = excluded.detail, command = excluded.command
            WHERE excluded.failures >= blind.failures
            """;

    private record Run(int ribId, Instant firstFailedAt) implements Comparable<Run> {
        @Override
        public int compareTo(Run other) {
            int byRib = Integer.compare(ribId, other.ribId);
            return byRib != 0 ? byRib : firstFailedAt.compareTo(other.firstFailedAt);
        }
    }

    @Override
    public void write(Connection connection, Batch batch, Surrogates surrogates) throws SQLException {
        var last = new TreeMap<Run, BlindMark>();
        for (var logged : batch.of(BlindMark.class)) {
            var mark = logged.entry();
            last.merge(
                    new Run(surrogates.rib(mark.rib()), mark.firstFailedAt()),
                    mark,
                    (one, other) -> other.failures() >= one.failures() ? other : one);
        }
        var rows = new Columns(TYPES);
        last.forEach((run, mark) -> rows.row(
                run.ribId,
                batch.partition(),
                Times.text(mark.firstFailedAt()),
                Times.text(mark.lastFailedAt()),
                mark.failures(),
                (short) LogCodec.REASONS.encode(mark.reason()).getNumber(),
                printable(mark.detail()),
                printable(mark.command())));
        rows.update(connection, UPSERT);
    }

    /** PostgreSQL's text has no NUL. */
    static String printable(String foreign) {
        return foreign.replace('\0', '\uFFFD');
    }
}
