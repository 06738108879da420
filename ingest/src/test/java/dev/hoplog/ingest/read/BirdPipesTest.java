package dev.hoplog.ingest.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.ingest.RealScrape;
import dev.hoplog.ingest.read.Observation.NotObserved;
import dev.hoplog.ingest.read.Observation.Observed;
import dev.hoplog.model.View;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A BIRD 2.0.12 of which t6 goes through the pipe pp into p6, and that but for one route through pq into q6; poff, which is
 * disabled, leads to off6, and p44 from master4 to p4. Nothing is connected to lone6.
 */
class BirdPipesTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/bird-2.0.12-pipes");
    private static final String BANNER = "BIRD 2.0.12 ready.\n";

    private final HopReader bird =
            new HopReader("lab", "n", "bird", DaemonReader.of("bird").orElseThrow());

    private String protocols = "";
    private String q6 = "";

    @BeforeEach
    void read() throws IOException {
        protocols = text("bird_protocols_all.txt");
        q6 = text("bird_route_q6.txt");
    }

    @Test
    void shouldKnowATableThatOnlyAPipeFeeds() {
        assertRoutes(2, locRib("q6", protocols, "birdc show route table q6 all", q6));
    }

    @Test
    void shouldMissWhatAPipeCountsAndTheListingLacks() {
        var cut = q6.substring(0, q6.indexOf("fd00:3::/64"));

        assertRefused("1 paths fewer", locRib("q6", protocols, "birdc show route table q6 all", cut));
    }

    @Test
    void shouldTakeATableForEmptyIntoWhichAPipeBringsNothing() {
        assertRoutes(0, locRib("p4", protocols, "birdc show route table p4 all", BANNER + "Table p4:\n"));
    }

    @Test
    void shouldTakeATableForEmptyWhosePipeIsDown() {
        assertRoutes(0, locRib("off6", protocols, "birdc show route table off6 all", BANNER + "Table off6:\n"));
    }

    /** One that is being taken down counts nothing, and its routes are still there. */
    @Test
    void shouldNotTakeAPipeThatCountsNothingForOneThatBringsNothing() {
        var flushing = protocols.replaceFirst("(?m)^(pq .*) up   ", "$1 flush").replaceAll("(?m)^  Routes: .*\n", "");

        assertRefused(
                "the count of routes of pq cannot be read",
                locRib("q6", flushing, "birdc show route table q6 all", BANNER + "Table q6:\n"));
    }

    @Test
    void shouldMissATableThatAPipeLeadsToWhereEveryTableIsShown() throws IOException {
        var without = text("bird_tables_all.txt").replaceFirst("(?s)Table q6:.*?\n\n", "");

        assertThat(locRibs(protocols, "birdc show route table all all", without))
                .noneMatch(Observed.class::isInstance);
    }

    /** {@code show route all} is about master4 and master6 only: of the others it says nothing, end mark or not. */
    @Test
    void shouldNotTakeATableForEmptyThatWasNotAskedFor() throws IOException {
        var listing = text("bird_route_all.txt");

        assertRoutes(1, locRib("master6", protocols, "birdc show route all", listing));
        assertRoutes(0, locRib("master4", protocols, "birdc show route all", listing));
        assertThat(locRibs(protocols, "birdc show route all", listing))
                .filteredOn(Observed.class::isInstance)
                .extracting(o -> o.rib().hop().table())
                .as("a protocol may be missing behind the last one of birdc's list")
                .containsExactlyInAnyOrder("master4", "master6");
    }

    @Test
    void shouldTakeATableForEmptyWhereAWholeListCountsNothingInIt() throws IOException {
        assertThat(locRibs(ofSocket("show protocols all"), "show route all", ofSocket("show route all")))
                .filteredOn(Observed.class::isInstance)
                .extracting(o -> o.rib().hop().table())
                .containsExactlyInAnyOrder("master4", "master6", "p4", "off6");
    }

    @Test
    void shouldNotTakeATableForEmptyWhereAWholeListCannotCount() throws IOException {
        var uncounted = ofSocket("show protocols all").replaceAll("   Routes: .*", "   Something: 1");

        assertThat(locRibs(uncounted, "show route all", ofSocket("show route all")))
                .filteredOn(Observed.class::isInstance)
                .extracting(o -> o.rib().hop().table())
                .contains("master6", "off6")
                .doesNotContain("p4", "q6", "t6", "p6");
    }

    /** BIRD joins none, so this is damage. */
    @Test
    void shouldNotReadAListInWhichAPipeJoinsTwoFamilies() {
        var damaged = protocols.replaceFirst("Channel ipv6", "Channel ipv4");

        assertThat(seen(View.SESSIONS, damaged, "birdc show route table q6 all", q6))
                .isEmpty();
        assertThat(locRibs(damaged, "birdc show route table q6 all", q6)).noneMatch(Observed.class::isInstance);
    }

    /** As of L3VPN: its routes stand in a table of plain prefixes, and it has no channel there. */
    @Test
    void shouldFindAProtocolInTheListThatHasNoChannelOfPlainPrefixes() {
        var ofVpn = q6.replace("[st ", "[b1 ");

        assertRoutes(2, locRib("q6", protocols, "birdc show route table q6 all", ofVpn));
        assertThat(seen(View.SESSIONS, protocols, "birdc show route table q6 all", ofVpn))
                .isNotEmpty()
                .allSatisfy(o -> assertThat(o).isInstanceOf(Observed.class));
    }

    @Test
    void shouldNotBelieveAListWithoutTheProtocolWhoseRoutesAPipeBrought() {
        var without = protocols.replaceFirst("(?s)st  .*?\n\n", "");

        assertRefused("the list of protocols lacks st", locRib("q6", without, "birdc show route table q6 all", q6));
    }

    private static void assertRoutes(int number, Observation table) {
        assertThat(table)
                .isInstanceOfSatisfying(
                        Observed.class,
                        whole -> assertThat(whole.table().rows()).hasSize(number));
    }

    private static void assertRefused(String words, Observation table) {
        assertThat(table)
                .isInstanceOfSatisfying(
                        NotObserved.class, not -> assertThat(not.detail()).contains(words));
    }

    private Observation locRib(String table, String counted, String command, String printed) {
        return locRibs(counted, command, printed).stream()
                .filter(o -> o.rib().hop().table().equals(table))
                .findFirst()
                .orElseThrow();
    }

    private List<Observation> locRibs(String counted, String command, String printed) {
        return seen(View.LOC_RIB, counted, command, printed);
    }

    private List<Observation> seen(View view, String counted, String command, String printed) {
        var program = command.startsWith("birdc ") ? "birdc " : "";
        try {
            var commands = new ArrayList<>(List.of(
                    RealScrape.answer("birdc show status", text("bird_status.txt")),
                    RealScrape.answer(program + "show protocols all", counted),
                    RealScrape.answer(command, printed)));
            return bird.read(RealScrape.AT, RealScrape.AT.plusSeconds(1), commands, Optional.empty()).stream()
                    .filter(o -> o.rib().view() == view)
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String ofSocket(String command) throws IOException {
        var transcript = text("bird_raw_socket.txt");
        int start = transcript.indexOf(">>> " + command + "\n") + ">>> ".length() + command.length() + 1;
        int end = transcript.indexOf(">>> ", start);
        return transcript.substring(start, end < 0 ? transcript.length() : end);
    }

    private static String text(String file) throws IOException {
        return Files.readString(GOLDEN.resolve(file));
    }
}
