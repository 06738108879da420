package dev.hoplog.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.chain.ChainVersion;
import dev.hoplog.wire.MalformedRecord;
import dev.hoplog.wire.SnapshotCodec;
import dev.hoplog.wire.SnapshotPart;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReplayCommandTest {
    private static final String CHAIN = """
            nodes:
              - name: solwk02
                addresses: { host: "fd00:101::22" }
                headline: bird/master6
                hops: [bird/master6]
              - name: nowhere
                addresses: { host: "fd00:101::99" }
                headline: bird/master6
                hops: [bird/master6]
            edges:
              - session: [nowhere/bird/master6, solwk02/bird/master6]
                kind: external
                over: host
                carries: [{ prefix: "fd00:101:224::/48", ge: 64, le: 64 }]
            """;
    private static final String FRR_TABLE = "vtysh -c 'show bgp vrf vrf_fmt ipv6 unicast json'";

    @TempDir
    private Path home;

    private final List<ChainVersion> chains = new ArrayList<>();
    private int publishedBefore;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final MockProducer<byte[], byte[]> broker =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());

    @Test
    void shouldTellProgressInJsonLines() throws Exception {
        recordTwoScrapes();

        int exit = run(home.toString(), "--network", "lab", "--progress", "json");

        assertThat(exit).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "{\"event\":\"progress\",\"done\":1,\"of\":2}",
                        "{\"event\":\"progress\",\"done\":2,\"of\":2}",
                        "{\"event\":\"done\",\"network\":\"lab\",\"snapshots\":%d,\"failures\":0,\"next_offsets\":{\"0\":%d}}"
                                .formatted(snapshots(), broker.history().size()));
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void shouldCallTheNetworkLikeTheCaptureUnlessToldOtherwise() throws Exception {
        recordTwoScrapes();

        run(home.resolve("monday").toString());

        assertThat(err.toString())
                .endsWith("%n%d snapshots and 0 failed scrapes of network monday%n".formatted(snapshots()));
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void shouldPublishTheChainBesideACaptureBeforeTheFirstSnapshot() throws Exception {
        recordTwoScrapes();
        Files.writeString(home.resolve("chain.yaml"), CHAIN);

        assertThat(run(home.resolve("monday").toString(), "--network", "lab")).isZero();

        assertThat(chains).singleElement().satisfies(version -> {
            assertThat(version.network()).isEqualTo("lab");
            assertThat(version.inForceFrom()).isEmpty();
            assertThat(version.chain().hops()).contains(dev.hoplog.model.HopId.parse("nowhere/bird/master6"));
        });
        assertThat(publishedBefore).isZero();
    }

    @Test
    void shouldSayThatTheRecordingHasNothingOfAHopOfTheChain() throws Exception {
        recordTwoScrapes();
        var chain = Files.writeString(home.resolve("other.yaml"), CHAIN);

        run(home.resolve("monday").toString(), "--network", "lab", "--chain", chain.toString());

        var last = SnapshotCodec.decode(broker.history().getLast().value());
        assertThat(last).isInstanceOf(SnapshotPart.Failure.class);
        assertThat(last.header().rib().key()).isEqualTo("lab/nowhere/bird/master6/ipv6-unicast/loc-rib");
    }

    @Test
    void shouldPublishNoChainIfToldNot() throws Exception {
        recordTwoScrapes();
        Files.writeString(home.resolve("chain.yaml"), CHAIN);

        assertThat(run(home.resolve("monday").toString(), "--no-chain")).isZero();
        assertThat(chains).isEmpty();
    }

    @Test
    void shouldPublishNothingUnderAChainFileThatIsNone() throws Exception {
        recordTwoScrapes();
        Files.writeString(home.resolve("chain.yaml"), "nodes: 7\n");

        assertThat(run(home.resolve("monday").toString())).isEqualTo(ReplayCommand.EXIT_BAD_CAPTURE);
        assertThat(err.toString()).contains("chain.yaml is no chain");
        assertThat(broker.history()).isEmpty();
    }

    @Test
    void shouldSayWhatIsWrongWithACapture() {
        int exit = run(home.toString(), "--progress", "json");

        assertThat(exit).isEqualTo(ReplayCommand.EXIT_BAD_CAPTURE);
        assertThat(err.toString()).startsWith(home + " holds no capture");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void shouldSayThatTheBrokerDoesNotAnswer() throws Exception {
        recordTwoScrapes();
        broker.sendException = new TimeoutException("no broker at nowhere:9092");

        int exit = run(home.toString(), "--network", "lab");

        assertThat(exit).isEqualTo(ReplayCommand.EXIT_BROKER);
        assertThat(err.toString()).contains("no broker at nowhere:9092");
    }

    @Test
    void shouldReplayWhatOneCommandPrintedAndClaimNoTimeBesideIt() throws Exception {
        int exit = run(arguments(FRR_TABLE));

        assertThat(exit).isZero();
        assertThat(err.toString()).endsWith("%n1 snapshots and 0 failed scrapes of network bgp_table%n".formatted());
        assertThat(manifest().maxSilence()).isZero();
        assertThat(manifest().header().capturedFrom()).isEqualTo(Instant.parse("2026-11-23T04:22:00Z"));
        assertThat(manifest().header().capturedTo()).isEqualTo(Instant.parse("2026-11-23T04:22:00Z"));
        assertThat(manifest().header().rib().key()).isEqualTo("bgp_table/pve02/frr/vrf_fmt/ipv6-unicast/loc-rib");
    }

    @Test
    void shouldClaimTheTimeBetweenTwoOutputsOnlyIfToldTo() throws Exception {
        run(arguments(FRR_TABLE, "--max-silence", "600", "--until", "2026-11-23T05:22:01+01:00", "--network", "lab"));

        assertThat(manifest().maxSilence()).isEqualTo(Duration.ofMinutes(10));
        assertThat(manifest().header().capturedTo()).isEqualTo(Instant.parse("2026-11-23T04:22:01Z"));
        assertThat(manifest().header().rib().network()).isEqualTo("lab");
    }

    @Test
    void shouldPublishNothingOfAnOutputThatProvesNothing() {
        assertThat(run(arguments("show route-map json"))).isEqualTo(ReplayCommand.EXIT_BAD_CAPTURE);
        assertThat(err.toString()).contains("'show route-map json' is not known to show a whole table");
        assertThat(run(arguments(FRR_TABLE, "--max-silence", "-1"))).isEqualTo(ReplayCommand.EXIT_BAD_CAPTURE);
        assertThat(err.toString()).contains("--max-silence -1");
        assertThat(broker.history()).isEmpty();
    }

    @Test
    void shouldSayThatAFileOfOneCommandNeedsItsHop() {
        assertThat(run("src/test/resources/golden/frr-10.3/bgp_table.json")).isEqualTo(ReplayCommand.EXIT_BAD_CAPTURE);
        assertThat(err.toString()).contains("with --hop, --at and --command, what one command printed");
        assertThat(run("bgp.json", "--hop", "pve02/frr/default", "--command", FRR_TABLE))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--at=TIME");
    }

    private static String[] arguments(String command, String... more) {
        var arguments = new ArrayList<>(List.of(
                "src/test/resources/golden/frr-10.3/bgp_table.json",
                "--hop=pve02/frr/vrf_fmt",
                "--at=2026-11-23T04:22:00Z",
                "--command=" + command));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private SnapshotPart.Manifest manifest() throws MalformedRecord {
        return (SnapshotPart.Manifest)
                SnapshotCodec.decode(broker.history().getLast().value());
    }

    private int run(String... arguments) {
        var command = new CommandLine(new ReplayCommand() {
            @Override
            Producer<byte[], byte[]> producer() {
                return broker;
            }

            @Override
            void publish(Producer<byte[], byte[]> producer, ChainVersion version) {
                chains.add(version);
                publishedBefore = broker.history().size();
            }
        });
        return command.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private void recordTwoScrapes() throws Exception {
        for (var scrape : List.of("1795408680323", "1795408685323")) {
            try (var files = Files.walk(RealScrape.FOLDER)) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    var copy = home.resolve("monday/capture")
                            .resolve(scrape)
                            .resolve(RealScrape.FOLDER.relativize(file).toString());
                    Files.createDirectories(Objects.requireNonNull(copy.getParent()));
                    Files.copy(file, copy);
                }
            }
        }
    }

    /** One manifest each. */
    private long snapshots() throws MalformedRecord {
        long manifests = 0;
        for (var record : broker.history()) {
            manifests += SnapshotCodec.decode(record.value()) instanceof SnapshotPart.Manifest ? 1 : 0;
        }
        return manifests;
    }
}
