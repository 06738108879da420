package dev.hoplog.ingest.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.ingest.RealScrape;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.View;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The listing ends with {@code BGP.large_community} of a route that last changed before any of these scrapes. */
class OpenEndsTest {
    private static final String LAST_LINE = "\tBGP.large_community: (4200001000, 0, 100)\n";
    private static final String LAST_SINCE = "fd00:101:224::/64    unicast [upstream 2026-11-23 04:36:09.037]";

    private static final String SPARE = "spare      Static     master6    up     2026-11-23 04:34:50.541  \n"
            + "  Channel ipv6\n    Table:          master6\n    Routes:         0 imported, 0 exported, 0 preferred\n\n";

    private final HopReader reader =
            new HopReader("lab", "n", "bird", DaemonReader.of("bird").orElseThrow());
    private int scrape;

    @Test
    void shouldNeverBelieveAnEndThatLostLinesOfAnUnchangedRoute() {
        assertThat(read(UnaryOperator.identity())).isEmpty();

        assertThat(read(OpenEndsTest::cut)).contains(FailureReason.TRUNCATED);
        assertThat(read(OpenEndsTest::cut)).contains(FailureReason.TRUNCATED);
        assertThat(read(UnaryOperator.identity())).isEmpty();
    }

    @Test
    void shouldNotBelieveAFirstListingWhoseEndLacksWhatItsFellowsHave() {
        assertThat(read(OpenEndsTest::cut)).contains(FailureReason.INCONSISTENT);
        assertThat(read(UnaryOperator.identity())).isEmpty();
    }

    @Test
    void shouldBelieveAnEndThatReallyLostAnAttributeOnceItIsReadAgain() {
        assertThat(read(UnaryOperator.identity())).isEmpty();

        assertThat(read(OpenEndsTest::stripped)).contains(FailureReason.INCONSISTENT);
        assertThat(read(OpenEndsTest::stripped)).isEmpty();
    }

    @Test
    void shouldBelieveAtOnceAnEndThatGainsAnAttribute() {
        assertThat(read(UnaryOperator.identity())).isEmpty();

        assertThat(read(listing -> listing + "\tBGP.otc: 65000\n")).isEmpty();
    }

    @Test
    void shouldBelieveAtOnceAnotherEndWithAllThatItsFellowsHave() {
        assertThat(read(UnaryOperator.identity())).isEmpty();

        assertThat(read(listing -> listing.replace("fd00:101:224::/64 ", "fd00:101:224:9::/64 ")))
                .isEmpty();
    }

    @Test
    void shouldNotBelieveAListOfProtocolsWithoutItsLastOnesUntilItIsReadAgain() {
        assertThat(readProtocols(list -> list + SPARE)).isEmpty();

        assertThat(readProtocols(UnaryOperator.identity())).contains(FailureReason.INCONSISTENT);
        assertThat(readProtocols(list -> list + SPARE)).isEmpty();
        assertThat(readProtocols(UnaryOperator.identity())).contains(FailureReason.INCONSISTENT);
        assertThat(readProtocols(UnaryOperator.identity())).isEmpty();
    }

    /** The protocols of a range's neighbours come and go: that costs a scrape, and a cut list no session. */
    @Test
    void shouldDoubtAlsoAListWhoseProtocolsComeAndGoWithTheirNeighbours() {
        var range = SPARE.replace("spare ", "range ")
                .replace("Static", "BGP   ")
                .replace("  Channel", "  BGP state:          Passive\n    Neighbor range:   fd00::/64\n  Channel");
        assertThat(readProtocols(list -> list + range + SPARE)).isEmpty();

        assertThat(readProtocols(list -> list + range)).contains(FailureReason.INCONSISTENT);
        assertThat(readProtocols(list -> list + range)).isEmpty();
    }

    private static String cut(String listing) {
        return listing.substring(0, listing.length() - LAST_LINE.length());
    }

    /** The neighbour sends the route without its community, just after the first scrape. */
    private static String stripped(String listing) {
        assertThat(listing).contains(LAST_SINCE);
        return cut(listing).replace(LAST_SINCE, LAST_SINCE.replace("04:36:09.037", "04:38:02.500"));
    }

    private Optional<FailureReason> read(UnaryOperator<String> listing) {
        return read(View.LOC_RIB, "show_route_all.txt", listing);
    }

    private Optional<FailureReason> readProtocols(UnaryOperator<String> list) {
        return read(View.SESSIONS, "show_protocols_all.txt", list);
    }

    private Optional<FailureReason> read(View view, String edited, UnaryOperator<String> edit) {
        var later = Duration.ofSeconds(5L * scrape++);
        var commands = RealScrape.commands("solwk02/bird", later, (file, recorded) -> {
            var text = new String(recorded, StandardCharsets.UTF_8);
            var changed = file.equals("show_status.txt") ? onTime(text, later) : text;
            return (file.equals(edited) ? edit.apply(changed) : changed).getBytes(StandardCharsets.UTF_8);
        });
        var at = RealScrape.AT.plus(later);
        var tables = reader.read(at, at.plusSeconds(1), commands, Optional.empty()).stream()
                .filter(o -> o.rib().view() == view)
                .toList();
        assertThat(tables).hasSize(1);
        return tables.stream()
                .flatMap(o -> o instanceof Observation.NotObserved failed
                        ? Optional.of(failed.reason()).stream()
                        : Optional.<FailureReason>empty().stream())
                .findFirst();
    }

    /** The daemon's clock goes on. */
    private static String onTime(String status, Duration later) {
        var now = "04:38:01.664";
        assertThat(status).contains(now);
        return status.replace(now, LocalTime.parse(now).plus(later).toString());
    }
}
