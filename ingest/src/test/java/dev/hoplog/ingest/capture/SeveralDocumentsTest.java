package dev.hoplog.ingest.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hoplog.ingest.read.Observation;
import dev.hoplog.ingest.read.Observation.Observed;
import dev.hoplog.model.HopId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file with several documents, one behind the other: each is closed, and none says that it is the last. */
class SeveralDocumentsTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final Instant AT = Instant.parse("2026-11-23T04:22:00Z");

    @TempDir
    private Path home;

    /** talosctl prints one document behind the other: the first half of them is no less well-formed than all. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CONSTRUCTED_get_routes_concatenated.json | n/talos/main | talosctl -n 10.0.0.1 get routes -o json | 1
            CONSTRUCTED_get_routes.json              | n/talos/main | talosctl get routes -o json             | 4
            CONSTRUCTED_get_routes.yaml              | n/talos/main | talosctl get routes -o yaml             | 4
            """)
    void shouldReadAListOfTalosIfSomebodyVouchesForIt(String name, String hop, String command, int rows)
            throws Exception {
        var file = GOLDEN.resolve("talos").resolve(name);
        var list = Files.readString(file);
        var next = name.endsWith(".yaml") ? "\n---\n" : "\n{";
        var cut = Files.writeString(home.resolve("cut"), list.substring(0, list.lastIndexOf(next) + 1));

        assertRefused(file, hop, command, "nothing marks the end of the list of routes", "say so with --whole");
        assertRefused(cut, hop, command, "nothing marks the end of the list of routes");
        assertThatExceptionOfType(BadCapture.class)
                .isThrownBy(() -> read(file, hop, command, false))
                .satisfies(refused -> assertThat(refused.problem()).doesNotContain("control socket"));
        assertThat(read(file, hop, command, true))
                .filteredOn(o -> o.rib().hop().equals(HopId.parse(hop)))
                .filteredOn(o -> o.rib().key().endsWith("ipv6-unicast/fib"))
                .singleElement()
                .isInstanceOfSatisfying(
                        Observed.class, o -> assertThat(o.table().rows().size()).isEqualTo(rows));
    }

    @Test
    void shouldNotBeVouchedPastADocumentOfTalosThatBreaksOff() throws Exception {
        var list = Files.readString(GOLDEN.resolve("talos/CONSTRUCTED_get_routes.json"));
        var cut = Files.writeString(home.resolve("cut.json"), list.substring(0, list.length() - 10));

        assertThatExceptionOfType(BadCapture.class)
                .isThrownBy(() -> read(cut, "n/talos/main", "talosctl get routes -o json", true))
                .withMessageContaining("give all that the command printed");
    }

    /** zebra prints a document for each VRF: one that is missing is not told of, and the others are all there. */
    @Test
    void shouldTellNothingOfAVrfWhoseDocumentIsMissing() throws Exception {
        var blue = "{\"fd00:1::/64\":[{\"prefix\":\"fd00:1::/64\",\"protocol\":\"bgp\",\"vrfName\":\"blue\"}]}\n";
        var cut = Files.writeString(home.resolve("cut.json"), blue);
        var command = "show ipv6 route vrf all json";

        assertThat(read(cut, "n/frr/blue", command, false)).singleElement().isInstanceOf(Observed.class);
        assertRefused(cut, "n/frr/red", command, "shows n/frr/blue, and not n/frr/red");
    }

    private static void assertRefused(Path file, String hop, String command, String... words) {
        assertThatExceptionOfType(BadCapture.class)
                .isThrownBy(() -> read(file, hop, command, false))
                .satisfies(refused -> assertThat(refused.problem()).contains(words));
    }

    private static List<Observation> read(Path file, String hop, String command, boolean whole) throws BadCapture {
        return SingleOutput.of(file, hop, Optional.of(command), AT, Optional.empty(), whole)
                .read("lab");
    }
}
