package dev.hoplog.ingest.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.ingest.parse.talos.TalosForm;
import dev.hoplog.ingest.read.Observation.NotObserved;
import dev.hoplog.ingest.read.Observation.Observed;
import dev.hoplog.model.FailureReason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TalosReaderTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/talos");
    private static final Instant AT = Instant.parse("2026-11-23T04:00:00Z");

    private final HopReader talos =
            new HopReader("lab", "n", "talos", DaemonReader.of("talos").orElseThrow());
    private String json = "";
    private String yaml = "";

    @BeforeEach
    void readFiles() throws IOException {
        json = Files.readString(GOLDEN.resolve("CONSTRUCTED_get_routes.json"));
        yaml = Files.readString(GOLDEN.resolve("CONSTRUCTED_get_routes.yaml"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "talosctl get routes -o json",
                "talosctl -n 10.0.0.2 -e 10.0.0.3 get routestatuses --output=json",
                "ssh bastion talosctl --talosconfig=/x --nodes 10.0.0.2 get RouteStatuses.net.talos.dev -ojson",
            })
    void shouldKnowAListingOfAllRoutes(String line) {
        assertThat(TalosCommand.of(words(line))).contains(new TalosCommand(TalosForm.JSON));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "talosctl get routes",
                "talosctl get routes -o table",
                "talosctl get routes inet4//10.0.0.0/8/0 -o json",
                "talosctl get routes -w -o json",
                "talosctl get routes --watch -o json",
                "talosctl get links -o json",
                "talosctl get routes -o jsonpath={.spec}",
            })
    void shouldNotTakeAnythingElseForOne(String line) {
        assertThat(TalosCommand.of(words(line))).isEmpty();
    }

    @Test
    void shouldReadTheSameFromJsonAndFromYaml() {
        assertThat(tables(read("json", json))).isEqualTo(tables(read("yaml", yaml)));
    }

    @ParameterizedTest
    @EnumSource(TalosForm.class)
    void shouldDoubtAListThatIsTheBeginningOfTheOneBefore(TalosForm form) {
        var whole = form == TalosForm.JSON ? json : yaml;
        var fewer = form == TalosForm.JSON
                ? whole.substring(0, whole.lastIndexOf("\n{\n") + 1)
                : whole.substring(0, whole.lastIndexOf("\n---\n") + 1);
        var name = form.toString().toLowerCase(Locale.ROOT);
        read(name, whole);

        assertThat(read(name, fewer))
                .allMatch(o -> o instanceof NotObserved n
                        && n.reason() == FailureReason.INCONSISTENT
                        && n.detail().contains("list of routes"));
        assertThat(read(name, fewer)).allMatch(o -> o instanceof Observed);
    }

    @Test
    void shouldBelieveAtOnceThatARouteInTheMiddleIsGone() {
        var documents = List.of(yaml.split("(?<=\n)---\n"));
        read("yaml", yaml);

        var seen = read(
                "yaml",
                String.join(
                        "---\n",
                        documents.stream()
                                .filter(d -> !d.contains("dst: fd10:1::/64"))
                                .toList()));

        assertThat(seen).allMatch(o -> o instanceof Observed);
        assertThat(tables(seen).toString()).doesNotContain("fd10:1::");
    }

    @Test
    void shouldTakeATableThatIsNotListedForEmpty() {
        var documents = List.of(yaml.split("(?<=\n)---\n"));
        read("yaml", yaml);

        var seen = read(
                "yaml",
                String.join(
                        "---\n",
                        documents.stream()
                                .filter(d -> !d.contains("table: \"77\""))
                                .toList()));

        assertThat(seen.stream().filter(o -> o.rib().hop().table().equals("77")))
                .singleElement()
                .isInstanceOfSatisfying(
                        Observed.class, o -> assertThat(o.table().rows()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "0, '', UNREACHABLE",
        "1, '', REFUSED",
        "1, whole, REFUSED",
        "0, 'rpc error: code = Unavailable', REFUSED",
        "0, '[]', UNPARSABLE",
        "0, '{}', UNPARSABLE",
    })
    void shouldObserveNothingWhereTalosDoesNotAnswer(int exitStatus, String printed, FailureReason reason) {
        read("json", json);

        var seen = talos.read(
                AT,
                AT,
                List.of(answer("json", exitStatus, printed.equals("whole") ? json : printed)),
                Optional.empty());

        assertThat(seen).isNotEmpty().allMatch(o -> o instanceof NotObserved n && n.reason() == reason);
    }

    @ParameterizedTest
    @CsvSource({
        "fd10:1::/64, fd10:1::/200",
        "fd10:1::/64, 10.0.0.0/8",
        "'dst: fd10:1::/64', 'dst: fd10:1::1/64'",
        "'priority: 1024', 'priority: -1'",
        "'priority: 1024', 'priority: x'",
        "'table: local', 'table: a/b'",
        "'family: inet4', 'family: inet5'",
        "'RouteStatuses.net', 'LinkStatuses.net'",
        "'node: fd00:99::20', 'event: created\nnode: fd00:99::20'",
        "'eth0/inet6//fd00:99::/64/256', 'eth0/inet6/fd00:99::1//1024'",
        "'    protocol: bird\n', ''",
    })
    void shouldRefuseHostileRoutes(String before, String after) {
        assertThat(yaml).contains(before);
        read("yaml", yaml);

        var seen = read("yaml", yaml.replace(before, after));

        assertThat(seen).isNotEmpty().allMatch(o -> o instanceof NotObserved);
    }

    @ParameterizedTest
    @CsvSource({
        "'\"src\": \"\",', '', true",
        "'\"gateway\": \"\",', '', true",
        "'\"src\": \"\",', '\"source\": \"\",', false",
        "'\"dst\": \"\",', '', false",
        "'\"table\": \"main\",', '', false",
        "'\"priority\": 1024,', '', false",
    })
    void shouldMissNothingInAClosedDocumentThatMayBeEmpty(String before, String after, boolean observed) {
        assertThat(json).contains(before);
        read("json", json);

        assertThat(read("json", json.replace(before, after)))
                .isNotEmpty()
                .allMatch(o -> o instanceof Observed == observed);
        assertThat(read("yaml", yaml.replace("    src: \"\"\n", ""))).allMatch(o -> o instanceof NotObserved);
    }

    @Test
    void shouldPassOverKeysThatItDoesNotKnow() {
        var seen = read("yaml", yaml.replace("    protocol: bird\n", "    protocol: bird\n    new: 1\n"));

        assertThat(seen).allMatch(o -> o instanceof Observed observed && observed.unknownItems() > 0);
    }

    private List<Observation> read(String form, String printed) {
        return talos.read(AT, AT.plusSeconds(1), List.of(answer(form, 0, printed)), Optional.empty());
    }

    private static List<Object> tables(List<Observation> seen) {
        return seen.stream()
                .<Object>map(o -> o instanceof Observed observed ? List.of(o.rib(), observed.table()) : o)
                .toList();
    }

    private static List<String> words(String line) {
        return List.of(line.split(" "));
    }

    private static CommandResult answer(String form, int exitStatus, String printed) {
        return new CommandResult(
                words("talosctl get routes -o " + form),
                AT,
                AT.plusMillis(1),
                exitStatus,
                "",
                () -> new ByteArrayInputStream(printed.getBytes(StandardCharsets.UTF_8)));
    }
}
