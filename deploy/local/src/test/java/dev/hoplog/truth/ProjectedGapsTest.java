package dev.hoplog.truth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.api.history.Window;
import dev.hoplog.api.query.ExplainedGap;
import dev.hoplog.api.query.Gaps;
import dev.hoplog.gap.Explanation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The projection of a recording, and of the chain that was published with it, has the gaps that its log has. */
@Timeout(120)
class ProjectedGapsTest {
    private static final Recording RECORDING = Recording.STOP_REACHING_PVE02;

    @TempDir
    Path directory;

    @Test
    void shouldFindInTheDatabaseWhatIsInTheLog() throws Exception {
        var recorded = RecordedGaps.of(RECORDING);
        try (var database = RecordedDatabase.of(RECORDING, directory)) {
            var question =
                    new Gaps.Question("", new Gaps.Of.All(), "", Window.open(), List.of(), Optional.empty(), 10_000);

            var answer = new Gaps(database.owner()).ask(question, Duration.ofSeconds(60));

            assertThat(answer.gaps())
                    .isNotEmpty()
                    .extracting(ExplainedGap::gap)
                    .containsExactlyInAnyOrderElementsOf(recorded.gaps());
            for (var gap : answer.gaps()) {
                assertThat(gap.causes().stream().map(cause -> told(cause.explanation())))
                        .as("%s", gap.gap())
                        .containsExactlyElementsOf(recorded.explain(gap.gap()).stream()
                                .map(ProjectedGapsTest::told)
                                .toList());
            }
        }
    }

    /** Without what evidence showed, which one reads from a database and the other from a log. */
    private static String told(Explanation explanation) {
        return explanation + " " + explanation.lacking()
                + explanation.evidence().stream()
                        .map(evidence -> evidence.rib() + " " + evidence.row())
                        .toList();
    }
}
