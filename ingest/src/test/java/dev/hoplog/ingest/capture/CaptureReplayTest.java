package dev.hoplog.ingest.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hoplog.ingest.read.Observation;
import dev.hoplog.ingest.read.Observation.NotObserved;
import dev.hoplog.ingest.read.Observation.Observed;
import dev.hoplog.model.FailureReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever became of a recording: what it does not prove is not observed, never empty. */
class CaptureReplayTest {
    private static final String BIRD = "solwk02/bird";
    private static final String FRR = "pve02/frr";
    private static final String KERNEL = "pve02/kernel";
    private static final List<String> IP = List.of("ip", "-j", "-6", "route", "show", "table", "main");
    private static final byte[] ONE_ROUTE = ascii("[{\"dst\":\"fd00::/64\",\"dev\":\"eth0\"}]");

    @TempDir
    private Path home;

    private CaptureWriter writer = new CaptureWriter(Path.of(""));

    @BeforeEach
    void startWriting() {
        writer = new CaptureWriter(home);
    }

    @Test
    void shouldReadEveryHopOfAWholeCapture() throws Exception {
        for (int scrape = 0; scrape < 3; scrape++) {
            writer.list(scrape, FRR, BIRD, KERNEL, "solwk02/gobgp");
            for (var hop : List.of(FRR, BIRD, KERNEL, "solwk02/gobgp")) {
                writer.recorded(scrape, hop);
            }
        }

        var replay = prepare();
        var seen = run(replay);

        assertThat(replay.passedOver()).isEmpty();
        assertThat(replay.interval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(seen)
                .hasSize(3)
                .allSatisfy(scrape -> assertThat(scrape)
                        .allSatisfy(o -> assertThat(o).isInstanceOf(Observed.class))
                        .extracting(o -> o.rib().key())
                        .contains(
                                "lab/pve02/frr/vrf_evpnz1/ipv6-unicast/loc-rib",
                                "lab/pve02/frr/vrf_evpnz1/ipv6-unicast/sessions",
                                "lab/solwk02/bird/master6/ipv6-unicast/loc-rib",
                                "lab/solwk02/bird/master6/ipv6-unicast/sessions",
                                "lab/solwk02/gobgp/global/ipv6-unicast/loc-rib",
                                "lab/solwk02/gobgp/global/ipv6-unicast/sessions",
                                "lab/pve02/kernel/main/ipv6-unicast/fib"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"hops\": [{\"node\": \"pve02\", \"dae", "[1, 2", "\u0000\u0000\u0001"})
    void shouldReadTheFoldersOfAScrapeWhoseListIsHalfWritten(String list) throws Exception {
        writer.recorded(0, FRR);
        writer.list(0, FRR);
        writer.recorded(1, FRR);
        Files.writeString(writer.scrape(1).resolve("scrape.json"), list);

        var last = run(prepare()).getLast();

        assertThat(last).hasSize(2).allSatisfy(o -> assertThat(o).isInstanceOf(Observed.class));
    }

    @Test
    void shouldNotTakeAHopForUntriedIfTheListOfAScrapeIsBroken() throws Exception {
        writer.recorded(0, FRR);
        writer.list(0, FRR);
        Files.createDirectories(writer.scrape(1));
        Files.writeString(writer.scrape(1).resolve("scrape.json"), "{\"hops\": [{\"node\": \"pve0");

        assertThat(run(prepare()).getLast())
                .isNotEmpty()
                .allSatisfy(o -> assertThat(o)
                        .isInstanceOfSatisfying(
                                NotObserved.class,
                                failed -> assertThat(failed.detail()).contains("scrape.json")));
    }

    @Test
    void shouldNotObserveAHopWithoutIndex() throws Exception {
        writer.recorded(0, KERNEL);
        writer.recorded(1, KERNEL);
        Files.delete(writer.scrape(1).resolve(KERNEL).resolve("_index.jsonl"));

        assertThat(run(prepare()).getLast())
                .isNotEmpty()
                .allSatisfy(o -> assertThat(o).isInstanceOfSatisfying(NotObserved.class, failed -> {
                    assertThat(failed.reason()).isEqualTo(FailureReason.FILE_MISSING);
                    assertThat(failed.detail()).contains("_index.jsonl");
                }));
    }

    @Test
    void shouldNeverTakeAnIndexCutAtAnyByteForAnEmptyTable() throws Exception {
        writer.recorded(0, BIRD);
        writer.recorded(1, BIRD);
        var index = writer.scrape(1).resolve(BIRD).resolve("_index.jsonl");
        var whole = Files.readAllBytes(index);

        for (int cut = 0; cut < whole.length; cut += cut > whole.length - 40 ? 1 : 7) {
            Files.write(index, Arrays.copyOf(whole, cut));
            var seen = run(prepare());
            assertThat(seen.getLast()).hasSameSizeAs(seen.getFirst());
            var empty = seen.getFirst().stream()
                    .filter(o -> o instanceof Observed observed
                            && observed.table().rows().isEmpty())
                    .map(Observation::rib)
                    .toList();
            assertThat(seen.getLast()).allSatisfy(o -> {
                if (o instanceof Observed observed && !empty.contains(o.rib())) {
                    assertThat(observed.table().rows()).isNotEmpty();
                }
            });
        }
    }

    @Test
    void shouldReadAnIndexThatIsCutInTheMiddleOfACharacter() throws Exception {
        writer.output(0, KERNEL, 1, IP, 0, ONE_ROUTE);
        writer.output(1, KERNEL, 1, IP, 0, ONE_ROUTE);
        var index = writer.scrape(1).resolve(KERNEL).resolve("_index.jsonl");
        var whole = Files.readString(index) + "{\"file\": \"é";
        var octets = whole.getBytes(StandardCharsets.UTF_8);
        Files.write(index, Arrays.copyOf(octets, octets.length - 1));

        assertThat(only(run(prepare()).getLast())).isInstanceOf(Observed.class);
    }

    @Test
    void shouldNotObserveAFileThatIsListedAndNotThere() throws Exception {
        writer.output(0, KERNEL, 1, IP, 0, ONE_ROUTE);
        Files.delete(writer.output(1, KERNEL, 1, IP, 0, ONE_ROUTE));

        assertThat(only(run(prepare()).getLast()))
                .isInstanceOfSatisfying(
                        NotObserved.class, failed -> assertThat(failed.reason()).isEqualTo(FailureReason.FILE_MISSING));
    }

    @Test
    void shouldNotObserveAFileThatIsCut() throws Exception {
        writer.output(0, KERNEL, 1, IP, 0, ONE_ROUTE);
        writer.output(1, KERNEL, 1, IP, 0, Arrays.copyOf(ONE_ROUTE, ONE_ROUTE.length - 1));
        writer.output(2, KERNEL, 1, IP, 0, new byte[0]);

        var seen = run(prepare());

        assertThat(only(seen.get(1)))
                .isInstanceOfSatisfying(
                        NotObserved.class, f -> assertThat(f.reason()).isEqualTo(FailureReason.TRUNCATED));
        assertThat(only(seen.get(2))).isInstanceOf(NotObserved.class);
    }

    @Test
    void shouldTakeAWholeEmptyTableForEmpty() throws Exception {
        writer.output(0, KERNEL, 1, IP, 0, ONE_ROUTE);
        writer.output(1, KERNEL, 1, IP, 0, ascii("[]\n"));

        assertThat(only(run(prepare()).getLast()))
                .isInstanceOfSatisfying(
                        Observed.class, o -> assertThat(o.table().rows()).isEmpty());
    }

    @Test
    void shouldIgnoreFilesThatNoIndexLists() throws Exception {
        writer.output(0, KERNEL, 1, IP, 0, ONE_ROUTE);
        Files.writeString(writer.scrape(0).resolve(KERNEL).resolve("route_table_all.json"), "[]");
        Files.writeString(writer.scrape(0).resolve("notes.txt"), "me");
        Files.createDirectories(home.resolve("not-a-scrape"));

        assertThat(only(run(prepare()).getFirst()))
                .isInstanceOfSatisfying(
                        Observed.class, o -> assertThat(o.table().rows()).hasSize(1));
    }

    @Test
    void shouldKnowAHopFromTheStartThatAnswersLater() throws Exception {
        hop(0, "{\"node\": \"pve02\", \"daemon\": \"kernel\", \"ok\": false, \"error\": \"no route to host\"}");
        writer.list(1, KERNEL);
        writer.output(1, KERNEL, 1, IP, 0, ONE_ROUTE);

        var seen = run(prepare());

        assertThat(only(seen.getFirst())).isInstanceOfSatisfying(NotObserved.class, failed -> {
            assertThat(failed.rib().key()).isEqualTo("lab/pve02/kernel/main/ipv6-unicast/fib");
            assertThat(failed.reason()).isEqualTo(FailureReason.UNREACHABLE);
            assertThat(failed.detail()).isEqualTo("no route to host");
        });
        assertThat(only(seen.getLast())).isInstanceOf(Observed.class);
    }

    @Test
    void shouldPassOverAHopThatNeverAnswersAndOneThatNobodyReads() throws Exception {
        hop(
                0,
                "{\"node\": \"pve03\", \"daemon\": \"frr\", \"ok\": false}",
                "{\"node\": \"sw01\", \"daemon\": \"sonic\", \"ok\": true}");
        writer.output(0, KERNEL, 1, IP, 0, ONE_ROUTE);

        assertThat(prepare().passedOver())
                .containsExactly("pve03/frr never answered with a table", "sw01/sonic is of a kind that nobody reads");
    }

    @Test
    void shouldObserveTheTableOfAHopThatWasNotAnsweredInFull() throws Exception {
        hop(0, "{\"node\": \"pve02\", \"daemon\": \"kernel\", \"ok\": false, \"error\": \"one command failed\"}");
        writer.output(0, KERNEL, 1, IP, 0, ONE_ROUTE);
        writer.output(0, KERNEL, 2, List.of("ip", "-j", "nexthop"), 1, new byte[0]);

        assertThat(only(run(prepare()).getFirst())).isInstanceOf(Observed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "/etc", "", ".", "..", "a/b", "a\u0000b", "a\nb", "naïve"})
    void shouldRefuseAHopWhoseNameIsNone(String name) throws Exception {
        writer.output(0, KERNEL, 1, IP, 0, ONE_ROUTE);
        hop(0, CaptureWriter.json(Map.of("node", name, "daemon", "frr")));
        assertThatExceptionOfType(BadCapture.class).isThrownBy(this::prepare).withMessageContaining("not a node name");

        hop(0, CaptureWriter.json(Map.of("node", "pve02", "daemon", name)));
        assertThatExceptionOfType(BadCapture.class)
                .isThrownBy(this::prepare)
                .withMessageContaining("not a daemon name");
    }

    @Test
    void shouldRefuseANameOfManyKilobytesInFewWords() throws Exception {
        hop(0, CaptureWriter.json(Map.of("node", "n".repeat(200_000), "daemon", "frr")));

        assertThatExceptionOfType(BadCapture.class)
                .isThrownBy(this::prepare)
                .satisfies(e -> assertThat(e.problem()).hasSizeLessThan(600));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../1/secret", "/etc/passwd", "", ".", "..", "a\u0000b", "a\nb", "a\\b"})
    void shouldReadNoFileThatIsNotInTheHopsOwnFolder(String file) throws Exception {
        writer.output(0, KERNEL, 1, IP, 0, ONE_ROUTE);
        writer.output(1, KERNEL, 1, IP, 0, ONE_ROUTE);
        var entry = Map.of("file", file, "argv", IP, "start", 1.5, "end", 1.5, "rc", 0);
        Files.writeString(writer.scrape(1).resolve(KERNEL).resolve("_index.jsonl"), CaptureWriter.json(entry) + "\n");

        assertThat(only(run(prepare()).getLast())).isInstanceOfSatisfying(NotObserved.class, failed -> {
            assertThat(failed.reason()).isEqualTo(FailureReason.FILE_MISSING);
            assertThat(failed.detail()).contains("no whole entry");
        });
    }

    @Test
    void shouldNotObserveAFileWhoseNameIsTooLong() throws Exception {
        writer.output(0, KERNEL, 1, IP, 0, ONE_ROUTE);
        writer.output(1, KERNEL, 1, IP, 0, ONE_ROUTE);
        var entry = Map.of("file", "f".repeat(200_000), "argv", IP, "start", 1.5, "end", 1.5, "rc", 0);
        Files.writeString(writer.scrape(1).resolve(KERNEL).resolve("_index.jsonl"), CaptureWriter.json(entry));

        assertThat(only(run(prepare()).getLast()))
                .isInstanceOfSatisfying(
                        NotObserved.class, f -> assertThat(f.detail()).hasSizeLessThan(300));
    }

    @Test
    void shouldRefuseACaptureInWhichNobodyCanReadAnything() throws Exception {
        Files.createDirectories(home.resolve("2026/11/23"));

        assertThatExceptionOfType(BadCapture.class)
                .isThrownBy(this::prepare)
                .withMessageContaining("no hop that could be read");
    }

    @Test
    void shouldRefuseANetworkThatIsNoName() throws Exception {
        writer.output(0, KERNEL, 1, IP, 0, ONE_ROUTE);

        try (var capture = CaptureFolder.open(home)) {
            assertThatExceptionOfType(BadCapture.class)
                    .isThrownBy(() -> CaptureReplay.prepare(capture, "my lab"))
                    .withMessageContaining("not a network name");
        }
    }

    @Test
    void shouldGiveTheTimesOfTheFilesAndNotOfTheScrape() throws Exception {
        writer.output(0, KERNEL, 1_234, IP, 0, ONE_ROUTE);
        Files.createDirectories(home.resolve("0" + CaptureWriter.FIRST));

        var replay = prepare();
        var seen = run(replay);

        assertThat(seen)
                .flatExtracting(scrape -> scrape)
                .singleElement()
                .satisfies(o -> assertThat(o.from()).isEqualTo(Instant.ofEpochMilli(CaptureWriter.FIRST + 1_234)));
        assertThat(replay.interval()).isZero();
    }

    private void hop(int scrape, String... hops) throws IOException {
        Files.writeString(writer.scrape(scrape).resolve("scrape.json"), "{\"hops\": [" + String.join(",", hops) + "]}");
    }

    private CaptureReplay prepare() throws BadCapture {
        try (var capture = CaptureFolder.open(home)) {
            return CaptureReplay.prepare(capture, "lab");
        }
    }

    private static List<List<Observation>> run(CaptureReplay replay) throws Exception {
        var scrapes = new ArrayList<List<Observation>>();
        replay.run(observations -> scrapes.add(List.copyOf(observations)), (done, of) -> {});
        return scrapes;
    }

    private static Observation only(List<Observation> observations) {
        assertThat(observations).hasSize(1);
        return observations.getFirst();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
