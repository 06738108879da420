package dev.hoplog.ingest.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.View;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a command of vtysh shows, whatever ran it; what shows a part must never be taken for a table. */
class FrrCommandTest {
    private static FrrCommand frr(FrrCommand.Kind kind, String vrf, AddressFamily family, View view) {
        return new FrrCommand(kind, RibName.of(new TableName(vrf, family), view));
    }

    private static List<FrrCommand> frr(String command) {
        return FrrCommand.of(List.of("vtysh", "-c", command));
    }

    @Test
    void shouldKnowAnFrrTableWhateverRunsVtysh() {
        var table = frr(FrrCommand.Kind.TABLE, "vrf_evpnz1", AddressFamily.IPV6_UNICAST, View.LOC_RIB);
        var show = "show bgp vrf vrf_evpnz1 ipv6 unicast json";

        assertThat(FrrCommand.of(List.of("vtysh", "-d", "bgpd", "-c", show))).contains(table);
        assertThat(FrrCommand.of(List.of("ssh", "-c", "aes128-ctr", "pve02", "vtysh", "-c", "'" + show + "'")))
                .contains(table);
        assertThat(FrrCommand.of(List.of("ssh", "pve02", "sudo vtysh -c \"" + show + "\"")))
                .contains(table);
        assertThat(FrrCommand.of(List.of("sh", "-c", "vtysh -c '" + show + "'")))
                .contains(table);
    }

    @Test
    void shouldTakeTheBgpTableOfIpForThatOfIpv4() {
        assertThat(frr("show ip bgp json"))
                .contains(frr(FrrCommand.Kind.TABLE, "default", AddressFamily.IPV4_UNICAST, View.LOC_RIB));
        assertThat(frr("show ip bgp vrf blue json detail"))
                .contains(frr(FrrCommand.Kind.TABLE_DETAIL, "blue", AddressFamily.IPV4_UNICAST, View.LOC_RIB));
        assertThat(frr("show bgp json")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "advertised-routes json, ADVERTISED, ADJ_RIB_OUT_POST",
        "advertised-routes detail json, ADVERTISED_DETAIL, ADJ_RIB_OUT_POST",
        "received-routes json, RECEIVED, ADJ_RIB_IN_PRE",
        "filtered-routes json, FILTERED, ADJ_RIB_IN_REJECTED",
    })
    void shouldKnowATableOfOneNeighbourOfFrr(String what, FrrCommand.Kind kind, View view) {
        assertThat(frr("show bgp vrf blue ipv6 unicast neighbors FD00::1 " + what))
                .contains(new FrrCommand(
                        kind,
                        RibName.adj(new TableName("blue", AddressFamily.IPV6_UNICAST), view, PeerId.parse("fd00::1"))));
        assertThat(frr("show ip bgp ipv4 unicast neighbors un0 " + what))
                .contains(new FrrCommand(
                        kind,
                        RibName.adj(new TableName("default", AddressFamily.IPV4_UNICAST), view, PeerId.parse("un0"))));
        // Here ip is what makes it IPv4: without any word bgpd takes IPv6, and did not always.
        for (var vrf : List.of("default", "blue")) {
            assertThat(frr("show ip bgp " + (vrf.equals("blue") ? "vrf blue " : "") + "neighbors 10.0.0.1 " + what))
                    .containsExactly(new FrrCommand(
                            kind,
                            RibName.adj(
                                    new TableName(vrf, AddressFamily.IPV4_UNICAST), view, PeerId.parse("10.0.0.1"))));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "show bgp summary json, default, true",
        "show bgp vrf blue summary json, blue, true",
        "show bgp vrf all summary json, all, true",
        "show ip bgp summary json, default, false",
        "show ip bgp vrf all summary json, all, false",
    })
    void shouldTakeASummaryWithoutFamilyForThatOfAllOrOfIpv4(String line, String vrf, boolean both) {
        var ipv4 = frr(FrrCommand.Kind.SUMMARIES, vrf, AddressFamily.IPV4_UNICAST, View.SESSIONS);
        var ipv6 = frr(FrrCommand.Kind.SUMMARIES, vrf, AddressFamily.IPV6_UNICAST, View.SESSIONS);

        assertThat(frr(line)).isEqualTo(both ? List.of(ipv4, ipv6) : List.of(ipv4));
    }

    @Test
    void shouldKnowZebrasTables() {
        assertThat(frr("show ipv6 route vrf blue json"))
                .contains(frr(FrrCommand.Kind.FIB, "blue", AddressFamily.IPV6_UNICAST, View.FIB));
        assertThat(frr("show ip route json"))
                .contains(frr(FrrCommand.Kind.FIB, "default", AddressFamily.IPV4_UNICAST, View.FIB));
    }

    @Test
    void shouldTakeFrrsNeighborsForTheSessionsOfBothFamilies() {
        assertThat(frr("show bgp vrf x neighbors json"))
                .extracting(FrrCommand::rib)
                .containsExactly(
                        new RibName("x", AddressFamily.IPV4_UNICAST, View.SESSIONS, Optional.empty()),
                        new RibName("x", AddressFamily.IPV6_UNICAST, View.SESSIONS, Optional.empty()));
        assertThat(frr("show bgp vrf x neighbors fd00::1 json")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "show ipv6 route vrf blue bgp json",
                "show ipv6 route fd00::/64 json",
                "show ipv6 route summary json",
                "show ipv6 fib json",
                "show bgp neighbors 10.0.0.1 advertised-routes json",
                "show ip bgp neighbors 10.0.0.1 received-routes detail json",
                "show bgp summary failed json",
                "show bgp vrf blue summary",
                "show bgp ipv6 unicast neighbors fd00::1 advertised-routes route-map OUT json",
                "show bgp ipv6 unicast neighbors fd00::1 advertised-routes",
                "show bgp ipv6 unicast neighbors fd00:::1 advertised-routes json",
                "show bgp ipv6 unicast neighbors fd00::1 received-routes detail json",
                "show bgp ipv6 unicast neighbors fd00::1 prefix-counts json",
                "show bgp ipv6 unicast summary failed json",
                "show bgp ipv6 unicast summary established json",
                "show bgp vrf blue neighbors",
                "show route-map json",
            })
    void shouldNotTakeALessThanWholeAnswerOfFrrForATable(String command) {
        assertThat(frr(command)).isEmpty();
    }

    @Test
    void shouldNotTakeAPartOfFrrForATable() {
        assertThat(FrrCommand.of(List.of("vtysh", "-c", "show bgp ipv6 unicast fd00::/64 json")))
                .isEmpty();
        assertThat(FrrCommand.of(List.of("vtysh", "-c", "show bgp ipv6 unicast neighbors fd00::1 routes json")))
                .isEmpty();
        assertThat(FrrCommand.of(
                        List.of("vtysh", "-c", "show bgp ipv6 unicast json", "-c", "show bgp ipv4 unicast json")))
                .isEmpty();
    }

    /** Nobody knows what another program left of the answer. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "vtysh -c 'show ipv6 route json' | jq .",
                "vtysh -c 'show ipv6 route json' |jq .",
                "ssh pve02 \"vtysh -c 'show ipv6 route json' | jq .\"",
                "vtysh -c 'show ipv6 route json' > routes.json",
            })
    void shouldNotTakeWhatWentThroughAPipeForAnAnswer(String line) {
        assertThat(FrrCommand.of(List.of(line))).isEmpty();
    }

    @Test
    void shouldTakeAnAnswerWhoseComplaintsWentElsewhere() {
        assertThat(FrrCommand.of(List.of("vtysh -c 'show ipv6 route json' 2>/dev/null")))
                .isNotEmpty();
    }
}
