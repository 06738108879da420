package dev.hoplog.truth;

import dev.hoplog.ingest.capture.BadCapture;
import dev.hoplog.ingest.capture.CaptureFolder;
import dev.hoplog.ingest.capture.CaptureReplay;
import dev.hoplog.ingest.publish.PublishFailed;
import dev.hoplog.ingest.publish.Scraper;
import dev.hoplog.ingest.publish.SnapshotPublisher;
import dev.hoplog.log.LogEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** One of the bundled recordings of real incidents. */
@SuppressWarnings("ImmutableEnumChecker") // what was read of a recording is always the same
public enum Recording {
    SEED_INCIDENT(254, 83),
    STOP_REACHING_PVE02(20, 1),
    SCRAPER_OUTAGE(84, 0),
    SESSION_FLAP(209, 0);

    private final int visibleChanges;
    private final int visibleLosses;
    private @Nullable List<byte[]> records;
    private @Nullable List<LogEntry> log;

    Recording(int visibleChanges, int visibleLosses) {
        this.visibleChanges = visibleChanges;
        this.visibleLosses = visibleLosses;
    }

    /** How many true changes lie between two successive readings of their table, at neither of which it was changing. */
    int visibleChanges() {
        return visibleChanges;
    }

    /** How often a prefix got lost over an edge, for longer than two scrapes, both ends being observed. */
    int visibleLosses() {
        return visibleLosses;
    }

    /** Its folder and its network. */
    public String title() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    private Path folder() {
        // Tests run in deploy/local.
        var folder = Path.of("..", "recordings", title());
        if (!Files.isDirectory(folder)) {
            throw new IllegalStateException("no recording at " + folder.toAbsolutePath());
        }
        return folder;
    }

    public Path capture() {
        return folder().resolve("capture.tar.gz");
    }

    Path groundTruth() {
        return folder().resolve("ground-truth.jsonl");
    }

    /** The log that ingest and the diff make of it, with nothing of Kafka in between. Made once, for it takes seconds. */
    public synchronized List<LogEntry> log() throws BadCapture, PublishFailed, InterruptedException {
        if (log == null) {
            var diff = new InMemoryDiff();
            records().forEach(diff::take);
            log = diff.log();
        }
        return log;
    }

    /** What ingest publishes of it, in order. */
    synchronized List<byte[]> records() throws BadCapture, PublishFailed, InterruptedException {
        if (records == null) {
            records = published();
        }
        return records;
    }

    private List<byte[]> published() throws BadCapture, PublishFailed, InterruptedException {
        try (var folder = CaptureFolder.open(capture())) {
            var replay = CaptureReplay.prepare(folder, title());
            var producer = new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
            var publisher = new SnapshotPublisher(producer, Scraper.ofCapture(folder.name(), replay.interval()));
            replay.run(publisher::publish, (done, ofAll) -> {});
            return producer.history().stream().map(ProducerRecord::value).toList();
        }
    }
}
