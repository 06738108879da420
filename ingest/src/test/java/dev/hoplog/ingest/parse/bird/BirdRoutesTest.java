package dev.hoplog.ingest.parse.bird;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hoplog.ingest.parse.ParsedOutput;
import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.OtherAttribute;
import dev.hoplog.model.Path;
import dev.hoplog.model.PathFlag;
import dev.hoplog.model.Route;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BirdRoutesTest {
    private static final String BANNER = "BIRD 2.0.12 ready.\n";
    private static final String HEADING = BANNER + "Table master6:\n";
    private static final String STATIC =
            "fd00:%s::/64          unicast [st 2026-11-23] * (200)\n\tdev lo\n\tType: static univ\n";
    private static final TableName MASTER6 = new TableName("master6", AddressFamily.IPV6_UNICAST);
    private static final BirdScope NAMED = new BirdScope.Named("master6", Optional.of(AddressFamily.IPV6_UNICAST));
    private static final TableName MASTER4 = new TableName("master4", AddressFamily.IPV4_UNICAST);

    @Test
    void shouldTakeTheBannerAloneForAnAnswerWithoutTables() throws UnusableOutput {
        var output = parse(BANNER);

        assertThat(output.tables()).isEmpty();
        assertThat(output.facts().version()).contains("BIRD 2.0.12");
    }

    @Test
    void shouldReadSeveralTables() throws UnusableOutput {
        var output = parse(BANNER
                + "Table master4:\n10.0.0.0/8           blackhole [st 2026-11-23] * (200)\n\tType: static univ\n\n"
                + "Table master6:\n" + STATIC.formatted("1") + STATIC.formatted("2"));

        assertThat(output.tables()).containsOnlyKeys(MASTER4, MASTER6);
        assertThat(routes(output)).hasSize(2);
    }

    @Test
    void shouldNotTakeACutAfterAHeadingForAnEmptyTable() {
        assertThat(failure(HEADING)).isEqualTo(FailureReason.TRUNCATED);
        assertThat(failure(HEADING + STATIC.formatted("1") + "\n")).isEqualTo(FailureReason.TRUNCATED);
    }

    /** As alice-lg/birdwatcher has it of BIRD 2 and 3, but for its last line end. */
    @Test
    void shouldReadTheNamedTableWithoutItsHeading() throws UnusableOutput {
        var routes = BANNER + STATIC.formatted("1") + STATIC.formatted("2");

        assertThat(routes(named(routes))).hasSize(2);
        assertThat(failure(routes)).as("of which table nobody knows").isEqualTo(FailureReason.UNPARSABLE);
    }

    @Test
    void shouldNotReadRoutesWithoutAHeadingBesideSomeThatHaveOne() {
        for (var more : List.of("Table master6:\n", "Table other:\n", "\nTable other:\n")) {
            var failure = catchThrowableOfType(
                    UnusableOutput.class, () -> named(BANNER + STATIC.formatted("1") + more + STATIC.formatted("2")));

            assertThat(failure.reason()).isEqualTo(FailureReason.UNPARSABLE);
        }
    }

    @Test
    void shouldNotTakeTheBannerAloneForANamedTableThatIsEmpty() {
        assertThat(catchThrowableOfType(UnusableOutput.class, () -> named(BANNER))
                        .reason())
                .isEqualTo(FailureReason.TRUNCATED);
    }

    @Test
    void shouldTakeTheHeadingOfATableThatWasAskedForByNameForAnEmptyTable() throws UnusableOutput {
        var output = BirdRoutes.parse(bytes(HEADING), BirdForm.BIRDC, BirdDetail.ALL, NAMED, Optional.empty())
                .output();

        assertThat(output.tables()).containsOnlyKeys(MASTER6);
    }

    @Test
    void shouldNotTakeTheBannerForAnAnswerAboutATableThatWasAskedForByName() {
        var thrown = catchThrowableOfType(
                UnusableOutput.class,
                () -> BirdRoutes.parse(bytes(BANNER), BirdForm.BIRDC, BirdDetail.ALL, NAMED, Optional.empty()));

        assertThat(thrown.reason()).isEqualTo(FailureReason.TRUNCATED);
    }

    @Test
    void shouldPassOverTablesOfOtherNets() throws UnusableOutput {
        var output =
                parse(BANNER + "Table roa:\n10.0.0.0/8-24 AS65000  [rpki1 2026-11-23] * (100)\n\tType: RPKI univ\n\n"
                        + "Table master6:\n" + STATIC.formatted("1"));

        assertThat(output.tables()).containsOnlyKeys(MASTER6);
        assertThat(output.unknownItems()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "Stopped due to reconfiguration, TRUNCATED",
        "Table is shutting down, TRUNCATED",
        "<line overflow>, TRUNCATED",
        "'syntax error, unexpected CF_SYM_UNDEFINED, expecting CF_SYM_KNOWN or ALL', NO_SUCH_TABLE",
        "'syntax error, unexpected END', REFUSED",
        "Access denied, REFUSED",
        "fd00::/200 unicast [st 2026-11-23] * (200), UNPARSABLE",
        "fd00::1/64 unicast [st 2026-11-23] * (200), UNPARSABLE",
        "10.0.0.0/8 blackhole [st 2026-11-23] * (200), UNPARSABLE",
        "fd00:1::/64 blackhole [st 2026-11-23] * (200), UNPARSABLE",
        "what is this, UNPARSABLE",
        "'	BGP.new_one: \u202E7', UNPARSABLE",
        "'	BGP.new_one: a\u2028b', UNPARSABLE",
        "'	BGP.new_one: a\u0085b', UNPARSABLE",
        "'\tvia nowhere on eth0', UNPARSABLE",
        "'\tBGP.community: (1,2) junk', UNPARSABLE",
        "'\tBGP.local_pref: 4294967296', UNPARSABLE",
    })
    void shouldRefuseAListingWithSuchALine(String line, FailureReason reason) {
        var type = line.startsWith("\t") ? "" : "\tType: static univ\n";
        var listing = HEADING + STATIC.formatted("1") + line + "\n" + type + STATIC.formatted("2");

        assertThat(failure(listing)).isEqualTo(reason);
    }

    @Test
    void shouldKeepARouteWhoseAsPathIsTooLongForBirdToPrint() throws UnusableOutput {
        var path = path("\tBGP.as_path: 65010 65011 {65012 65013} 42000...");

        assertThat(path.asPath()).hasToString("65010 65011 {65012 65013}");
        assertThat(path.other()).contains(new OtherAttribute("bgp_path", "truncated by BIRD"));
    }

    @ParameterizedTest
    @CsvSource({"(100s), STALE", "(100-), SUPPRESSED"})
    void shouldReadTheMarksBesideThePreference(String info, PathFlag flag) throws UnusableOutput {
        var output = parse(HEADING + STATIC.formatted("1").replace("(200)", info));

        assertThat(routes(output).getFirst().paths().getFirst().flags())
                .containsExactlyInAnyOrder(PathFlag.VALID, PathFlag.BEST, flag);
    }

    @Test
    void shouldFindTheLinkLocalNeighbourBehindTheNextHop() throws UnusableOutput {
        var output = parse(
                HEADING
                        + "fd00::/64            unicast [up 2026-11-23] * (100/?) [AS65010i]\n\tvia fe80::1 on eth0 onlink\n"
                        + "\tType: BGP univ\n\tBGP.origin: IGP\n\tBGP.as_path: \n\tBGP.next_hop: fe80::1\n\tBGP.local_pref: 100\n\tBGP.atomic_aggr: \n"
                        + "\tBGP.ext_community: (ro, 1, 2) (generic, 0x43000000, 0x1) (unknown 0x4300, 0, 1)\n\tBGP.1f [t]: 00 11\n");

        var path = routes(output).getFirst().paths().getFirst();
        assertThat(path.from()).hasToString("Optional[fe80::1%eth0]");
        assertThat(path.atomicAggregate()).isTrue();
        assertThat(path.communities().extended()).containsExactly("0x4300:0:1", "generic:0x43000000:0x1", "soo:1:2");
        assertThat(path.other()).contains(new OtherAttribute("bgp_1f [t]", "00 11"));
    }

    @Test
    void shouldTellWhatIsMissingByTheProtocolsCounts() throws UnusableOutput {
        var protocols = protocols("    Routes:         3 imported, 0 exported, 3 preferred\n");

        assertThat(protocols.missingFrom(parse(HEADING + STATIC.formatted("1"))))
                .containsExactly(Map.entry(MASTER6, 2L));
        assertThat(protocols.missingFrom(parse(BANNER))).containsExactly(Map.entry(MASTER6, 3L));
        assertThat(protocols("    Routes:         1 imported, 0 exported, 1 preferred\n")
                        .missingFrom(parse(HEADING + STATIC.formatted("1") + STATIC.formatted("2"))))
                .isEmpty();
    }

    /** What follows a route proves that it is whole, and a version may print another last line, or none. */
    @ParameterizedTest
    @CsvSource({"''", "'\tRoute handling values: 0L'"})
    void shouldReadRoutesOfAVersionThatEndsThemInAnotherWay(String lastLine) throws UnusableOutput {
        var output = parse(withLastLine(lastLine, 3));

        assertThat(routes(output)).hasSize(3);
        assertThat(listing(withLastLine(lastLine, 3), false).openEnd()).isPresent();
    }

    @Test
    void shouldNotBelieveALastRouteWithoutTheEndThatOthersHave() throws UnusableOutput {
        var usual = withLastLine("\tInternal route handling values: 0L 3G 0S id 1", 3);
        var another = withLastLine("\tRoute handling values: 0L", 3);
        for (var whole : List.of(usual, another)) {
            var cut = whole.substring(0, whole.stripTrailing().lastIndexOf('\n') + 1);

            assertThat(failure(cut)).isEqualTo(FailureReason.TRUNCATED);
        }
        var cut = usual.substring(0, usual.stripTrailing().lastIndexOf('\n') + 1);
        assertThat(catchThrowableOfType(UnusableOutput.class, () -> listing(cut, true))
                        .reason())
                .as("whatever somebody says")
                .isEqualTo(FailureReason.TRUNCATED);
        assertThat(routes(parse(usual.replaceFirst("\tInternal.*\n", "")))).hasSize(3);
    }

    @Test
    void shouldBelieveAnOnlyRouteWithoutEndIfSomebodyVouchesForIt() throws UnusableOutput {
        var only = withLastLine("", 1);

        assertThat(failure(only)).isEqualTo(FailureReason.TRUNCATED);
        assertThat(routes(listing(only, true).output())).hasSize(1);
    }

    @Test
    void shouldNotTakeRoutesWithoutAnyAttributesForThoseThatWereAskedForWithAll() {
        assertThat(failure(HEADING + STATIC.formatted("1").replaceAll("\tType.*\n", "") + STATIC.formatted("2")))
                .isEqualTo(FailureReason.UNPARSABLE);
    }

    private static String withLastLine(String line, int routes) {
        var listing = new StringBuilder(HEADING.replace("2.0.12", "3.5.0"));
        for (int i = 0; i < routes; i++) {
            listing.append("fd00:" + i + "::/64         unicast [st 2026-11-23] * (200)\n\tvia fe80::1 on eth0\n")
                    .append("\tpreference: 200\n\tsource: static\n")
                    .append(line.isEmpty() ? "" : line + "\n");
        }
        return listing.toString();
    }

    private static BirdListing listing(String text, boolean vouchedWhole) throws UnusableOutput {
        return BirdRoutes.parse(
                bytes(text), BirdForm.BIRDC, vouchedWhole, BirdDetail.ALL, new BirdScope.Unasked(), Optional.empty());
    }

    /** An empty reply is what timeformat is answered, and what a command is that shows an empty table without a heading. */
    @Test
    void shouldNotGuessWhichOfSeveralRepliesAnswersTheCommand() {
        var failure = catchThrowableOfType(
                UnusableOutput.class,
                () -> BirdRoutes.parse(
                        bytes("0001 BIRD 3.4.0 ready.\n0000 \n1007-Table master6:\n0000 \n"),
                        BirdForm.CONTROL_SOCKET,
                        BirdDetail.ALL,
                        NAMED,
                        Optional.empty()));

        assertThat(failure.reason()).isEqualTo(FailureReason.UNPARSABLE);
        assertThat(failure).hasMessageContaining("take away what timeformat and the like were answered");
    }

    private static BirdProtocols protocols(String routes) throws UnusableOutput {
        return BirdProtocols.parse(
                bytes(BANNER + "Name       Proto      Table      State  Since         Info\n"
                        + "st         Static     master6    up     2026-11-23\n  Channel ipv6\n    Table:          master6\n"
                        + routes + "\n"),
                BirdForm.BIRDC,
                Optional.empty());
    }

    private static Path path(String attribute) throws UnusableOutput {
        return routes(parse(HEADING + STATIC.formatted("1") + attribute + "\n"))
                .getFirst()
                .paths()
                .getFirst();
    }

    private static FailureReason failure(String text) {
        return catchThrowableOfType(UnusableOutput.class, () -> parse(text)).reason();
    }

    private static ParsedOutput named(String text) throws UnusableOutput {
        return BirdRoutes.parse(bytes(text), BirdForm.BIRDC, BirdDetail.ALL, NAMED, Optional.empty())
                .output();
    }

    private static ParsedOutput parse(String text) throws UnusableOutput {
        return BirdRoutes.parse(bytes(text), BirdForm.BIRDC, BirdDetail.ALL, new BirdScope.Unasked(), Optional.empty())
                .output();
    }

    private static List<Route> routes(ParsedOutput output) {
        return Optional.ofNullable(output.tables().get(MASTER6)).orElseThrow().rows().stream()
                .map(Route.class::cast)
                .toList();
    }

    private static ByteArrayInputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
