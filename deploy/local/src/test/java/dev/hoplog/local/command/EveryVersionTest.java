package dev.hoplog.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.ingest.capture.SingleOutput;
import dev.hoplog.ingest.read.Observation.Observed;
import dev.hoplog.model.PathFlag;
import dev.hoplog.model.Route;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** As {@link SingleOutputIT}, without a stack, and with every version and form of which there is a file. */
class EveryVersionTest {
    private static final Path GOLDEN = Path.of("../../ingest/src/test/resources/golden");

    @FunctionalInterface
    interface Raw {
        Map<String, List<String>> read(Path file) throws Exception;
    }

    record Sample(String file, String hop, String command, Raw raw) {
        @Override
        public String toString() {
            return file;
        }
    }

    static Stream<Sample> samples() {
        var frr = "vtysh -c 'show bgp vrf vrf_fmt ipv6 unicast json'";
        var detail = "vtysh -c 'show bgp vrf vrf_fmt ipv6 unicast json detail'";
        var versions = Stream.of("frr-8.4.4", "frr-10.3")
                .flatMap(version -> Stream.of(
                        new Sample(version + "/bgp_table.json", "n/frr/vrf_fmt", frr, RawOutputs::ofFrr),
                        new Sample(
                                version + "/bgp_table_detail.json", "n/frr/vrf_fmt", detail, RawOutputs::ofFrrDetail)));
        var birds = Stream.of("bird-2.0.12", "bird-2.17.5", "bird-3.4.0")
                .map(version -> new Sample(
                        version + "/bird_route_all.txt",
                        "n/bird/t6",
                        "birdc show route all table t6",
                        RawOutputs::ofBird));
        var gobgps = Stream.of("gobgp-3.10", "gobgp-4.8")
                .map(version -> new Sample(
                        version + "/gobgp_rib.json",
                        "n/gobgp/global",
                        "gobgp global rib -a ipv6 -j",
                        RawOutputs::ofGobgp));
        return Stream.of(versions, birds, gobgps).flatMap(all -> all);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldReadWhatAnEngineerReadsInTheFile(Sample sample) throws Exception {
        var file = GOLDEN.resolve(sample.file);
        var at = Instant.parse("2026-11-23T04:22:00Z");
        var raw = sample.raw.read(file);

        var rows = new TreeMap<String, String>();
        for (var seen : SingleOutput.of(file, sample.hop, Optional.of(sample.command), at, Optional.empty(), true)
                .read("lab")) {
            assertThat(seen).isInstanceOf(Observed.class);
            ((Observed) seen).table().rows().forEach(row -> {
                var route = (Route) row;
                rows.put(route.prefix().toString(), bestOf(route));
            });
        }

        assertThat(rows.keySet()).isEqualTo(raw.keySet());
        raw.forEach((prefix, words) -> assertThat(rows.get(prefix)).as(prefix).contains(words));
    }

    private static String bestOf(Route route) {
        var best = route.paths().stream()
                .filter(path -> path.has(PathFlag.BEST))
                .findFirst()
                .orElse(route.paths().getFirst());
        return best.nextHops().stream().map(Object::toString).collect(Collectors.joining(" and "))
                + " "
                + best.destination().toString().toLowerCase(Locale.ROOT)
                + " AS path "
                + best.asPath();
    }
}
