package dev.hoplog.ingest.parse.frr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hoplog.ingest.parse.ParsedOutput;
import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.DaemonState;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.PeerSession;
import dev.hoplog.model.Row;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Summaries without a family in the question, which bgpd nests by family. */
class FrrSummaryTest {
    private static final String HEAD =
            "\"routerId\":\"10.0.0.9\",\"as\":65010,\"vrfId\":0,\"vrfName\":\"%s\",\"tableVersion\":%d";
    private static final String PEERS = ",\"peers\":{%s},\"displayedPeers\":1,\"totalPeers\":1,\"bestPath\":{}";
    private static final String OF_IPV4 = summary("ipv4Unicast", "default", 4, "10.0.0.1");
    private static final String OF_IPV6 = summary("ipv6Unicast", "default", 6, "fd00::1");
    private static final String OF_EVPN = summary("l2VpnEvpn", "default", 9, "10.0.0.1");
    private static final String OF_LINK_STATE = summary("linkState", "default", 9, "10.0.0.1");

    @Test
    void shouldReadOfASummaryOfAllFamiliesTheOneThatIsAskedFor() throws UnusableOutput {
        var both = "{" + OF_IPV4 + "," + OF_IPV6 + "," + OF_EVPN + "}";

        var ipv4 = parse(both, "default", AddressFamily.IPV4_UNICAST);
        var ipv6 = parse(both, "default", AddressFamily.IPV6_UNICAST);

        assertThat(peers(ipv4, "default")).containsExactly("10.0.0.1");
        assertThat(peers(ipv6, "default")).containsExactly("fd00::1");
        assertThat(ipv4.tables()).hasSize(1);
        assertThat(ipv6.facts().tableVersion()).isEqualTo(Optional.of(6L));
    }

    /** As where the error stream runs into the answer. */
    @Test
    void shouldQuoteAComplaintAndNotTheAnswerBelowIt() {
        var complaint = "% Can't open configuration file /etc/frr/vtysh.conf due to 'Permission denied'.";

        assertThat(catchThrowableOfType(
                        UnusableOutput.class,
                        () -> parse(complaint + "\n{\n" + OF_IPV6 + "}", "default", AddressFamily.IPV6_UNICAST)))
                .hasMessage(complaint);
    }

    @Test
    void shouldReadThoseOfEachVrf() throws UnusableOutput {
        var printed = "{\"default\":{" + OF_IPV6 + "},\"blue\":{" + summary("ipv6Unicast", "blue", 1, "fd00::2")
                + "},\"red\":{}}";

        var output = parse(printed, "all", AddressFamily.IPV6_UNICAST);

        assertThat(output.tables()).hasSize(2);
        assertThat(peers(output, "default")).containsExactly("fd00::1");
        assertThat(peers(output, "blue")).containsExactly("fd00::2");
    }

    /** Of FRR's source. */
    @Test
    void shouldKnowWhatBgpdSaysWhileItHoldsBackUpdates() throws UnusableOutput {
        var delayed = OF_IPV6.replace(
                "\"tableVersion\"",
                "\"maxMedOnStartup\":true,\"updateDelayLimit\":120,\"updateDelayInProgress\":true,\"tableVersion\"");

        assertThat(delayed).isNotEqualTo(OF_IPV6);
        assertThat(parse("{" + delayed + "}", "default", AddressFamily.IPV6_UNICAST)
                        .unknownItems())
                .isZero();
    }

    /** bgpd leaves out families that no neighbour has. */
    @Test
    void shouldTakeAFamilyThatIsNotAmongThoseShownForOneWithoutNeighbours() throws UnusableOutput {
        for (var other : List.of(OF_IPV4, OF_EVPN, OF_LINK_STATE, OF_IPV4 + "," + OF_EVPN)) {
            var output = parse("{" + other + "}", "default", AddressFamily.IPV6_UNICAST);

            assertThat(peers(output, "default")).isEmpty();
            assertThat(output.facts().tableVersion()).isEmpty();
            assertThat(rows(output, "default"))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            DaemonState.class,
                            daemon -> assertThat(daemon.routerId()).isEqualTo(Optional.of("10.0.0.9")));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                      | NO_SUCH_TABLE
            {"warning":"View/Vrf is unknown"}                       | NO_SUCH_TABLE
            {"routerId":"10.0.0.9","as":1,"peers":{}}               | UNPARSABLE
            {"IPv6 Unicast":{"as":1,"peers":{}}}                    | UNPARSABLE
            {"ipv4Unicast":{"as":1,"peers":{}},"ipv6Unicst":{}}     | UNPARSABLE
            {"default":{"ipv4Unicast":{"as":1,"peers":{}}}}         | UNPARSABLE
            {"ipv6Unicast":{"as":1}}                                | UNPARSABLE
            {"ipv6Unicast":{"as":1,"peers":{},"totalPeers":1}}      | INCONSISTENT
            {"ipv4Unicast":{"as":1,"peers":{}}                      | TRUNCATED
            """)
    void shouldProveNothingByAnythingElse(String printed, FailureReason reason) {
        assertThat(catchThrowableOfType(
                                UnusableOutput.class, () -> parse(printed, "default", AddressFamily.IPV6_UNICAST))
                        .reason())
                .isEqualTo(reason);
    }

    private static String summary(String family, String vrf, int version, String peer) {
        return "\"" + family + "\":{" + HEAD.formatted(vrf, version)
                + PEERS.formatted("\"" + peer + "\":{\"remoteAs\":1,\"state\":\"Established\"}") + "}";
    }

    private static ParsedOutput parse(String printed, String vrf, AddressFamily family) throws UnusableOutput {
        return FrrSummary.parseNested(
                new ByteArrayInputStream(printed.getBytes(StandardCharsets.UTF_8)), new TableName(vrf, family));
    }

    private static List<Row> rows(ParsedOutput output, String vrf) {
        return output.tables().entrySet().stream()
                .filter(table -> table.getKey().name().equals(vrf))
                .flatMap(table -> table.getValue().rows().stream())
                .toList();
    }

    private static List<String> peers(ParsedOutput output, String vrf) {
        return rows(output, vrf).stream()
                .filter(PeerSession.class::isInstance)
                .map(row -> ((PeerSession) row).peer().toString())
                .toList();
    }
}
