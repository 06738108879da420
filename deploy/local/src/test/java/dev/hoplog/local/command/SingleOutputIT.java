package dev.hoplog.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.local.FreePort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One file of each daemon, as somebody has it after an incident: taken in, and shown again by {@code rib} and {@code lookup}
 * with what stands in it. What stands in it is read by {@link RawOutputs}, which knows nothing of our parsers.
 */
@Timeout(900)
class SingleOutputIT {
    private static final String AT = "2026-11-23T04:22:00Z";
    private static final Path GOLDEN =
            Path.of("../../ingest/src/test/resources/golden").toAbsolutePath().normalize();

    /** A row of {@code rib}: the prefix, and what is said of it. */
    private static final Pattern ROW = Pattern.compile(" {2}(\\S+) +(.*)");

    @TempDir
    private static Path directory;

    private static Program hoplog = new Program(Path.of(""));

    /** @param shown by prefix, what must stand in its row */
    record Sample(String file, String hop, String command, List<String> more, Map<String, List<String>> shown) {
        Path path() {
            return GOLDEN.resolve(file);
        }

        @Override
        public String toString() {
            return file;
        }
    }

    static Stream<Sample> samples() throws Exception {
        var frr = "frr-10.3/bgp_table.json";
        var bird = "bird-3.4.0/bird_route_all.txt";
        var gobgp = "gobgp-4.8/gobgp_rib.json";
        var cilium = "cilium/CONSTRUCTED_bgp_routes_available_ipv6_unicast.json";
        var talos = "talos/CONSTRUCTED_get_routes_concatenated.json";
        var kernel = "linux/ip_j_d_6_route_table77.json";
        return Stream.of(
                new Sample(
                        frr,
                        "pve02/frr/vrf_fmt",
                        "vtysh -c 'show bgp vrf vrf_fmt ipv6 unicast json'",
                        List.of(),
                        RawOutputs.ofFrr(GOLDEN.resolve(frr))),
                new Sample(
                        bird,
                        "solwk02/bird/t6",
                        "birdc show route all table t6",
                        List.of("--whole"),
                        RawOutputs.ofBird(GOLDEN.resolve(bird))),
                new Sample(
                        gobgp,
                        "solwk02/gobgp/global",
                        "gobgp global rib -a ipv6 -j",
                        List.of(),
                        RawOutputs.ofGobgp(GOLDEN.resolve(gobgp))),
                new Sample(
                        cilium,
                        "solwk02/cilium/65010",
                        "cilium-dbg bgp routes available ipv6 unicast -o json",
                        List.of(),
                        RawOutputs.ofCilium(GOLDEN.resolve(cilium))),
                new Sample(
                        talos,
                        "solwk02/talos/main",
                        "talosctl get routes -o json",
                        List.of("--whole"),
                        RawOutputs.ofTalos(GOLDEN.resolve(talos), "main")),
                new Sample(
                        kernel,
                        "solwk02/kernel/77",
                        "ip -j -d -6 route show table 77",
                        List.of(),
                        RawOutputs.ofLinux(GOLDEN.resolve(kernel))));
    }

    @BeforeAll
    static void up() throws Exception {
        hoplog = new Program(directory);
        succeeds("up", "--port", String.valueOf(FreePort.orGiven(0)));
    }

    @AfterAll
    static void down() throws Exception {
        hoplog.run("down");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldShowWhatAnEngineerReadsInTheFile(Sample sample) throws Exception {
        var arguments = Stream.concat(
                Stream.of(
                        "replay",
                        sample.path().toString(),
                        "--hop",
                        sample.hop,
                        "--command",
                        sample.command,
                        "--at",
                        AT,
                        "--network",
                        "lab"),
                sample.more.stream());
        assertThat(succeeds(arguments.toArray(String[]::new))).contains("Network lab is queryable");

        var rows = rows(succeeds("rib", sample.hop, "--network", "lab"));
        assertThat(rows.keySet()).isEqualTo(sample.shown.keySet());
        sample.shown.forEach(
                (prefix, words) -> assertThat(rows.get(prefix)).as(prefix).contains(words));

        var last =
                sample.shown.entrySet().stream().max(Map.Entry.comparingByKey()).orElseThrow();
        var found = succeeds("lookup", last.getKey(), sample.hop, "--network", "lab");
        assertThat(found.lines().filter(line -> line.startsWith(sample.hop)))
                .singleElement()
                .asString()
                .contains(last.getKey())
                .contains(last.getValue().getFirst())
                .contains("at or before 2026-11-23T04:22:00.000Z (nothing was observed earlier)");
    }

    @Test
    void shouldTellWhatChangedBetweenTwoFilesAndClaimNothingInBetween() throws Exception {
        var first = file(
                "first.json",
                "[{\"dst\":\"fd00:1::/64\",\"gateway\":\"fe80::1\",\"dev\":\"eth0\"},{\"dst\":\"fd00:2::/64\",\"dev\":\"eth0\"}]");
        var second = file("second.json", "[{\"dst\":\"fd00:1::/64\",\"gateway\":\"fe80::2\",\"dev\":\"eth0\"}]");
        succeeds(ofMain(first, "2026-11-23T04:00:00Z"));
        succeeds(ofMain(second, "2026-11-23T07:00:00+01:00"));

        var stopped = succeeds("when-stopped", "fd00:2::/64", "pve02", "--network", "two");
        assertThat(stopped)
                .contains("after 2026-11-23T04:00:00.000Z and at or before 06:00:00.000Z (2 h 0 min wide); withdrawn")
                .contains("from 2026-11-23T04:00:00.000Z to 06:00:00.000Z (2 h 0 min): no scrape came");
        assertThat(succeeds("timeline", "fd00:1::/64", "pve02", "--network", "two"))
                .contains("next hop via fe80::1%eth0 (boot) → via fe80::2%eth0 (boot)");
        var between = succeeds("rib", "pve02/kernel/main", "--network", "two", "--as-of", "2026-11-23T05:00:00Z");
        assertThat(between).contains("is not known");

        var older = hoplog.run(ofMain(first, "2026-11-23T05:00:00Z"));
        assertThat(older.exitCode()).isEqualTo(4);
        assertThat(older.err()).contains("was taken in before").contains("--network");
        assertThat(succeeds("when-stopped", "fd00:2::/64", "pve02", "--network", "two"))
                .isEqualTo(stopped);
    }

    @Test
    void shouldTellWhenATableOfBirdWasEmptied() throws Exception {
        var full = GOLDEN.resolve("bird-2.0.12/bird_route_all.txt");
        var empty = file("empty.txt", "BIRD 2.0.12 ready.\nTable t6:\n");
        succeeds(ofT6(full, "2026-11-23T04:00:00Z"));
        var unsaid = hoplog.run(ofT6(empty, "2026-11-23T05:00:00Z"));
        assertThat(unsaid.exitCode()).isEqualTo(2);
        assertThat(unsaid.err()).contains("say --family ipv4 or --family ipv6");

        succeeds(Stream.concat(Stream.of(ofT6(empty, "2026-11-23T05:00:00Z")), Stream.of("--family=ipv6"))
                .toArray(String[]::new));

        assertThat(succeeds("when-stopped", "fd20:9::/64", "solwk02", "--network", "emptied"))
                .contains("after 2026-11-23T04:00:00.000Z and at or before 05:00:00.000Z (1 h 0 min wide); withdrawn");
    }

    @Test
    void shouldRefuseWhatProvesNothingAndSayWhatWould() throws Exception {
        var listing = GOLDEN.resolve("bird-3.4.0/bird_route_all.txt").toString();
        var refused = hoplog.run(
                "replay",
                listing,
                "--hop",
                "solwk02/bird/t6",
                "--command",
                "birdc show route table t6 all",
                "--at",
                AT);
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("birdc marks no end").contains("--whole");

        var unasked = hoplog.run("replay", listing, "--hop", "solwk02/bird/t6", "--at", AT);
        assertThat(unasked.exitCode()).isEqualTo(2);
        assertThat(unasked.err()).contains("say with --command").contains("  birdc show route table t6 all");

        var zoneless = hoplog.run("replay", listing, "--hop", "solwk02/bird/t6", "--at", "2026-11-23 04:22:00");
        assertThat(zoneless.exitCode()).isEqualTo(2);
        assertThat(zoneless.err()).contains("has no zone: say 2026-11-23T04:22:00Z");
    }

    private static String[] ofT6(Path file, String at) {
        return new String[] {
            "replay",
            file.toString(),
            "--hop=solwk02/bird/t6",
            "--command=birdc show route table t6 all",
            "--whole",
            "--at=" + at,
            "--network=emptied"
        };
    }

    private static String[] ofMain(Path file, String at) {
        return new String[] {
            "replay",
            file.toString(),
            "--hop=pve02/kernel/main",
            "--command=ip -j -6 route",
            "--at=" + at,
            "--network=two"
        };
    }

    private static Path file(String name, String contents) throws Exception {
        return Files.writeString(directory.resolve(name), contents);
    }

    private static Map<String, String> rows(String rib) {
        return rib.lines()
                .map(ROW::matcher)
                .filter(row -> row.matches())
                .collect(Collectors.toMap(
                        row -> row.group(1), row -> row.group(2), (first, second) -> second, LinkedHashMap::new));
    }

    private static String succeeds(String... arguments) throws Exception {
        var result = hoplog.run(arguments);
        assertThat(result.exitCode())
                .as("hoplog %s: %s", String.join(" ", arguments), result.err())
                .isZero();
        return result.out();
    }
}
