package dev.hoplog.ingest.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.ingest.read.Observation.NotObserved;
import dev.hoplog.ingest.read.Observation.Observed;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.Attribute;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.View;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What FRR's answers of one scrape prove of its neighbours' tables and of zebra's. */
class FrrReaderTest {
    private static final Instant AT = Instant.parse("2026-11-23T04:00:00Z");
    private static final String BGP = "show bgp vrf v ipv6 unicast ";
    private static final String SUMMARY = BGP + "summary json";
    private static final String ADVERTISED = BGP + "neighbors fd00::1 advertised-routes json";
    private static final String DETAIL = BGP + "neighbors fd00::1 advertised-routes detail json";
    private static final String FILTERED = BGP + "neighbors fd00::1 filtered-routes json";
    private static final String NEIGHBORS = "show bgp vrf v neighbors json";
    private static final String ZEBRA = "show ipv6 route vrf v json";

    private static final String ESTABLISHED = summary("\"fd00::1\":{\"state\":\"Established\"}");
    private static final String ONE_ADVERTISED =
            "{\"advertisedRoutes\":{\"fd00::/64\":{\"nextHopGlobal\":\"::\",\"weight\":0,\"path\":\"1\",\"origin\":\"IGP\"}}}";
    private static final String ONE_REFUSED =
            "{\"receivedRoutes\":{\"fd01::/64\":{\"nextHopGlobal\":\"::\",\"weight\":0,\"path\":\"1\",\"origin\":\"IGP\"}}}";
    private static final String NO_SUCH_NEIGHBOR = "{\"warning\":\"No such neighbor in this view/vrf\"}";

    private final HopReader frr =
            new HopReader("lab", "n", "frr", DaemonReader.of("frr").orElseThrow());

    @Test
    void shouldNameEachTableAfterItsNeighbour() {
        assertThat(read(answer(ADVERTISED, ONE_ADVERTISED), answer(FILTERED, ONE_REFUSED)))
                .extracting(o -> o.rib().key())
                .containsExactly(
                        "lab/n/frr/v/ipv6-unicast/adj-rib-out-post/peer=fd00::1",
                        "lab/n/frr/v/ipv6-unicast/adj-rib-in-rejected/peer=fd00::1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"fd00::1\":{\"state\":\"Active\"}", "\"fd00::2\":{\"state\":\"Established\"}"})
    void shouldProveTheTablesOfANeighbourWithoutSessionEmpty(String peers) {
        read(answer(SUMMARY, ESTABLISHED), answer(ADVERTISED, ONE_ADVERTISED), answer(FILTERED, ONE_REFUSED));

        var seen = read(answer(SUMMARY, summary(peers)));

        assertThat(seen).filteredOn(o -> o.rib().view().isAdj()).hasSize(2).allSatisfy(o -> {
            assertThat(rows(o)).isZero();
            assertThat(o.command()).endsWith(SUMMARY);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            show bgp vrf v summary json    | {"ipv6Unicast":{"vrfName":"v","as":1,"peers":{"fd00::1":{"state":"Active"}}}}    | true
            show bgp vrf v summary json    | {"ipv4Unicast":{"vrfName":"v","as":1,"peers":{"10.0.0.1":{"state":"Active"}}}}   | true
            show bgp vrf all summary json  | {"v":{"ipv6Unicast":{"vrfName":"v","as":1,"peers":{}}},"default":{}}             | true
            show bgp vrf all summary json  | {"v":{},"default":{"ipv6Unicast":{"vrfName":"default","as":1,"peers":{}}}}       | false
            show bgp vrf v summary json    | {}                                                                            | false
            show bgp summary json          | {"ipv6Unicast":{"vrfName":"default","as":1,"peers":{}}}                         | false
            show ip bgp vrf v summary json | {"ipv4Unicast":{"vrfName":"v","as":1,"peers":{}}}                               | false
            """)
    void shouldProveATableEmptyByASummaryOfAllFamilies(String line, String printed, boolean proven) {
        read(answer(SUMMARY, ESTABLISHED), answer(ADVERTISED, ONE_ADVERTISED));

        var seen = read(answer(line, printed)).stream()
                .filter(o -> o.rib().view() == View.ADJ_RIB_OUT_POST)
                .toList();

        assertThat(seen).singleElement().isInstanceOf(proven ? Observed.class : NotObserved.class);
    }

    /** FRR finds a neighbour by its host name, and by the address behind its interface, too: it is listed as another one. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            leaf1                 | "fd00::1":{"state":"Established","hostname":"leaf1"}
            leaf1                 | "fd00::1":{"state":"Established"}
            leaf1                 | "fd00::1":{"state":"Active"}
            leaf1                 | "un0":{"state":"Established","idType":"interface"}
            leaf1                 | ''
            un1                   | "un0":{"state":"Established","idType":"interface"}
            fe80::1               | "un0":{"state":"Established","idType":"interface"}
            fe80::1               | "eth0.100":{"state":"Established"}
            10.0.0.1              | "un0":{"state":"Established","idType":"interface"}
            10.0.0.1              | "un0":{"state":"Idle","idType":"interface"},"un1":{"state":"Established","idType":"interface"}
            fe80::1%un0           | "un0":{"state":"Established","idType":"interface"}
            fe80::1%un0           | "fe80::1":{"state":"Established"}
            """)
    void shouldNotProveATableEmptyWhoseNeighbourMayBeListedUnderAnotherName(String asked, String peers) {
        var advertised = BGP + "neighbors " + asked + " advertised-routes json";
        read(answer(SUMMARY, summary(peers)), answer(advertised, ONE_ADVERTISED));

        assertThat(of(View.ADJ_RIB_OUT_POST, read(answer(SUMMARY, summary(peers)), answer(advertised, ""))))
                .isInstanceOf(NotObserved.class);
        assertThat(of(View.ADJ_RIB_OUT_POST, read(answer(SUMMARY, summary(peers)))))
                .isInstanceOf(NotObserved.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            un0      | "un0":{"state":"Idle","idType":"interface"}
            eth0.100 | "eth0.100":{"state":"Connect"},"un0":{"state":"Established","idType":"interface"}
            fd00::1  | "un0":{"state":"Established","idType":"interface"}
            fe80::1  | "fe80::2":{"state":"Established","idType":"ipv6"}
            10.0.0.1 | "fd00::2":{"state":"Established","idType":"ipv6"}
            10.0.0.1 | "un0":{"state":"Idle","idType":"interface"},"fd00::2":{"state":"Established"}
            fe80::1  | "un0":{"state":"Idle","idType":"interface"},"eth0.100":{"state":"Connect"}
            """)
    void shouldProveATableEmptyWhoseNeighbourIsListedAsDownOrCouldBeListedUnderNoOtherName(String asked, String peers) {
        var advertised = BGP + "neighbors " + asked + " advertised-routes json";
        read(answer(SUMMARY, summary(peers)), answer(advertised, ONE_ADVERTISED));

        assertThat(rows(of(View.ADJ_RIB_OUT_POST, read(answer(SUMMARY, summary(peers)), answer(advertised, "")))))
                .isZero();
    }

    /** An address that is called an interface: one of the two is damaged. */
    @Test
    void shouldProveNothingByAListOfSessionsThatContradictsItself() {
        read(answer(SUMMARY, ESTABLISHED), answer(ADVERTISED, ONE_ADVERTISED));

        var seen = read(answer(SUMMARY, summary("\"fd00::1\":{\"state\":\"Established\",\"idType\":\"interface\"}")));

        assertThat(reason(of(View.SESSIONS, seen))).isEqualTo(FailureReason.UNPARSABLE);
        assertThat(of(View.ADJ_RIB_OUT_POST, seen)).isInstanceOf(NotObserved.class);
    }

    @Test
    void shouldProveThemEmptyAlsoWhereTheNeighbourIsUnknownByThen() {
        read(answer(SUMMARY, ESTABLISHED), answer(ADVERTISED, ONE_ADVERTISED));

        var seen = read(answer(SUMMARY, summary("")), answer(ADVERTISED, NO_SUCH_NEIGHBOR));

        assertThat(rows(of(View.ADJ_RIB_OUT_POST, seen))).isZero();
    }

    /** The session came up between the two answers: the later one is the table itself. */
    @Test
    void shouldBelieveATableThatAnsweredBeforeTheListOfSessions() {
        var seen = read(answer(SUMMARY, summary("")), answer(ADVERTISED, ONE_ADVERTISED));

        assertThat(rows(of(View.ADJ_RIB_OUT_POST, seen))).isOne();
    }

    @Test
    void shouldNotObserveATableThatDidNotAnswerOverASessionThatIsUp() {
        read(answer(SUMMARY, ESTABLISHED), answer(ADVERTISED, ONE_ADVERTISED));

        assertThat(reason(of(
                        View.ADJ_RIB_OUT_POST,
                        read(answer(SUMMARY, ESTABLISHED), answer(ADVERTISED, NO_SUCH_NEIGHBOR)))))
                .isEqualTo(FailureReason.REFUSED);
        assertThat(reason(of(View.ADJ_RIB_OUT_POST, read(answer(SUMMARY, ESTABLISHED)))))
                .isEqualTo(FailureReason.FILE_MISSING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"vrfName\":\"v\",\"as\":1,\"peers\":{}",
                "{}",
                "{\"vrfName\":\"v\",\"as\":1,\"peers\":{},\"displayedPeers\":1}",
                "{\"vrfName\":\"v\",\"as\":1,\"peers\":{},\"totalPeers\":1}",
                "{\"vrfName\":\"v\",\"as\":1,\"peers\":{},\"displayedPeers\":0,\"totalPeers\":1}",
                "{\"vrfName\":\"other\",\"as\":1,\"peers\":{}}",
            })
    void shouldProveNothingByAListOfSessionsThatIsNotWholeOrOfAnotherVrf(String summary) {
        read(answer(SUMMARY, ESTABLISHED), answer(ADVERTISED, ONE_ADVERTISED));

        assertThat(of(View.ADJ_RIB_OUT_POST, read(answer(SUMMARY, summary)))).isInstanceOf(NotObserved.class);
    }

    /** A family that goes by a name that nobody knows may be any. */
    @ParameterizedTest
    @ValueSource(
            strings = {"\"IPv6 Unicast\":{}", "\"ipv4Unicast\":{},\"IPv6 Unicast\":{}", "\"ipv6Unicast\":null", ""})
    void shouldProveNothingByNeighboursWhoseFamiliesAreNotNamed(String families) {
        read(answer(NEIGHBORS, neighbors("\"ipv6Unicast\":{}")), answer(ADVERTISED, ONE_ADVERTISED));

        var seen = of(AddressFamily.IPV6_UNICAST, read(answer(NEIGHBORS, neighbors(families))));

        assertThat(reason(of(View.SESSIONS, seen))).isEqualTo(FailureReason.UNPARSABLE);
        assertThat(of(View.ADJ_RIB_OUT_POST, seen)).isInstanceOf(NotObserved.class);
    }

    @Test
    void shouldProveByNeighboursOfOtherFamiliesThatThereIsNoSessionInThisOne() {
        read(answer(NEIGHBORS, neighbors("\"ipv6Unicast\":{}")), answer(ADVERTISED, ONE_ADVERTISED));

        var seen = of(
                AddressFamily.IPV6_UNICAST, read(answer(NEIGHBORS, neighbors("\"ipv4Unicast\":{},\"l2VpnEvpn\":{}"))));

        assertThat(rows(of(View.ADJ_RIB_OUT_POST, seen))).isZero();
    }

    @Test
    void shouldProveNothingOfTheOtherFamily() {
        var ipv4 = "show bgp vrf v ipv4 unicast neighbors fd00::1 advertised-routes json";
        read(answer(SUMMARY, ESTABLISHED), answer(ipv4, "{\"advertisedRoutes\":{}}"));

        assertThat(of(View.ADJ_RIB_OUT_POST, read(answer(SUMMARY, summary("")))))
                .isInstanceOf(NotObserved.class);
    }

    @Test
    void shouldTakeOfTheDetailFormOnlyThatSomethingIsAdvertised() {
        var detail = "{\"advertisedRoutes\":{\"fd00::/64\":{\"prefix\":\"fd00::/64\",\"paths\":[{\"metric\":7}]}}}";

        var both = of(View.ADJ_RIB_OUT_POST, read(answer(DETAIL, detail), answer(ADVERTISED, ONE_ADVERTISED)));
        var alone = of(View.ADJ_RIB_OUT_POST, read(answer(DETAIL, detail)));

        assertThat(both.command()).endsWith(ADVERTISED);
        assertThat(rows(alone)).isOne();
        assertThat(((Observed) alone).table().observed().includes(Attribute.MED))
                .isFalse();
    }

    /** Zebra says the same of an empty VRF and of one that is not there. */
    @Test
    void shouldBelieveThatZebraHasNothingOnlyOfAVrfThatIsThere() {
        var seen = read(answer(ZEBRA, "{}"), answer(SUMMARY, "{\"vrfId\":7,\"vrfName\":\"v\",\"as\":1,\"peers\":{}}"));

        assertThat(rows(of(View.FIB, seen))).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"vrfId\":-1,\"vrfName\":\"v\",\"as\":1,\"peers\":{}}", "{}", ""})
    void shouldNotBelieveItOfAVrfThatMayBeGone(String summary) {
        var seen = read(answer(ZEBRA, "{}"), answer(SUMMARY, summary));

        assertThat(reason(of(View.FIB, seen))).isEqualTo(FailureReason.NO_SUCH_TABLE);
    }

    @Test
    void shouldBelieveThatTheDefaultVrfIsEmpty() {
        assertThat(rows(of(View.FIB, read(answer("show ip route json", "{}"))))).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = View.class,
            names = {"ADJ_RIB_OUT_POST", "ADJ_RIB_IN_REJECTED", "FIB"})
    void shouldNotObserveAnythingOfADaemonThatIsDown(View view) {
        var commands = List.of(SUMMARY, ADVERTISED, FILTERED, ZEBRA);
        var down = new ArrayList<CommandResult>();
        commands.forEach(line -> down.add(new CommandResult(
                List.of("vtysh", "-c", line),
                AT,
                AT.plusMillis(1),
                1,
                "bgpd is not running",
                () -> new ByteArrayInputStream(new byte[0]))));

        var seen = frr.read(AT, AT.plusSeconds(1), down, Optional.empty());

        assertThat(reason(of(view, seen))).isEqualTo(FailureReason.UNREACHABLE);
    }

    private static String neighbors(String families) {
        return "{\"fd00::1\":{\"bgpState\":\"Established\",\"addressFamilyInfo\":{" + families + "}}}";
    }

    private static List<Observation> of(AddressFamily family, List<Observation> seen) {
        return seen.stream().filter(o -> o.rib().family() == family).toList();
    }

    private List<Observation> read(CommandResult... commands) {
        return frr.read(AT, AT.plusSeconds(1), List.of(commands), Optional.empty());
    }

    private static String summary(String peers) {
        return "{\"vrfId\":1,\"vrfName\":\"v\",\"as\":1,\"peers\":{" + peers + "}}";
    }

    private static CommandResult answer(String line, String printed) {
        return new CommandResult(
                List.of("vtysh", "-c", line),
                AT,
                AT.plusMillis(1),
                0,
                "",
                () -> new ByteArrayInputStream(printed.getBytes(StandardCharsets.UTF_8)));
    }

    private static Observation of(View view, List<Observation> seen) {
        assertThat(seen).filteredOn(o -> o.rib().view() == view).hasSize(1);
        return seen.stream().filter(o -> o.rib().view() == view).findFirst().orElseThrow();
    }

    private static int rows(Observation observation) {
        assertThat(observation).isInstanceOf(Observed.class);
        return ((Observed) observation).table().rows().size();
    }

    private static FailureReason reason(Observation observation) {
        assertThat(observation).isInstanceOf(NotObserved.class);
        return ((NotObserved) observation).reason();
    }
}
