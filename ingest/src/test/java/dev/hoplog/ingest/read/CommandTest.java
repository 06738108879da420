package dev.hoplog.ingest.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.ingest.parse.bird.BirdDetail;
import dev.hoplog.ingest.parse.bird.BirdForm;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.PeerId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which command shows a whole table, whatever ran it; a command that shows a part must never be taken for one. */
class CommandTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ip -j -6 route show table all",
                "ip -6 -j route show table all",
                "ip -n lab-solwk01 -j -d -6 route show table all",
                "/sbin/ip -6 -j r ls table all",
                "sudo -n ip -6 -json route list table all",
                "nsenter --net=/run/netns/x ip -6 -j route show table all",
                "kubectl exec -n kube-system -c cilium-agent cilium-x -- ip -6 -j route show table all",
            })
    void shouldKnowAKernelCommandOfAllTables(String line) {
        assertThat(IpCommand.of(words(line)).orElseThrow()).satisfies(asked -> {
            assertThat(asked.family()).contains(AddressFamily.IPV6_UNICAST);
            assertThat(asked.table()).isEmpty();
        });
    }

    /** As one word: that is what somebody types behind --command. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ssh pve02 ip -j -6 route show table all",
                "ssh pve02 'ip -j -6 route show table all'",
                "ssh pve02 \"sudo sh -c 'ip -j -6 route show table all'\"",
            })
    void shouldKnowACommandThatWasTypedForAnotherHost(String typed) {
        assertThat(IpCommand.of(List.of(typed)))
                .contains(new IpCommand(Optional.of(AddressFamily.IPV6_UNICAST), Optional.empty(), ""));
    }

    @Test
    void shouldKnowWhatWasTypedForVtyshAndBirdcOfAnotherHost() {
        var frr = DaemonReader.of("frr").orElseThrow();
        var bird = DaemonReader.of("bird").orElseThrow();

        assertThat(frr.knows(List.of("ssh pve02 \"sudo vtysh -c 'show bgp vrf vrf_fmt ipv6 unicast json'\"")))
                .isTrue();
        for (var line : List.of(
                "ssh solwk02 \"birdc show route all table t6\"",
                "ssh solwk02 \"sudo birdc 'show route all table t6'\"")) {
            assertThat(BirdCommand.of(List.of(line)))
                    .contains(new BirdCommand.Routes(new BirdCommand.One("t6"), BirdDetail.ALL));
            assertThat(BirdCommand.form(List.of(line))).isEqualTo(BirdForm.BIRDC);
        }
        assertThat(bird.knows(List.of("ssh solwk02 \"birdc show route all | head\"")))
                .isFalse();
    }

    @Test
    void shouldKnowWhichKernelTableIsShown() {
        assertThat(IpCommand.of(words("ip -4 -j route")))
                .contains(new IpCommand(Optional.of(AddressFamily.IPV4_UNICAST), Optional.of("main"), ""));
        assertThat(IpCommand.of(words("ssh -6 pve02 ip -j route show table 100")))
                .contains(new IpCommand(Optional.of(AddressFamily.IPV4_UNICAST), Optional.of("100"), ""));
        assertThat(IpCommand.of(List.of("ssh", "pve02", "ip -j -6 route show vrf blue")))
                .contains(new IpCommand(Optional.of(AddressFamily.IPV6_UNICAST), Optional.of("vrf:blue"), ""));
    }

    /** As iproute2 has it: only where all tables are shown is no family both. */
    @ParameterizedTest
    @CsvSource({
        "ip -j route, ipv4-unicast",
        "ip -j route show table 77, ipv4-unicast",
        "ip -j route show vrf blue, ipv4-unicast",
        "ip -j -6 -4 route show table all, ipv4-unicast",
        "ip -j -4 -6 route show table 77, ipv6-unicast",
        "ip -j route show table all, ",
        "ip -j -d route list table 0, ",
        "ip -j route show table unspec, ",
    })
    void shouldKnowTheFamilyOfAKernelCommand(String line, @Nullable String family) {
        assertThat(IpCommand.of(words(line)).orElseThrow().family())
                .isEqualTo(Optional.ofNullable(family).map(AddressFamily::parse));
    }

    @ParameterizedTest
    @CsvSource({
        "ip -j -6 route, ''",
        "ssh -n pve02 ip -j -6 route, ''",
        "ip -n blue -j -6 route, blue",
        "ip -j -netns blue -6 route, blue",
        "ip netns exec blue ip -j -6 route, blue",
        "sudo /sbin/ip netns exec blue /sbin/ip -j -6 route, blue",
        "nsenter --net=/run/netns/blue ip -j -6 route, blue",
        "nsenter -t 4711 -n ip -j -6 route, -t 4711 -n",
    })
    void shouldKnowTheNetworkNamespaceOfAKernelCommand(String line, String namespace) {
        assertThat(IpCommand.of(words(line)).orElseThrow().namespace()).isEqualTo(namespace);
        assertThat(IpCommand.of(List.of(line)).orElseThrow().namespace()).isEqualTo(namespace);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ip -6 route show table all",
                "ip -j -6 route get fd00::1",
                "ip -j -6 route show fd00::/64",
                "ip -j -6 route show dev eth0",
                "ip -j -6 route show proto bird",
                "ip -j -6 route show table main proto bird",
                "ip -j -6 route show table cache",
                "ip -j -6 route show table main | head -5",
                "ip -j -6 rule",
                "ip -M -j route",
                "netstat -j route",
            })
    void shouldNotTakeAPartOfTheKernelsRoutesForATable(String line) {
        assertThat(IpCommand.of(words(line))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gobgp global rib -a ipv6 -j",
                "gobgp -j global rib -a ipv6-unicast",
                "/usr/bin/gobgp -u 10.0.0.1 -p 50052 global rib --address-family ipv6 --json",
                "ssh -j -a host gobgp global rib -a ipv6 -j",
                "gobgp global rib -a v6 -j",
                "gobgp global rib -a 6 -j",
                "gobgp -j global rib -aipv6",
                "gobgp -j global rib -a=v6",
                "gobgp global rib --address-family=ipv6 -j",
                "gobgp -u10.0.0.1 --port=50052 global rib --address-family=6 --json",
                "nsenter --net=/run/netns/x gobgp global rib -a ipv6 -j",
            })
    void shouldKnowAGobgpTable(String line) {
        assertThat(GobgpCommand.of(words(line)))
                .contains(new GobgpCommand(GobgpCommand.Kind.RIB, AddressFamily.IPV6_UNICAST));
    }

    @Test
    void shouldTakeAGobgpTableWithoutFamilyForIpv4() {
        assertThat(GobgpCommand.of(words("gobgp global rib -j")))
                .contains(new GobgpCommand(GobgpCommand.Kind.RIB, AddressFamily.IPV4_UNICAST));
        for (var family : List.of("-a v4", "-a 4", "-aipv4", "--address-family=ipv4")) {
            assertThat(GobgpCommand.of(words("gobgp global rib -j " + family)))
                    .contains(new GobgpCommand(GobgpCommand.Kind.RIB, AddressFamily.IPV4_UNICAST));
        }
        assertThat(GobgpCommand.of(words("gobgp neighbor -j")).map(GobgpCommand::kind))
                .contains(GobgpCommand.Kind.NEIGHBORS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gobgp global rib -a ipv6",
                "gobgp global rib fd00::/64 -a ipv6 -j",
                "gobgp global rib fd00::/16 longer-prefixes -a ipv6 -j",
                "gobgp global rib summary -a ipv6 -j",
                "gobgp global rib -a evpn -j",
                "gobgp global rib -aevpn -j",
                "gobgp global rib -a= -j",
                "gobgp global rib -j -a",
                "gobgp global rib --address-family=7 -j",
                "gobgp global rib --address-families=ipv6 -j",
                "gobgp neighbor ::1 -j",
                "gobgp neighbor ::1 adj-in",
                "gobgp neighbor ::1 adj-in fd00::/64 -a ipv6 -j",
                "gobgp neighbor ::1 adj-in summary -a ipv6 -j",
                "gobgp neighbor ::1 adj-out -a evpn -j",
                "gobgp neighbor eth0 adj-in -j",
                "gobgp neighbor ::1 accepted -a ipv6 -j",
                "gobgp vrf blue rib -j",
            })
    void shouldNotTakeAPartOfGobgpForATable(String line) {
        assertThat(GobgpCommand.of(words(line))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "gobgp neighbor ::1 adj-in -a ipv6 -j, ADJ_IN, ::1, ipv6-unicast",
        "gobgp neighbor fd00::1 adj-in -j, ADJ_IN, fd00::1, ipv6-unicast",
        "gobgp -j neighbor 10.0.0.1 adj-out, ADJ_OUT, 10.0.0.1, ipv4-unicast",
        "gobgp neighbor fe80::1%eth0 adj-out -a ipv4 -j, ADJ_OUT, fe80::1%eth0, ipv4-unicast",
    })
    void shouldKnowAGobgpViewOfANeighbour(String line, GobgpCommand.Kind kind, String peer, String family) {
        assertThat(GobgpCommand.of(words(line)))
                .contains(new GobgpCommand(kind, AddressFamily.parse(family), Optional.of(PeerId.parse(peer))));
    }

    @Test
    void shouldNotTakeWhatWentThroughAPipeForAllOfCiliumsRoutes() {
        var whole = "curl -s --unix-socket /run/cilium.sock"
                + " http://localhost/v1/bgp/routes?table_type=loc-rib&afi=ipv6&safi=unicast";

        assertThat(CiliumCommand.of(words(whole))).isPresent();
        assertThat(CiliumCommand.of(words(whole + " | jq ."))).isEmpty();
    }

    private static List<String> words(String line) {
        return List.of(line.split(" "));
    }
}
