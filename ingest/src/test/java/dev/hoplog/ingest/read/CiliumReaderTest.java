package dev.hoplog.ingest.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.ingest.read.Observation.NotObserved;
import dev.hoplog.ingest.read.Observation.Observed;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.PeerSession;
import dev.hoplog.model.SessionState;
import dev.hoplog.model.View;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CiliumReaderTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/cilium");
    private static final Instant AT = Instant.parse("2026-11-23T04:00:00Z");

    private static final String AVAILABLE = "cilium-dbg bgp routes available ipv6 unicast -o json";
    private static final String ADVERTISED = "cilium-dbg bgp routes advertised ipv6 unicast -o json";
    private static final String TO_BIRD = "cilium-dbg bgp routes advertised ipv6 unicast peer fd00:99::20 -o json";
    private static final String TO_ONE =
            "cilium-dbg bgp routes advertised ipv6 unicast vrouter 65010 peer fd00:99::20 -o json";
    private static final String PEERS = "cilium-dbg bgp peers -o json";
    private static final String STATUS = "kubectl get ciliumbgpnodeconfig solwk02 -o json";

    private final HopReader cilium =
            new HopReader("lab", "n", "cilium", DaemonReader.of("cilium").orElseThrow());

    @ParameterizedTest
    @ValueSource(
            strings = {
                AVAILABLE,
                "kubectl -n kube-system exec ds/cilium -c cilium-agent -- cilium-dbg bgp routes available ipv6 unicast -ojson",
                "curl -s --unix-socket /var/run/cilium/cilium.sock"
                        + " http://localhost/v1/bgp/routes?table_type=loc-rib&afi=ipv6&safi=unicast",
            })
    void shouldKnowTheLocRibHoweverItWasAskedFor(String line) {
        assertThat(CiliumCommand.of(words(line)))
                .contains(new CiliumCommand.Routes(
                        View.LOC_RIB, AddressFamily.IPV6_UNICAST, Optional.empty(), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "cilium-dbg bgp routes advertised ipv4 unicast vrouter 65010 neighbor 10.0.0.1 -o json, ADJ_RIB_OUT_POST",
        "curl http://x/v1/bgp/routes?table_type=adj-rib-in&afi=ipv4&safi=unicast&router_asn=65010&neighbor=10.0.0.1,"
                + " ADJ_RIB_IN_PRE",
    })
    void shouldKnowWhoseTableItIs(String line, View view) {
        assertThat(CiliumCommand.of(words(line)))
                .contains(new CiliumCommand.Routes(
                        view, AddressFamily.IPV4_UNICAST, Optional.of(65010L), Optional.of(PeerId.parse("10.0.0.1"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cilium-dbg bgp routes available ipv6 multicast -o json",
                "cilium-dbg bgp routes available ipv6 unicast vrouter x -o json",
                "cilium-dbg bgp routes available ipv6 unicast peer -o json",
                "cilium-dbg bgp routes received ipv6 unicast -o json",
                "cilium-dbg bgp routes available ipv6 unicast -o jsonpath={[0]}",
                "cilium-dbg bgp route-policies -o json",
                "cilium-dbg bpf ipcache list -o json",
                "cilium-dbg shell -- db/tables",
                "kubectl get ciliumbgpnodeconfig -o json",
                "kubectl get ciliumbgpnodeconfig a b -o json",
                "kubectl get ciliumbgpnodeconfig solwk02 -o yaml",
                "kubectl get nodes solwk02 -o json",
                "curl http://x/v1/bgp/route-policies",
                "curl http://x/v1/bgp/routes?table_type=loc-rib&afi=%&safi=unicast",
            })
    void shouldNotTakeAnythingElseForATable(String line) {
        assertThat(CiliumCommand.of(words(line))).isEmpty();
    }

    @Test
    void shouldTakeAnEmptyAnswerForAnEmptyTable() throws IOException {
        assertThat(rows(
                        read(answer(AVAILABLE, file("bgp_routes_available_ipv6_unicast.json"))),
                        "65010/ipv6-unicast/loc-rib"))
                .isEqualTo(17);

        assertThat(rows(read(answer(AVAILABLE, "[]")), "65010/ipv6-unicast/loc-rib"))
                .isZero();
    }

    @Test
    void shouldKnowTheTableOfAVirtualRouterThatHasNoRoutes() {
        assertThat(rows(
                        read(answer("cilium-dbg bgp routes available ipv6 unicast vrouter 7 -o json", "[]")),
                        "7/ipv6-unicast/loc-rib"))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "BGP Control Plane is disabled, REFUSED",
        "'\"BGP Control Plane is disabled\"', REFUSED",
        "'{\"message\":\"no\"}', REFUSED",
        "'{\"node1\":[]}', UNPARSABLE",
        "'[', TRUNCATED",
        "'', UNREACHABLE",
    })
    void shouldObserveNothingWhereTheAgentDoesNotAnswer(String printed, FailureReason reason) throws IOException {
        read(answer(AVAILABLE, file("bgp_routes_available_ipv6_unicast.json")));

        assertThat(read(answer(AVAILABLE, printed)))
                .singleElement()
                .isInstanceOfSatisfying(
                        NotObserved.class, o -> assertThat(o.reason()).isEqualTo(reason));
    }

    @Test
    void shouldObserveNothingInTablesForPeople() throws IOException {
        read(answer(PEERS, file("bgp_peers.json")));

        assertThat(read(answer(
                        "cilium-dbg shell -- bgp/peers",
                        Files.readString(GOLDEN.resolve("shell_bgp_tables.expected.txt")))))
                .isNotEmpty()
                .allSatisfy(o -> assertThat(o)
                        .isInstanceOfSatisfying(
                                NotObserved.class, n -> assertThat(n.detail()).contains("for people")));
    }

    @Test
    void shouldKeepTheTablesOfNeighboursAndVirtualRoutersApart() throws IOException {
        var seen = read(answer(ADVERTISED, file("bgp_routes_advertised_ipv6_unicast.json")));

        assertThat(seen)
                .extracting(o -> o.rib().key())
                .containsExactlyInAnyOrder(
                        "lab/n/cilium/65010/ipv6-unicast/adj-rib-out-post/peer=fd00:99::20",
                        "lab/n/cilium/65010/ipv6-unicast/adj-rib-out-post/peer=fd00:99::21",
                        "lab/n/cilium/65011/ipv6-unicast/adj-rib-out-post/peer=fd00:99::20");
    }

    @Test
    void shouldProveNothingOfANeighbourThatWasNotAskedFor() throws IOException {
        read(answer(ADVERTISED, file("bgp_routes_advertised_ipv6_unicast.json")));

        var seen = read(answer(TO_BIRD, "[]"));

        assertThat(rows(seen, "65010/ipv6-unicast/adj-rib-out-post/peer=fd00:99::20"))
                .isZero();
        assertThat(rows(seen, "65011/ipv6-unicast/adj-rib-out-post/peer=fd00:99::20"))
                .isZero();
        assertThat(seen.stream().filter(o -> o.rib().key().endsWith("fd00:99::21")))
                .singleElement()
                .isInstanceOf(NotObserved.class);
    }

    @Test
    void shouldRefuseAnAnswerToAnotherQuestion() throws IOException {
        var other = file("bgp_routes_advertised_ipv6_unicast.json");
        read(answer(TO_BIRD, "[]"), answer(ADVERTISED, other));

        assertThat(read(answer(TO_BIRD, other)).stream()
                        .filter(o -> o.rib().key().endsWith("fd00:99::20")))
                .isNotEmpty()
                .allMatch(o -> o instanceof NotObserved n && n.reason() == FailureReason.INCONSISTENT);
    }

    @ParameterizedTest
    @CsvSource({
        // Another prefix in the NLRI, and in MP_REACH_NLRI; another family; no base64; an attribute that is cut.
        "'\"nlri\":{\"base64\":\"QP0AqqoAAAAB\"}', INCONSISTENT",
        "'\"path-attributes\":[{\"base64\":\"gA4eAAIBEP0AAJkAAAAAAAAAAAAAAAEAQP0QAAEAAAAA\"}]', INCONSISTENT",
        "'\"family\":{\"afi\":\"ipv4\",\"safi\":\"unicast\"}', INCONSISTENT",
        "'\"path-attributes\":[{\"base64\":\"QAEBAA=\"}]', UNPARSABLE",
        "'\"path-attributes\":[{\"base64\":\"\"}]', UNPARSABLE",
        "'\"path-attributes\":[{\"base64\":\"QAEB\"}]', UNPARSABLE",
        "'\"path-attributes\":[{\"base64\":\"QAEBAA==\"},{\"base64\":\"QAEBAA==\"}]', UNPARSABLE",
        "'\"age-nanoseconds\":-1', UNPARSABLE",
        "'\"age-nanoseconds\":9223372036854775807', UNPARSABLE",
    })
    void shouldRefuseAPathThatContradictsItself(String member, FailureReason reason) {
        read(answer(AVAILABLE, "[{\"prefix\":\"fd00:bbbb::/64\",\"router-asn\":65010,\"paths\":[{\"best\":true}]}]"));

        var seen = read(answer(
                AVAILABLE, "[{\"prefix\":\"fd00:aaaa::/64\",\"router-asn\":65010,\"paths\":[{" + member + "}]}]"));

        assertThat(seen).singleElement().isInstanceOfSatisfying(NotObserved.class, o -> {
            assertThat(o.reason()).isEqualTo(reason);
            assertThat(o.detail()).contains("fd00:aaaa::/64");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"prefix\":\"fd00::/200\",\"router-asn\":1",
                "\"prefix\":\"fd00::1/64\",\"router-asn\":1",
                "\"prefix\":\"10.0.0.0/8\",\"router-asn\":1",
                "\"prefix\":\"fd00::/64\"",
                "\"prefix\":\"fd00::/64\",\"router-asn\":-1",
                "\"prefix\":\"fd00::/64\",\"router-asn\":4294967296",
                "\"router-asn\":1",
                "\"prefix\":\"fd00::/64\",\"router-asn\":1,\"paths\":7",
                "\"prefix\":\"fd00::/64\",\"router-asn\":1,\"paths\":[{}]},{\"prefix\":\"fd00:0::/64\",\"router-asn\":1,\"paths\":[{}]",
            })
    void shouldRefuseHostileRoutes(String route) {
        read(answer(AVAILABLE, "[{\"prefix\":\"fd00:bbbb::/64\",\"router-asn\":65010,\"paths\":[{\"best\":true}]}]"));

        assertThat(read(answer(AVAILABLE, "[{" + route + "}]"))).singleElement().isInstanceOf(NotObserved.class);
    }

    @Test
    void shouldBelieveTheAgentBeforeKubernetes() throws IOException {
        var seen = read(
                answer(STATUS, file("CiliumBGPNodeConfig_status.json")),
                answer(PEERS, file("bgp_peers.json").replace("established", "idle")));

        assertThat(seen.stream().filter(o -> o.rib().key().contains("65010/ipv6")))
                .singleElement()
                .isInstanceOfSatisfying(Observed.class, o -> {
                    assertThat(o.command()).isEqualTo(PEERS);
                    assertThat(o.table().rows())
                            .filteredOn(row -> row instanceof PeerSession s && s.state() == SessionState.ESTABLISHED)
                            .isEmpty();
                });
    }

    @Test
    void shouldReadTheSessionsFromKubernetesIfTheAgentIsNotAsked() throws IOException {
        assertThat(rows(read(answer(STATUS, file("kubectl_ciliumbgpnodeconfig.json"))), "65010/ipv6-unicast/sessions"))
                .isEqualTo(2);

        assertThat(read(answer(STATUS, file("kubectl_status_off.json")))).allMatch(o -> o instanceof NotObserved);
    }

    @Test
    void shouldNotTakeAnInstanceThatTheStatusDoesNotNameForOneWithoutNeighbours() throws IOException {
        var status = file("kubectl_ciliumbgpnodeconfig.json");
        read(answer(STATUS, status));

        var renamed = read(answer(STATUS, status.replace("\"localASN\": 65010", "\"localASN\": 65012")));
        var bare = read(answer(STATUS, "{\"status\":{\"bgpInstances\":[{\"localASN\":65010}]}}"));

        assertThat(renamed.stream().filter(o -> o.rib().key().contains("65010/ipv6")))
                .singleElement()
                .isInstanceOf(NotObserved.class);
        assertThat(rows(bare, "65010/ipv6-unicast/sessions")).isZero();
    }

    @Test
    void shouldNotTakeANeighbourForGoneWhoseFamiliesHaveAnotherName() throws IOException {
        var peers = file("bgp_peers.json");
        read(answer(PEERS, peers));

        assertThat(read(answer(PEERS, peers.replaceFirst("\"families\"", "\"afi-safis\""))))
                .isNotEmpty()
                .allMatch(o -> o instanceof NotObserved);
    }

    @Test
    void shouldKeepANeighbourWithoutFamiliesWhereItWas() throws IOException {
        read(answer(PEERS, file("bgp_peers.json")));

        var seen = read(answer(PEERS, file("bgp_peers_without_families.json")));

        assertThat(sessions(seen))
                .containsExactly(
                        "65010/ipv4-unicast fd00:99::20 CONNECT",
                        "65010/ipv6-unicast fd00:99::20 CONNECT",
                        "65010/ipv6-unicast fd00:99::21 ACTIVE",
                        "65011/ipv6-unicast fe80::1%eth0 OPEN_SENT");
        assertThat(sessions(read(answer(PEERS, file("bgp_peers_without_families.json")))))
                .isEqualTo(sessions(seen));
    }

    @Test
    void shouldHaveANeighbourThatWasNeverUpInEveryTableOfItsRouter() throws IOException {
        var seen = read(answer(PEERS, withOneMore("\"session-state\":\"idle\",\"families\":null")));

        assertThat(sessions(seen))
                .filteredOn(row -> row.contains("fd00:99::30"))
                .containsExactly("65010/ipv4-unicast fd00:99::30 IDLE", "65010/ipv6-unicast fd00:99::30 IDLE");
    }

    @Test
    void shouldNotGuessTheFamiliesOfASessionThatIsUp() throws IOException {
        var seen = read(answer(PEERS, withOneMore("\"session-state\":\"established\"")));

        assertThat(seen)
                .filteredOn(o -> o.rib().key().contains("/65010/"))
                .hasSize(2)
                .allMatch(o -> o instanceof NotObserved n && n.detail().contains("fd00:99::30"));
        assertThat(seen)
                .filteredOn(o -> o.rib().key().contains("/65011/"))
                .singleElement()
                .isInstanceOf(Observed.class);
    }

    @Test
    void shouldKeepANeighbourThatKubernetesNamesWithoutCounts() throws IOException {
        var status = file("kubectl_ciliumbgpnodeconfig.json");
        var bare = status.replaceAll("(?s)(\"active\"),\\s*\"routeCount\": \\[.*?\\]", "$1");
        var stateless = bare.replace("\"peeringState\": \"active\"", "\"peeringState\": \"\"");
        var before = sessions(read(answer(STATUS, status)));

        assertThat(bare).isNotEqualTo(status);
        assertThat(sessions(read(answer(STATUS, bare)))).isEqualTo(before);
        assertThat(read(answer(STATUS, stateless)))
                .filteredOn(o -> o.rib().key().contains("65010/ipv6"))
                .singleElement()
                .isInstanceOf(NotObserved.class);
    }

    @Test
    void shouldNotTakeANeighboursRoutesForTheRoutersOwn() throws IOException {
        read(answer(AVAILABLE, file("bgp_routes_available_ipv6_unicast.json")));
        var sent = "[{\"prefix\":\"fd10:1::/64\",\"router-asn\":65010,\"neighbor\":\"fd00:99::20\",\"paths\":[]}]";

        assertThat(read(answer(AVAILABLE, sent))).isNotEmpty().allMatch(o -> o instanceof NotObserved);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kind\":\"List\",\"items\":[]}",
                "{\"kind\":\"Status\",\"message\":\"not found\"}",
                "{\"status\":{\"bgpInstances\":[{\"peers\":[]}]}}",
                "{\"status\":{\"bgpInstances\":[{\"localASN\":65010,\"peers\":[{\"peerAddress\":\"fd00::1\",\"routeCount\":[{\"afi\":\"ipv6\",\"safi\":\"unicast\"}]}]}]}}",
                "{\"status\":{\"bgpInstances\":[{\"localASN\":65010,\"peers\":[{\"peerAddress\":\"fd00::1\",\"peeringState\":\"idle\",\"establishedTime\":\"+999999999-01-01T00:00:00Z\",\"routeCount\":[{\"afi\":\"ipv6\",\"safi\":\"unicast\"}]}]}]}}",
            })
    void shouldObserveNothingInAStatusThatSaysNothing(String json) throws IOException {
        read(answer(STATUS, file("CiliumBGPNodeConfig_status.json")));

        assertThat(read(answer(STATUS, json))).singleElement().isInstanceOf(NotObserved.class);
    }

    /** Where the answer for a neighbour does not name it, only the mark of a best path tells the two apart. */
    @Test
    void shouldTellTheRoutersRoutesFromANeighboursByTheMarkOfABestPath() {
        var route = "[{\"prefix\":\"fd10:1::/64\",\"router-asn\":65010,\"paths\":[{%s}]}]";
        read(answer(AVAILABLE, route.formatted("\"best\":true")), answer(TO_BIRD, route.formatted("")));

        var seen = read(answer(AVAILABLE, route.formatted("")), answer(TO_BIRD, route.formatted("\"best\":true")));

        assertThat(seen)
                .filteredOn(o -> !o.rib().view().equals(View.SESSIONS))
                .hasSize(2)
                .allSatisfy(o -> assertThat(o).isInstanceOfSatisfying(NotObserved.class, not -> {
                    assertThat(not.reason()).isEqualTo(FailureReason.INCONSISTENT);
                    assertThat(not.detail()).contains("best", "available", "neighbour's table");
                }));
    }

    /** The agent works out what it advertises when it is asked, session or not. */
    @ParameterizedTest
    @ValueSource(strings = {"active", "idle", "open_confirm"})
    void shouldTakeTheTablesOfASessionThatIsDownForEmptyWithTheSessionAsTheReason(String state) throws IOException {
        var sent = sentToBird(6);
        read(answer(PEERS, file("bgp_peers.json")), answer(TO_ONE, sent));
        var down = file("bgp_peers.json").replace("established", state);

        for (var commands : List.of(
                List.of(answer(PEERS, down), answer(TO_ONE, sent)),
                List.of(answer(TO_ONE, sent), answer(PEERS, down)),
                List.of(answer(PEERS, down), answer(TO_ONE, "Error: no such neighbor")),
                List.of(
                        answer(PEERS, down.replace("families", "other").replaceAll("(?s)\"other\": \\[.*?\\],", "")),
                        answer(TO_ONE, sent)),
                List.of(answer(PEERS, down)))) {
            assertThat(toBird(read(commands.toArray(CommandResult[]::new))))
                    .isInstanceOfSatisfying(Observed.class, absent -> {
                        assertThat(absent.table().rows()).isEmpty();
                        assertThat(absent.command()).isEqualTo(PEERS);
                    });
        }
    }

    @Test
    void shouldNotBelieveWhatIsSentWhereTheSessionsWereAskedForAndNotTold() throws IOException {
        assertThat(toBird(read(answer(PEERS, "["), answer(TO_ONE, sentToBird(2)))))
                .isInstanceOfSatisfying(
                        NotObserved.class,
                        not -> assertThat(not.detail()).contains("does not tell whether there is a session"));
        assertThat(toBird(read(answer(TO_ONE, sentToBird(2))))).isInstanceOf(Observed.class);
    }

    /** Nor that nothing is sent, which would withdraw all that was. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cilium-dbg bgp peers -o json                   | []
            cilium-dbg bgp peers -o json                   | [{"local-asn":65010,"peer-address":"fd00:99::21","session-state":"established"}]
            cilium-dbg bgp peers -o json                   | [{"local-asn":65011,"peer-address":"fd00:99::20","session-state":"established"}]
            cilium-dbg bgp peers                           | Local AS   Peer AS   Peer Address   Session
            cilium-dbg shell -- bgp/peers                  | Local AS   Peer AS   Peer Address   Session
            kubectl get ciliumbgpnodeconfig solwk02 -o json | {"status":{"bgpInstances":[{"localASN":65010}]}}
            kubectl get ciliumbgpnodeconfig solwk02 -o json | {"kind":"Status","message":"not found"}
            """)
    void shouldNotClaimWhatIsSentWhereTheSessionsThatWereAskedForDoNotTellOfThisOne(String asked, String told)
            throws IOException {
        read(answer(PEERS, file("bgp_peers.json")), answer(TO_ONE, sentToBird(4)));

        for (var sent : List.of("[]", sentToBird(4))) {
            for (var commands : List.of(
                    List.of(answer(asked, told), answer(TO_ONE, sent)),
                    List.of(answer(TO_ONE, sent), answer(asked, told)))) {
                assertThat(toBird(read(commands.toArray(CommandResult[]::new))))
                        .isInstanceOfSatisfying(NotObserved.class, not -> {
                            assertThat(not.reason()).isEqualTo(FailureReason.INCONSISTENT);
                            assertThat(not.detail()).contains(asked, "does not tell whether there is a session");
                        });
            }
        }
    }

    @Test
    void shouldBelieveWhatIsSentToASessionThatIsUp() throws IOException {
        assertThat(toBird(read(answer(PEERS, file("bgp_peers.json")), answer(TO_ONE, sentToBird(2)))))
                .isInstanceOfSatisfying(
                        Observed.class, o -> assertThat(o.table().rows()).hasSize(2));
    }

    @ParameterizedTest
    @CsvSource({
        "cilium-dbg bgp routes advertised ipv6 unicast vrouter 65010 peer fd00:99::20 -o json, counts 4",
        "cilium-dbg bgp routes advertised ipv6 unicast -o json, counts 4",
        "curl http://x/v1/bgp/routes?table_type=adj-rib-in&afi=ipv6&safi=unicast&router_asn=65010&neighbor=fd00:99::20,"
                + " counts 7",
    })
    void shouldNotTakeNothingForAllWhereTheAgentCountsMore(String command, String words) throws IOException {
        read(answer(PEERS, file("bgp_peers.json")), answer(TO_ONE, sentToBird(4)));

        assertThat(read(answer(PEERS, file("bgp_peers.json")), answer(command, "[]")))
                .filteredOn(o -> o.command().equals(command) && o.rib().key().contains("/65010/"))
                .singleElement()
                .isInstanceOfSatisfying(NotObserved.class, not -> {
                    assertThat(not.reason()).isEqualTo(FailureReason.INCONSISTENT);
                    assertThat(not.detail()).contains("shows nothing", PEERS, words);
                });
    }

    @Test
    void shouldTakeNothingForAllWhereTheAgentCountsNone() throws IOException {
        var none = file("bgp_peers.json").replace("\"advertised\": 4", "\"advertised\": 0");

        assertThat(toBird(read(answer(PEERS, none), answer(TO_ONE, "[]"))))
                .isInstanceOfSatisfying(
                        Observed.class, o -> assertThat(o.table().rows()).isEmpty());
    }

    /** A status is what the agent last wrote: too old to prove that nothing is sent, or that something is. */
    @Test
    void shouldNotObserveWhatIsSentWithoutASessionAsFarAsKubernetesKnows() throws IOException {
        var down = file("kubectl_ciliumbgpnodeconfig.json").replace("\"established\"", "\"idle\"");

        assertThat(toBird(read(answer(STATUS, down), answer(TO_ONE, sentToBird(2)))))
                .isInstanceOfSatisfying(NotObserved.class, not -> {
                    assertThat(not.reason()).isEqualTo(FailureReason.INCONSISTENT);
                    assertThat(not.detail()).contains("out of date", "bgp peers");
                });
        assertThat(toBird(read(
                        answer(STATUS, down), answer(PEERS, file("bgp_peers.json")), answer(TO_ONE, sentToBird(2)))))
                .isInstanceOf(Observed.class);
    }

    private static Observation toBird(List<Observation> seen) {
        return seen.stream()
                .filter(o -> o.rib().key().endsWith("65010/ipv6-unicast/adj-rib-out-post/peer=fd00:99::20"))
                .findFirst()
                .orElseThrow();
    }

    private static String sentToBird(int routes) {
        return IntStream.range(0, routes)
                .mapToObj(i -> "{\"prefix\":\"fd10:" + i + "::/64\",\"router-asn\":65010,\"paths\":[{}]}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private List<Observation> read(CommandResult... commands) {
        return cilium.read(AT, AT.plusSeconds(1), List.of(commands), Optional.empty());
    }

    private static int rows(List<Observation> seen, String rib) {
        return seen.stream()
                .filter(o -> o.rib().key().endsWith(rib))
                .map(o -> ((Observed) o).table().rows().size())
                .findFirst()
                .orElseThrow();
    }

    private static String withOneMore(String members) throws IOException {
        return file("bgp_peers.json")
                .replaceFirst("\\{", "{\"local-asn\":65010,\"peer-address\":\"fd00:99::30\"," + members + "},{");
    }

    private static List<String> sessions(List<Observation> seen) {
        return seen.stream()
                .filter(o -> o instanceof Observed && o.rib().view() == View.SESSIONS)
                .flatMap(o -> ((Observed) o)
                        .table().rows().stream()
                                .map(row -> (PeerSession) row)
                                .map(session -> o.rib().hop().table() + "/"
                                        + o.rib().family() + " " + session.peer() + " " + session.state()))
                .sorted()
                .toList();
    }

    private static String file(String name) throws IOException {
        return Files.readString(GOLDEN.resolve("CONSTRUCTED_" + name));
    }

    private static List<String> words(String line) {
        return List.of(line.split(" "));
    }

    private static CommandResult answer(String line, String printed) {
        return new CommandResult(
                words(line),
                AT,
                AT.plusMillis(1),
                0,
                "",
                () -> new ByteArrayInputStream(printed.getBytes(StandardCharsets.UTF_8)));
    }
}
