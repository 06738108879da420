package dev.hoplog.ingest.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.ingest.read.Observation.NotObserved;
import dev.hoplog.ingest.read.Observation.Observed;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.Row;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers about one routing table of Linux and about all of them prove together. */
class KernelReaderTest {
    private static final Instant AT = Instant.parse("2026-11-23T04:00:00Z");
    private static final String TABLE_77 = "ip -j -6 route show table 77";
    private static final String NO_TABLE = "Error: ipv6: FIB table does not exist.\nDump terminated\n";

    private final HopReader kernel =
            new HopReader("lab", "n", "kernel", DaemonReader.of("kernel").orElseThrow());

    /** The name of a table's number in rt_tables is what all tables show it by. */
    @ParameterizedTest
    @CsvSource({"1001, mgmt", "mgmt, 1001", "mgmt, blue"})
    void shouldNotTakeAKernelTableForEmptyBecauseAllTablesMayShowItUnderAnotherName(String asked, String shown) {
        var one = answer("ip -j -6 route show table " + asked, "[{\"dst\":\"fd00::/8\",\"dev\":\"eth0\"}]");
        var timedOut = answer("ip -j -6 route show table " + asked, 124, "", "timeout");
        var all = answer(
                "ip -j -6 route show table all",
                "[{\"dst\":\"fd00::/8\",\"dev\":\"eth0\",\"table\":\"" + shown + "\"}]");

        for (var commands : List.of(List.of(all, one), List.of(one, all))) {
            assertThat(rows(table(asked, read(commands)))).hasSize(1);
        }
        for (var commands : List.of(List.of(all), List.of(all, timedOut), List.of(timedOut, all))) {
            assertThat(table(asked, read(commands))).isInstanceOf(NotObserved.class);
        }
        assertThat(((NotObserved) table(asked, read(List.of(all)))).detail())
                .contains("shows no table " + asked, "it shows " + shown, "With -N");
    }

    /** By number, the only name that every table has, one that lost its last route is seen to be empty. */
    @Test
    void shouldTakeATableForEmptyThatAllTablesByNumberDoNotShowWhateverTheyAreCalled() {
        var line = "ip -j -N -d -6 route show table all";
        var route = "{\"type\":\"1\",\"dst\":\"fd00::/8\",\"dev\":\"eth0\",\"table\":\"%s\"}";
        read(List.of(answer(line, "[" + route.formatted("1001") + "," + route.formatted("77") + "]")));

        assertThat(rows(table("77", read(List.of(answer(line, "[" + route.formatted("1001") + "]"))))))
                .isEmpty();
    }

    /** iproute2 shows both then, and of neither a default route's family. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"dst\":\"default\",\"dev\":\"wg0\"}]",
                "[{\"dst\":\"10.0.0.0/8\",\"dev\":\"eth0\"},{\"dst\":\"fd00::/8\",\"dev\":\"eth0\"}]",
                "[]",
            })
    void shouldRefuseAllTablesWithoutAFamilyAndSayWhatToAdd(String printed) {
        read(List.of(answer(TABLE_77, "[{\"dst\":\"fd00::/8\",\"dev\":\"eth0\"}]")));

        assertThat(read(List.of(answer("ip -j route show table all", printed))))
                .extracting(o -> o.rib().hop().table() + " " + o.rib().family())
                .containsExactlyInAnyOrder("main ipv4-unicast", "main ipv6-unicast", "77 ipv6-unicast");
        assertThat(read(List.of(answer("ip -j route show table all", printed))))
                .allSatisfy(o -> assertThat(o)
                        .isInstanceOfSatisfying(
                                NotObserved.class,
                                not -> assertThat(not.detail()).endsWith("add -4 or -6")));
    }

    /** Every namespace has a table main. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ip -n blue -j -6 route",
                "ip netns exec blue ip -j -6 route",
                "nsenter --net=/run/netns/blue ip -j -6 route",
                "ip -n blue -j -6 route show table all",
            })
    void shouldNotTakeTheTableOfOneNamespaceForThatOfAnother(String inBlue) {
        var route = "[{\"dst\":\"fd00::/8\",\"dev\":\"eth0\"}]";
        var blue = answer(inBlue, "[]");

        for (var other : List.of("ip -j -6 route", "ip -n red -j -6 route")) {
            for (var commands : List.of(List.of(answer(other, route), blue), List.of(blue, answer(other, route)))) {
                assertThat(table("main", read(commands))).isInstanceOfSatisfying(NotObserved.class, not -> {
                    assertThat(not.reason()).isEqualTo(FailureReason.INCONSISTENT);
                    assertThat(not.detail()).contains("namespaces", "blue");
                });
            }
        }
        assertThat(rows(table("main", read(List.of(blue, answer("ip -n blue -j -6 route show table 77", route))))))
                .isEmpty();
    }

    /** One is read a moment after the other: what was seen counts more than what was not. */
    @Test
    void shouldBelieveWhatAKernelTableShowsItselfBeforeWhatAllTablesDoNotShow() {
        var all = answer("ip -j -6 route show table all", "[]");
        var main = answer("ip -j -6 route", "[{\"dst\":\"fd00::/8\",\"dev\":\"eth0\"}]");
        var table77 = answer(TABLE_77, "[{\"dst\":\"fd00::/8\",\"dev\":\"eth0\"}]");

        for (var commands : List.of(List.of(all, main, table77), List.of(main, table77, all))) {
            var seen = read(commands);

            assertThat(rows(table("main", seen))).hasSize(1);
            assertThat(rows(table("77", seen))).hasSize(1);
        }
        assertThat(failure(table("77", read(List.of(all, answer(TABLE_77, 2, "[ ", NO_TABLE))))))
                .isEqualTo(FailureReason.NO_SUCH_TABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[{\"dst\":\"fd00::/8\",\"dev\":\"eth0\"}]",
                "[{\"dst\":\"fd00::/8\",\"dev\":\"eth0\",\"table\":\"main\"},{\"dst\":\"fe00::/8\",\"dev\":\"eth0\",\"table\":\"78\"}]",
            })
    void shouldTakeAKernelTableForEmptyThatAllTablesDoNotShowAndCannotShowUnderAnotherName(String printed) {
        read(List.of(answer(TABLE_77, "[{\"dst\":\"fd00::/8\",\"dev\":\"eth0\"}]")));

        var seen = table("77", read(List.of(answer("ip -j -6 route show table all", printed))));

        assertThat(seen).isInstanceOf(Observed.class);
        assertThat(rows(seen)).isEmpty();
    }

    /** As iproute2 6.1 prints them. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ip -j -6 route show table 254        | "type":"unicast"
            ip -j -6 route show table 0xfe       | "type":"unicast"
            ip -j -6 route show table 0          | "type":"unicast"
            ip -j -d -6 route show table all     | "type":"unicast","table":"main"
            ip -j -N -d -6 route show table all  | "type":"1","table":"254"
            ip -j -N -d -6 route show table main | "type":"1"
            """)
    void shouldKnowTheMainTableByEitherOfItsNames(String line, String printed) {
        var seen = read(List.of(answer(line, "[{\"dst\":\"fd00::/8\",\"dev\":\"eth0\"," + printed + "}]")));

        assertThat(seen).singleElement().isInstanceOf(Observed.class);
        assertThat(rows(table("main", seen))).hasSize(1);
    }

    @Test
    void shouldReadTypesThatArePrintedAsNumbers() {
        var numbered = "[{\"type\":\"2\",\"dst\":\"fd00::1\",\"dev\":\"lo\",\"table\":\"255\"},"
                + "{\"type\":\"6\",\"dst\":\"fd00::/16\",\"dev\":\"lo\",\"table\":\"254\"}]";
        var named = numbered.replace("\"2\"", "\"local\"")
                .replace("\"6\"", "\"blackhole\"")
                .replace("254", "main");

        var seen = read(List.of(answer("ip -j -N -d -6 route show table all", numbered)));

        assertThat(rows(table("main", seen)))
                .hasSize(1)
                .isEqualTo(rows(table("main", read(List.of(answer("ip -j -d -6 route show table all", named))))));
    }

    /** The same route with -j, and with -N -j. iproute2 6.1 has no name for 17, 84 and 246; the kernel has for two of them. */
    @ParameterizedTest
    @CsvSource({
        "unspec, 0", "redirect, 1", "kernel, 2", "boot, 3", "static, 4", "gated, 8", "ra, 9", "mrt, 10", "zebra, 11",
        "bird, 12", "dnrouted, 13", "xorp, 14", "ntk, 15", "dhcp, 16", "mrouted, 17", "17, 17", "keepalived, 18",
                "babel, 42",
        "84, 84", "ovn, 84", "openr, 99", "bgp, 186", "isis, 187", "ospf, 188", "rip, 189", "eigrp, 192", "246, 246",
    })
    void shouldReadProtocolsThatArePrintedAsNumbers(String named, String number) {
        var route = "[{\"dst\":\"fd00::/16\",\"dev\":\"lo\",\"protocol\":\"%s\"}]";

        var byName = rows(table("main", read(List.of(answer("ip -j -6 route", route.formatted(named))))));
        var byNumber = rows(table("main", read(List.of(answer("ip -N -j -6 route", route.formatted(number))))));

        assertThat(byNumber).hasSize(1).isEqualTo(byName);
    }

    @Test
    void shouldTakeABootRouteForTheSameWhetherItsProtocolIsPrintedOrNot() {
        var without = "[{\"dst\":\"fd00::/16\",\"dev\":\"lo\"}]";

        assertThat(rows(table("main", read(List.of(answer("ip -j -6 route", without))))))
                .isEqualTo(rows(table(
                        "main",
                        read(List.of(answer("ip -N -d -j -6 route", without.replace("}", ",\"protocol\":\"3\"}")))))));
    }

    private List<Observation> read(List<CommandResult> commands) {
        return kernel.read(AT, AT.plusSeconds(1), commands, Optional.empty());
    }

    private static CommandResult answer(String line, String printed) {
        return answer(line, 0, printed, "");
    }

    private static CommandResult answer(String line, int exitStatus, String printed, String stderr) {
        return new CommandResult(
                List.of(line.split(" +")),
                AT,
                AT.plusMillis(1),
                exitStatus,
                stderr,
                () -> new ByteArrayInputStream(printed.getBytes(StandardCharsets.US_ASCII)));
    }

    private static Observation table(String name, List<Observation> seen) {
        assertThat(seen).filteredOn(o -> o.rib().hop().table().equals(name)).hasSize(1);
        return seen.stream()
                .filter(o -> o.rib().hop().table().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<Row> rows(Observation observation) {
        assertThat(observation).isInstanceOf(Observed.class);
        return ((Observed) observation).table().rows();
    }

    private static FailureReason failure(Observation observation) {
        assertThat(observation).isInstanceOf(NotObserved.class);
        return ((NotObserved) observation).reason();
    }
}
