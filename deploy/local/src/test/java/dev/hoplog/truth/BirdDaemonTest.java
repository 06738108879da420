package dev.hoplog.truth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.ingest.capture.CaptureFolder;
import dev.hoplog.ingest.capture.CaptureReplay;
import dev.hoplog.ingest.publish.Scraper;
import dev.hoplog.ingest.publish.SnapshotPublisher;
import dev.hoplog.log.LogEntry;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.Change;
import dev.hoplog.model.Change.Changed;
import dev.hoplog.model.ChangeStamp;
import dev.hoplog.model.DaemonState;
import dev.hoplog.model.View;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * That BIRD read its configuration or took another identity is told of its row in the session table. Its times are
 * stamps: alone they make a {@code ChangedUnseen}, while another router id is a {@code Changed}.
 */
class BirdDaemonTest {
    @TempDir
    Path folder;

    @Test
    void shouldLogThatBirdReadItsConfigurationAgain() throws Exception {
        var changes = changes(Recording.SEED_INCIDENT.log(), "solwk01");

        assertThat(changes).isNotEmpty().allSatisfy(change -> {
            assertThat(now(change).startedAt()).isEqualTo(was(change).startedAt());
            assertThat(micros(now(change).reconfiguredAt()))
                    .isGreaterThan(micros(was(change).reconfiguredAt()));
        });
    }

    @Test
    void shouldLogThatBirdHasAnotherRouterId() throws Exception {
        ShiftedCapture.write(Recording.STOP_REACHING_PVE02, Duration.ZERO, folder);
        try (var scrapes = Files.list(folder)) {
            for (var scrape : scrapes.sorted().skip(12).toList()) {
                var status = scrape.resolve("solwk02/bird/show_status.txt");
                Files.writeString(
                        status,
                        Files.readString(status).replace("Router ID is 10.101.0.22", "Router ID is 10.101.0.99"));
            }
        }

        var changes = changes(log(), "solwk02");

        assertThat(changes).singleElement().isInstanceOfSatisfying(Changed.class, change -> {
            assertThat(was(change).routerId()).contains("10.101.0.22");
            assertThat(now(change).routerId()).contains("10.101.0.99");
        });
    }

    private List<LogEntry> log() throws Exception {
        var diff = new InMemoryDiff();
        try (var capture = CaptureFolder.open(folder)) {
            var replay = CaptureReplay.prepare(capture, "lab");
            var producer = new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
            var publisher = new SnapshotPublisher(producer, Scraper.ofCapture("lab", replay.interval()));
            replay.run(publisher::publish, (done, ofAll) -> {});
            producer.history().forEach(record -> diff.take(record.value()));
        }
        return diff.log();
    }

    private static List<Change> changes(List<LogEntry> log, String node) {
        return log.stream()
                .filter(RouteEvent.class::isInstance)
                .map(RouteEvent.class::cast)
                .filter(event -> event.rib().view() == View.SESSIONS)
                .filter(event -> event.rib().hop().daemon().equals("bird"))
                .filter(event -> event.rib().hop().node().equals(node))
                .map(RouteEvent::change)
                .filter(change -> change.before().isPresent()
                        && change.after()
                                .filter(seen -> seen.row() instanceof DaemonState)
                                .isPresent())
                .toList();
    }

    private static DaemonState was(Change change) {
        return (DaemonState) change.before().orElseThrow().row();
    }

    private static DaemonState now(Change change) {
        return (DaemonState) change.after().orElseThrow().row();
    }

    private static long micros(Optional<ChangeStamp> stamp) {
        return stamp.orElseThrow().earliest();
    }
}
