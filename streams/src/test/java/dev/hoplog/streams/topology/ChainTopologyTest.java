package dev.hoplog.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.chain.ChainVersion;
import dev.hoplog.log.LogEntry.ChainPublished;
import dev.hoplog.log.v1.RejectReason;
import dev.hoplog.log.v1.RejectedRecord;
import dev.hoplog.wire.ChainCodec;
import dev.hoplog.wire.LogCodec;
import dev.hoplog.wire.LogKey;
import dev.hoplog.wire.RandomValues;
import dev.hoplog.wire.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

class ChainTopologyTest {
    private static final Instant START = Instant.parse("2026-11-23T04:37:50Z");

    @TempDir
    private Path stateDirectory;

    private final RandomValues values = new RandomValues(41);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> chains;
    private TestOutputTopic<byte[], byte[]> log;
    private TestOutputTopic<byte[], byte[]> rejected;

    @BeforeEach
    void start() {
        var config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        config.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        driver = new TopologyTestDriver(DiffTopology.build(meters), config);
        chains = driver.createInputTopic(Topics.CHAIN, new ByteArraySerializer(), new ByteArraySerializer());
        log = driver.createOutputTopic(Topics.ROUTE_EVENT, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        rejected = driver.createOutputTopic(Topics.REJECTED, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void shouldTakeEveryVersionIntoTheLogUnderAKeyOfItsOwn() throws Exception {
        var first = version("lab", 0);
        var second = version("lab", 1);
        publish(first, second);

        var records = log.readKeyValuesToList();
        assertThat(records).hasSize(2);
        assertThat(LogCodec.decode(records.getFirst().value)).isEqualTo(new ChainPublished(first));
        assertThat(LogCodec.decode(records.getLast().value)).isEqualTo(new ChainPublished(second));
        assertThat(records.getFirst().key).isEqualTo(LogKey.of(new ChainPublished(first)));
        assertThat(records.getFirst().key).isNotEqualTo(records.getLast().key);
        assertThat(rejected.isEmpty()).isTrue();
    }

    @Test
    void shouldNotRepeatWhatSaysTheSameAsTheOneBefore() throws Exception {
        var version = version("lab", 0);
        var later = ChainCodec.version("lab", version.inForceFrom(), START.plusSeconds(60), version.chain());
        publish(version, version, later);

        assertThat(published()).containsExactly(version);
        assertThat(meters.get("hoplog.diff.duplicates").counter().count()).isEqualTo(2);
        assertThat(meters.get("hoplog.diff.log.entries")
                        .tag("kind", "chain")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    /** Otherwise a correction could never be taken back. */
    @Test
    void shouldLetAVersionHoldAgainThatComesBackAfterAnother() throws Exception {
        var right = version("lab", 0);
        var wrong = version("lab", 1);
        var again = ChainCodec.version("lab", right.inForceFrom(), START.plusSeconds(60), right.chain());
        publish(right, wrong, again);

        assertThat(again.id()).isEqualTo(right.id());
        assertThat(published()).containsExactly(right, wrong, again);
    }

    @Test
    void shouldKeepNetworksApart() throws Exception {
        var lab = version("lab", 0);
        var site = ChainCodec.version("site", lab.inForceFrom(), lab.publishedAt(), lab.chain());
        publish(lab, site, lab);

        assertThat(published()).containsExactly(lab, site);
    }

    @Test
    void shouldKeepWhatDoesNotDecodeWithTheReasonAndTheOriginalOctets() throws Exception {
        var garbage = "no chain".getBytes(StandardCharsets.UTF_8);
        chains.pipeInput("lab".getBytes(StandardCharsets.UTF_8), garbage);
        chains.pipeInput(new org.apache.kafka.streams.test.TestRecord<>(null, null, START));
        chains.pipeInput("site".getBytes(StandardCharsets.UTF_8), ChainCodec.encode(version("lab", 0)));

        var kept = RejectedRecord.parseFrom(rejected.readValue());
        assertThat(kept.getReason()).isEqualTo(RejectReason.REJECT_REASON_UNDECODABLE);
        assertThat(kept.getTopic()).isEqualTo(Topics.CHAIN);
        assertThat(kept.getOriginalValue().toByteArray()).isEqualTo(garbage);
        assertThat(kept.getOriginalKey().toStringUtf8()).isEqualTo("lab");
        assertThat(RejectedRecord.parseFrom(rejected.readValue()).getDetail()).isNotBlank();
        assertThat(RejectedRecord.parseFrom(rejected.readValue()).getDetail()).contains("under another key");
        assertThat(log.isEmpty()).isTrue();
    }

    private ChainVersion version(String network, int second) {
        return ChainCodec.version(
                network, Optional.of(START.plusSeconds(second)), START.plusSeconds(second), values.chain());
    }

    private void publish(ChainVersion... versions) {
        for (var version : versions) {
            chains.pipeInput(version.network().getBytes(StandardCharsets.UTF_8), ChainCodec.encode(version));
        }
    }

    private List<ChainVersion> published() throws Exception {
        var published = new ArrayList<ChainVersion>();
        for (var value : log.readValuesToList()) {
            published.add(((ChainPublished) LogCodec.decode(value)).version());
        }
        return published;
    }
}
