package dev.hoplog.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.chain.Carried;
import dev.hoplog.chain.Chain;
import dev.hoplog.chain.Edge;
import dev.hoplog.chain.Link;
import dev.hoplog.chain.Node;
import dev.hoplog.chain.PrefixRange;
import dev.hoplog.gap.Cause;
import dev.hoplog.gap.GapEvent;
import dev.hoplog.log.GapEntry;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.Communities;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Observed;
import dev.hoplog.model.PathBuilder;
import dev.hoplog.model.PathFlag;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.RibId;
import dev.hoplog.model.Route;
import dev.hoplog.model.Row;
import dev.hoplog.model.Table;
import dev.hoplog.model.View;
import dev.hoplog.streams.diff.FakeScraper;
import dev.hoplog.wire.ChainCodec;
import dev.hoplog.wire.GapCodec;
import dev.hoplog.wire.MalformedRecord;
import dev.hoplog.wire.SnapshotCodec;
import dev.hoplog.wire.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From snapshots to what is told of gaps, by way of the log and the stores. */
class GapTopologyTest {
    private static final HopId UPSTREAM = HopId.parse("r1/frr/default");
    private static final HopId DOWNSTREAM = HopId.parse("r2/frr/default");
    private static final PeerId AS_UPSTREAM = PeerId.parse("fd00::1");
    private static final PeerId AS_DOWNSTREAM = PeerId.parse("fd00::2");
    private static final Prefix PREFIX = Prefix.parse("fd00:1::/64");
    private static final Instant START = Instant.parse("2026-11-23T04:37:50Z");

    @TempDir
    private Path stateDirectory;

    private TopologyTestDriver driver;
    private final FakeScraper upstream = new FakeScraper(rib(UPSTREAM)).alone();
    private final FakeScraper downstream = new FakeScraper(rib(DOWNSTREAM)).alone();
    private int scrapes;

    @BeforeEach
    void start() {
        var config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        config.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        driver = new TopologyTestDriver(DiffTopology.build(new SimpleMeterRegistry()), config);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void shouldTellOfAGapFromItsOpeningToItsEnd() throws MalformedRecord {
        publish(chain());
        scrape(true, true);
        scrape(true, true);
        scrape(true, false);
        scrape(true, false);
        scrape(true, true);
        scrape(true, true);

        var told = told();
        assertThat(told)
                .extracting(entry -> entry.event().getClass().getSimpleName())
                .containsExactly("Opened", "Closed", "Explained");
        assertThat(told).allMatch(entry -> entry.prefix().equals(PREFIX));
        assertThat(told.getFirst().event()).isInstanceOfSatisfying(GapEvent.Opened.class, opened -> {
            assertThat(opened.bounds().after()).contains(START.plusSeconds(10));
            assertThat(opened.bounds().atOrBefore()).isEqualTo(START.plusSeconds(20));
            assertThat(opened.breaks()).singleElement().hasToString(UPSTREAM + " -> " + DOWNSTREAM);
        });
        assertThat(told.getLast().event())
                .isInstanceOfSatisfying(
                        GapEvent.Explained.class,
                        explained -> assertThat(explained.cause()).isEqualTo(Cause.UNKNOWN));
    }

    @Test
    void shouldFindWhatIsBrokenWhenAChainIsPublishedLate() throws MalformedRecord {
        scrape(true, true);
        scrape(true, false);
        scrape(true, false);
        assertThat(told()).isEmpty();

        publish(chain());
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        scrape(true, false);
        scrape(true, false);

        assertThat(told()).first().extracting(GapEntry::event).isInstanceOf(GapEvent.Opened.class);
    }

    /** Both hops, ten seconds after the last time. */
    private void scrape(boolean isUpstream, boolean isDownstream) {
        var at = START.plusSeconds(10L * scrapes++);
        read(upstream, at, isUpstream, Optional.empty());
        read(downstream, at, isDownstream, Optional.of(AS_UPSTREAM));
    }

    private void read(FakeScraper scraper, Instant at, boolean hasIt, Optional<PeerId> from) {
        var path = new PathBuilder().flag(PathFlag.VALID).flag(PathFlag.BEST);
        from.ifPresent(path::from);
        List<Row> rows = hasIt ? List.of(new Route(PREFIX, List.of(path.build()), Optional.empty())) : List.of();
        var topic = driver.createInputTopic(Topics.RIB_SNAPSHOT, new ByteArraySerializer(), new ByteArraySerializer());
        for (var part : scraper.snapshot(at, at, new Table(Observed.all(), rows, Map.of()))) {
            var key = part.header().rib().key().getBytes(StandardCharsets.UTF_8);
            topic.pipeInput(key, SnapshotCodec.encode(part), at);
        }
    }

    private void publish(Chain chain) {
        var version = ChainCodec.version("lab", Optional.empty(), START, chain);
        driver.createInputTopic(Topics.CHAIN, new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput("lab".getBytes(StandardCharsets.UTF_8), ChainCodec.encode(version));
    }

    private static Chain chain() {
        var edge = new Edge(
                UPSTREAM,
                DOWNSTREAM,
                new Link.Session(Link.Kind.EXTERNAL, AS_UPSTREAM, AS_DOWNSTREAM),
                List.of(new Carried(PrefixRange.exactly(PREFIX), Communities.none())),
                false,
                Duration.ofSeconds(10),
                Optional.empty(),
                Optional.empty());
        return new Chain(
                List.of(
                        new Node("r1", new TreeSet<>(), UPSTREAM, List.of(UPSTREAM)),
                        new Node("r2", new TreeSet<>(), DOWNSTREAM, List.of(DOWNSTREAM))),
                List.of(edge));
    }

    private static RibId rib(HopId hop) {
        return RibId.of("lab", hop, AddressFamily.IPV6_UNICAST, View.LOC_RIB);
    }

    private List<GapEntry> told() throws MalformedRecord {
        var topic =
                driver.createOutputTopic(Topics.GAP_EVENT, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var told = new ArrayList<GapEntry>();
        while (!topic.isEmpty()) {
            var record = topic.readRecord();
            var entry = GapCodec.decode(record.getValue());
            assertThat(record.getKey()).isEqualTo(entry.id().octets());
            told.add(entry);
        }
        return told;
    }
}
