package dev.hoplog.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.log.LogEntry;
import dev.hoplog.log.v1.RejectReason;
import dev.hoplog.log.v1.RejectedRecord;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.HopId;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.RibId;
import dev.hoplog.model.Table;
import dev.hoplog.model.View;
import dev.hoplog.streams.diff.FakeScraper;
import dev.hoplog.wire.LogCodec;
import dev.hoplog.wire.MalformedRecord;
import dev.hoplog.wire.RandomValues;
import dev.hoplog.wire.SnapshotCodec;
import dev.hoplog.wire.SnapshotPart;
import dev.hoplog.wire.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffTopologyTest {
    private static final RibId RIB =
            RibId.of("lab", HopId.parse("r1/frr/default"), AddressFamily.IPV4_UNICAST, View.LOC_RIB);
    private static final Instant START = Instant.parse("2026-11-23T04:37:50Z");

    @TempDir
    private Path stateDirectory;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> snapshots;
    private TestOutputTopic<byte[], byte[]> log;
    private TestOutputTopic<byte[], byte[]> rejected;

    @BeforeEach
    void start() {
        var config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        config.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        driver = new TopologyTestDriver(DiffTopology.build(meters), config);
        snapshots = driver.createInputTopic(Topics.RIB_SNAPSHOT, new ByteArraySerializer(), new ByteArraySerializer());
        log = driver.createOutputTopic(Topics.ROUTE_EVENT, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        rejected = driver.createOutputTopic(Topics.REJECTED, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    /** A renamed store or processor is a migration: this file may only change together with a plan for one. */
    @Test
    void shouldKeepTheShapeOfTheTopology() throws IOException {
        assertThat(DiffTopology.build(meters).describe().toString().strip())
                .isEqualTo(Files.readString(Path.of("src/test/resources/topology.txt"))
                        .strip());
    }

    @Test
    void shouldPutAMarkBehindTheEventsThatItSpeaksFor() throws MalformedRecord {
        var scraper = new FakeScraper(RIB);
        var values = new RandomValues(31);
        pipe(scraper.snapshot(START, START, values.table(RIB.family(), 10)));
        pipe(scraper.snapshot(START.plusSeconds(5), START.plusSeconds(5), values.table(RIB.family(), 10)));

        var kinds = new ArrayList<String>();
        for (var entry : readLog()) {
            kinds.add(entry.getClass().getSimpleName());
        }
        assertThat(kinds).hasSize(32).endsWith("CoverageMark");
        assertThat(kinds.indexOf("CoverageMark")).isEqualTo(10);
        assertThat(rejected.isEmpty()).isTrue();
    }

    @Test
    void shouldSayTheSameWhenEverythingIsReplayed() throws MalformedRecord {
        var scraper = new FakeScraper(RIB);
        var values = new RandomValues(32);
        var parts = new ArrayList<SnapshotPart>();
        for (int i = 0; i < 5; i++) {
            var at = START.plusSeconds(5L * i);
            parts.addAll(scraper.snapshot(at, at, values.table(RIB.family(), 5)));
        }
        pipe(parts);
        assertThat(readLog()).isNotEmpty();

        pipe(parts);
        assertThat(readLog()).isEmpty();
        assertThat(rejected.isEmpty()).isTrue();
    }

    @Test
    void shouldKeepWhatDoesNotDecodeWithTheReasonAndTheOriginalOctets() throws Exception {
        var garbage = "no snapshot".getBytes(StandardCharsets.UTF_8);
        snapshots.pipeInput("key".getBytes(StandardCharsets.UTF_8), garbage);
        snapshots.pipeInput(new org.apache.kafka.streams.test.TestRecord<>(null, null, START));

        var kept = RejectedRecord.parseFrom(rejected.readValue());
        assertThat(kept.getReason()).isEqualTo(RejectReason.REJECT_REASON_UNDECODABLE);
        assertThat(kept.getOriginalValue().toByteArray()).isEqualTo(garbage);
        assertThat(kept.getOriginalKey().toStringUtf8()).isEqualTo("key");
        assertThat(kept.getTopic()).isEqualTo(Topics.RIB_SNAPSHOT);
        assertThat(kept.getDetail()).isNotBlank();
        assertThat(RejectedRecord.parseFrom(rejected.readValue()).getReason())
                .isEqualTo(RejectReason.REJECT_REASON_UNDECODABLE);
        assertThat(log.isEmpty()).isTrue();
    }

    @Test
    void shouldRefuseARecordUnderTheKeyOfAnotherRib() throws Exception {
        var part = new FakeScraper(RIB).failure(START);
        snapshots.pipeInput("lab/r2".getBytes(StandardCharsets.UTF_8), SnapshotCodec.encode(part));
        assertThat(RejectedRecord.parseFrom(rejected.readValue()).getDetail()).contains("under another key");
    }

    @Test
    void shouldKeepTheRibsApartAndTheSamePrefixInTwoVrfsToo() throws MalformedRecord {
        var table = new RandomValues(33).table(RIB.family(), 3);
        for (var hop : List.of("r1/frr/red", "r1/frr/blue", "r2/frr/red")) {
            pipe(new FakeScraper(RibId.of("lab", HopId.parse(hop), RIB.family(), View.LOC_RIB))
                    .snapshot(START, START, table));
        }
        assertThat(readLog()).filteredOn(LogEntry.RouteEvent.class::isInstance).hasSize(9);
    }

    /** A policy refuses what the peer still sends: one view loses it, the other never did. */
    @Test
    void shouldKeepThePrePolicyAndThePostPolicyViewOfAPeerApart() throws MalformedRecord {
        var peer = PeerId.parse("fd00:100::3");
        var pre = RibId.adj("lab", RIB.hop(), RIB.family(), View.ADJ_RIB_IN_PRE, peer);
        var post = RibId.adj("lab", RIB.hop(), RIB.family(), View.ADJ_RIB_IN_POST, peer);
        var sent = new RandomValues(34).table(RIB.family(), 3);
        var accepted = new Table(sent.observed(), sent.rows().subList(0, 2), Map.of());
        var beforePolicy = new FakeScraper(pre);
        var afterPolicy = new FakeScraper(post);

        for (var table : List.of(accepted, new Table(sent.observed(), List.of(), Map.of()))) {
            var at = START.plusSeconds(table.rows().isEmpty() ? 5 : 0);
            pipe(beforePolicy.snapshot(at, at, sent));
            pipe(afterPolicy.snapshot(at, at, table));
        }

        var log = readLog();
        assertThat(changes(log, pre)).containsExactly("Appeared", "Appeared", "Appeared");
        assertThat(changes(log, post)).containsExactly("Appeared", "Appeared", "Withdrawn", "Withdrawn");
        assertThat(rejected.isEmpty()).isTrue();
    }

    @Test
    void shouldCountWhatItReadsWritesAndRefuses() {
        var scraper = new FakeScraper(RIB);
        var values = new RandomValues(35);
        pipe(scraper.snapshot(START, START, values.table(RIB.family(), 10)));
        var empty = scraper.snapshot(START.plusSeconds(5), START.plusSeconds(5), values.table(RIB.family(), 0));
        pipe(empty);
        pipe(empty);
        pipe(List.of(scraper.failure(START.plusSeconds(10))));
        pipe(new FakeScraper(RIB).snapshot(START, START.plusSeconds(1), values.table(RIB.family(), 0)));

        assertThat(counted("hoplog.diff.snapshots")).isEqualTo(2);
        assertThat(counted("hoplog.diff.duplicates")).isEqualTo(empty.size());
        assertThat(counted("hoplog.diff.records", "part", "manifest")).isEqualTo(4);
        assertThat(counted("hoplog.diff.records", "part", "failure")).isEqualTo(1);
        assertThat(counted("hoplog.diff.log.entries", "kind", "appeared")).isEqualTo(10);
        assertThat(counted("hoplog.diff.log.entries", "kind", "withdrawn")).isEqualTo(10);
        assertThat(counted("hoplog.diff.log.entries", "kind", "coverage")).isEqualTo(2);
        assertThat(counted("hoplog.diff.rejected.records", "reason", "stale")).isPositive();
        assertThat(counted("hoplog.diff.rejected.records", "reason", "undecodable"))
                .isZero();
        assertThat(counted("hoplog.scrape.failures", "network", "lab", "node", "r1", "hop", "r1/frr/default"))
                .isEqualTo(1);
    }

    private double counted(String name, String... tags) {
        return meters.get(name).tags(tags).counter().count();
    }

    private static List<String> changes(List<LogEntry> log, RibId rib) {
        return log.stream()
                .filter(entry -> entry instanceof LogEntry.RouteEvent event
                        && event.rib().equals(rib))
                .map(event -> ((LogEntry.RouteEvent) event).change().getClass().getSimpleName())
                .toList();
    }

    private void pipe(List<SnapshotPart> parts) {
        parts.forEach(part -> snapshots.pipeInput(
                part.header().rib().key().getBytes(StandardCharsets.UTF_8), SnapshotCodec.encode(part)));
    }

    private List<LogEntry> readLog() throws MalformedRecord {
        var entries = new ArrayList<LogEntry>();
        for (var value : log.readValuesToList()) {
            entries.add(LogCodec.decode(value));
        }
        return entries;
    }
}
