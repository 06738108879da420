package dev.hoplog.ingest.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.ingest.Scrape;
import dev.hoplog.ingest.read.Observation.NotObserved;
import dev.hoplog.ingest.read.Observation.Observed;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.View;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of FRR in place of one another: they have the same form, and the scrape contradicts them. */
class FrrCrossCheckTest {
    private static final int ADVERTISED = 1;
    private static final int RECEIVED = 2;
    private static final int FILTERED = 3;
    private static final String NOTHING = "Routes\":{},\"totalPrefixCounter\":0,\"filteredPrefixCounter\":0}";

    @ParameterizedTest
    @ValueSource(strings = {"frr-8.4.4", "frr-10.3"})
    void shouldTellFilteredRoutesFromReceivedOnes(String version) throws IOException {
        var scrape = scrape(version);

        var seen = read(scrape.with(RECEIVED, scrape.printed().get(FILTERED)));

        assertNotObserved(View.ADJ_RIB_IN_PRE, seen, "received-routes", "filtered-routes");
        assertThat(of(View.ADJ_RIB_IN_REJECTED, seen)).isInstanceOf(Observed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"frr-8.4.4", "frr-10.3"})
    void shouldTellReceivedRoutesFromFilteredOnes(String version) throws IOException {
        var scrape = scrape(version);

        var seen = read(scrape.with(FILTERED, scrape.printed().get(RECEIVED)));

        assertNotObserved(View.ADJ_RIB_IN_REJECTED, seen, "received-routes", "filtered-routes");
        assertThat(of(View.ADJ_RIB_IN_PRE, seen)).isInstanceOf(Observed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"frr-8.4.4", "frr-10.3"})
    void shouldBelieveNeitherOfTwoThatChangedPlaces(String version) throws IOException {
        var scrape = scrape(version);
        var commands = scrape.with(RECEIVED, scrape.printed().get(FILTERED));
        commands.set(
                FILTERED, scrape.with(FILTERED, scrape.printed().get(RECEIVED)).get(FILTERED));

        var seen = read(commands);

        assertNotObserved(View.ADJ_RIB_IN_PRE, seen, "received-routes", "filtered-routes");
        assertNotObserved(View.ADJ_RIB_IN_REJECTED, seen, "received-routes", "filtered-routes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"frr-8.4.4", "frr-10.3"})
    void shouldMissFilteredRoutesThatTheReceivedOnesCount(String version) throws IOException {
        var seen = read(scrape(version).with(FILTERED, octets("{\"received" + NOTHING)));

        assertNotObserved(View.ADJ_RIB_IN_REJECTED, seen, "received-routes", "filtered-routes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"frr-8.4.4", "frr-10.3"})
    void shouldMissRoutesThatTheSummaryCountsAtTheSameTableVersion(String version) throws IOException {
        var scrape = scrape(version);
        var without = new ArrayList<>(scrape.with(RECEIVED, scrape.printed().get(FILTERED)));
        without.remove(FILTERED);

        assertNotObserved(View.ADJ_RIB_IN_PRE, read(without), "received-routes", "summary");

        var sent = read(scrape.with(ADVERTISED, octets(atVersion(scrape, "{\"advertised" + NOTHING))));

        assertNotObserved(View.ADJ_RIB_OUT_POST, sent, "advertised-routes", "summary");
    }

    /** A table version in between is a change in between: the summary is of another moment. */
    @ParameterizedTest
    @ValueSource(strings = {"frr-8.4.4", "frr-10.3"})
    void shouldBelieveRoutesThatMayHaveChangedSinceTheSummary(String version) throws IOException {
        var withdrawn = "{\"bgpTableVersion\":999,\"received" + NOTHING;
        var commands = new ArrayList<>(scrape(version).with(RECEIVED, octets(withdrawn)));
        commands.remove(FILTERED);

        assertThat(of(View.ADJ_RIB_IN_PRE, read(commands)))
                .isInstanceOfSatisfying(
                        Observed.class, seen -> assertThat(seen.table().rows()).isEmpty());
    }

    private static String atVersion(Scrape scrape, String answer) {
        var received = new String(scrape.printed().get(RECEIVED), StandardCharsets.UTF_8);
        var version = received.replaceFirst("(?s).*?\"bgpTableVersion\":(\\d+).*", "$1");
        return answer.replaceFirst("\\{", "{\"bgpTableVersion\":" + version + ",");
    }

    private static void assertNotObserved(View view, List<Observation> seen, String... words) {
        assertThat(of(view, seen)).isInstanceOfSatisfying(NotObserved.class, not -> {
            assertThat(not.reason()).isEqualTo(FailureReason.INCONSISTENT);
            assertThat(not.detail()).contains(words);
        });
    }

    private static Scrape scrape(String version) throws IOException {
        return Scrape.ofGoldenFiles()
                .filter(scrape -> scrape.name().equals(version + " neighbours"))
                .findFirst()
                .orElseThrow();
    }

    private static List<Observation> read(List<CommandResult> commands) throws IOException {
        return Scrape.read(scrape("frr-10.3").reader(), commands);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Observation of(View view, List<Observation> seen) {
        return seen.stream().filter(o -> o.rib().view() == view).findFirst().orElseThrow();
    }
}
