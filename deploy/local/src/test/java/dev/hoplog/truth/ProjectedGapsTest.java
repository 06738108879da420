package dev.hoplog.truth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.api.history.Window;
import dev.hoplog.api.projector.Batch;
import dev.hoplog.api.projector.Logged;
import dev.hoplog.api.projector.Projection;
import dev.hoplog.api.query.ExplainedGap;
import dev.hoplog.api.query.Gaps;
import dev.hoplog.gap.Explanation;
import dev.hoplog.local.FreePort;
import dev.hoplog.local.LocalPostgres;
import dev.hoplog.local.LocalPostgres.Durability;
import dev.hoplog.log.LogEntry;
import dev.hoplog.log.LogEntry.ChainPublished;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.View;
import dev.hoplog.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** The projection of a recording, and of the chain that was published with it, has the gaps that its log has. */
@Timeout(120)
class ProjectedGapsTest {
    private static final int PARTITIONS = 3;
    private static final Recording RECORDING = Recording.STOP_REACHING_PVE02;

    @TempDir
    Path directory;

    @Test
    void shouldFindInTheDatabaseWhatIsInTheLog() throws Exception {
        var recorded = RecordedGaps.of(RECORDING);
        try (var postgres = LocalPostgres.start(directory, FreePort.orGiven(0), Durability.TEMPORARY)) {
            var dataSource = migrated(postgres);
            project(dataSource);
            var question =
                    new Gaps.Question("", new Gaps.Of.All(), "", Window.open(), List.of(), Optional.empty(), 10_000);

            var answer = new Gaps(dataSource).ask(question, Duration.ofSeconds(60));

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

    private static DataSource migrated(LocalPostgres postgres) {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(postgres.jdbcUrl());
        dataSource.setUser(postgres.user());
        dataSource.setPassword(postgres.password());
        Flyway.configure().dataSource(dataSource).load().migrate();
        return dataSource;
    }

    /** As the projector would, from partitions as the diff writes them. */
    private static void project(DataSource dataSource) throws Exception {
        var log = new ArrayList<LogEntry>();
        LabChain.timeline(RECORDING.title(), LabChain.chain())
                .versions()
                .forEach(version -> log.add(new ChainPublished(version)));
        log.addAll(RECORDING.log());
        var partitions = new ArrayList<List<Logged<LogEntry>>>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            partitions.add(new ArrayList<>());
        }
        for (var entry : log) {
            if (entry instanceof RouteEvent event && event.rib().view() != View.SESSIONS) {
                append(partitions.get(Topics.partitionOf(event.key(), PARTITIONS)), entry);
            } else {
                partitions.forEach(partition -> append(partition, entry));
            }
        }
        var projection = new Projection(dataSource);
        projection.begin(PARTITIONS);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            var entries = partitions.get(partition);
            projection.position(partition, 0);
            projection.write(new Batch(partition, 0, entries.size(), entries));
        }
    }

    private static void append(List<Logged<LogEntry>> partition, LogEntry entry) {
        partition.add(new Logged<>(partition.size(), entry));
    }
}
