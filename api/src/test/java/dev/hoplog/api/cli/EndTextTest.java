package dev.hoplog.api.cli;

import static dev.hoplog.api.cli.Examples.bounds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.v1.Bounds;
import dev.hoplog.v1.Break;
import dev.hoplog.v1.Cause;
import dev.hoplog.v1.Gap;
import dev.hoplog.v1.GapEnd;
import dev.hoplog.v1.GapKind;
import dev.hoplog.v1.HopLoss;
import dev.hoplog.v1.Incident;
import dev.hoplog.v1.ListGapsResponse;
import dev.hoplog.v1.ListIncidentsResponse;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A reader of a summary takes an end for a return, unless it says otherwise. */
class EndTextTest {
    private static final String LEAF = "leaf/frr/main";
    private static final String HOST = "host/bird/master6";
    private static final Bounds GONE = bounds("2026-11-23T04:38:29Z", "2026-11-23T04:38:30Z");
    private static final Bounds BACK = bounds("2026-11-23T04:38:59Z", "2026-11-23T04:39:00Z");
    private static final String NO_WAY =
            "on each way that the chain has to the hop, another one lacks it or should not pass it on";

    private static HopLoss.Builder back(String hop) {
        return HopLoss.newBuilder().setHop(hop).setLost(GONE).setBack(BACK);
    }

    private static HopLoss.Builder lacks(String hop) {
        return HopLoss.newBuilder().setHop(hop).setLost(GONE);
    }

    private static Gap.Builder gap(String source, Cause cause, HopLoss.Builder... hops) {
        var way = Break.newBuilder().addHops(source).addHops(hops[0].getHop());
        return GapExamples.gap()
                .setHop(hops[0].getHop())
                .clearBreaks()
                .addBreaks(way)
                .setEnded(BACK)
                .clearExplanations()
                .addExplanations(GapExamples.rejected().setCause(cause).setAt(way))
                .clearHops()
                .addAllHops(Stream.of(hops).map(HopLoss.Builder::build).toList());
    }

    private static Gap.Builder down(HopLoss.Builder host) {
        return gap(LEAF, Cause.CAUSE_SESSION_DOWN, host);
    }

    private static Gap.Builder moot() {
        return down(lacks(HOST)).setEnd(GapEnd.GAP_END_MOOT).setEnded(GONE);
    }

    private static Incident.Builder incident(Gap.Builder... gaps) {
        var all = Stream.of(gaps).map(Gap.Builder::build).toList();
        var incident = Incident.newBuilder()
                .setStarted(GapExamples.LOST)
                .addAllGaps(all)
                .addAllPrefixes(all.stream().map(Gap::getPrefix).distinct().toList())
                .addAllHops(all.stream().map(Gap::getHop).distinct().toList());
        return all.stream().allMatch(Gap::hasEnded)
                ? incident.setEnded(all.getLast().getEnded())
                : incident;
    }

    private static ListIncidentsResponse response(Incident.Builder... incidents) {
        return ListIncidentsResponse.newBuilder()
                .addAllIncidents(
                        Stream.of(incidents).map(Incident.Builder::build).toList())
                .build();
    }

    private static String report(Incident.Builder... incidents) {
        return ReportText.of(new ReportText.Material(
                        "All", Optional.empty(), response(incidents), List.of(), Optional.empty(), "hoplog report"))
                .replace("\\", "");
    }

    private static String listed(Incident.Builder incident) {
        return GapsText.incidents(response(incident));
    }

    /** The session to the host is down; meanwhile its source is without the route for a time. The host never has it again. */
    @Test
    void shouldNotCallAHopBackThatASecondFaultMadeNoneThatShouldHaveIt() {
        var first = incident(moot());
        var second = incident(gap("spine/frr/main", Cause.CAUSE_NOT_EXPORTED, back(LEAF), lacks(HOST)));
        var third = incident(down(lacks(HOST)).clearEnd().clearEnded());
        var report = report(first, second, third);

        assertThat(report)
                .contains(
                        "### Incident 1: `" + Examples.PREFIX + "` lost on " + LEAF + " → " + HOST
                                + ", and over, not back\n",
                        ", and that ended " + BoundsText.of(GONE) + ": not back, " + NO_WAY + ".\n",
                        "| " + HOST + " | 2026-11-23T04:38:29.000Z | 2026-11-23T04:38:30.000Z | - | not known |")
                .contains(
                        " lost on spine/frr/main → " + LEAF + ", and back at 1 of 2 hops\n",
                        ", and was back at " + LEAF + " " + BoundsText.of(BACK) + ".\n")
                .contains(" lost on " + LEAF + " → " + HOST + ", and open\n", ", and is not back as far as is known.\n")
                .doesNotContain("and back\n", "was back after", "was back at " + HOST);
        assertThat(listed(first)).startsWith("1 prefix lost at 1 hop, and over, not back.\n");
        assertThat(listed(second)).startsWith("1 prefix lost at 1 hop, and back at 1 of 2 hops.\n");
    }

    @Test
    void shouldSayBackWhereAllThatLackedItHadItAgain() {
        var back = incident(gap("spine/frr/main", Cause.CAUSE_NOT_EXPORTED, back(LEAF), back(HOST)));

        assertThat(report(back)).contains(", and was back " + BoundsText.of(BACK) + ".\n");
        assertThat(ReportSummary.title(back.build())).endsWith(", and back");
        assertThat(listed(back)).startsWith("1 prefix lost at 1 hop, and back.\n");
    }

    @Test
    void shouldNameTheHopThatWasBackWhereOneBehindItMayHaveComeLater() {
        var later = back(HOST).setBack(bounds("2026-11-23T04:38:59.5Z", "2026-11-23T04:39:00.5Z"));

        assertThat(report(incident(gap("spine/frr/main", Cause.CAUSE_NOT_EXPORTED, back(LEAF), later))))
                .contains(", and was back at " + LEAF + " " + BoundsText.of(BACK) + ".\n");
    }

    @Test
    void shouldTellApartWhatIsBackAndWhatIsNot() {
        var mixed = incident(moot(), down(back(HOST)).setPrefix("fd00:1::/64"));

        assertThat(report(mixed))
                .contains(": 1 gap of 2: not back, " + NO_WAY + "; 1 gap of 2: back at " + HOST + ".\n")
                .doesNotContain("were back");
        assertThat(listed(mixed)).startsWith("2 prefixes lost at 1 hop, and over, not all back.\n");
        assertThat(report(incident(moot().clearEnd().clearEnded(), gap("a", Cause.CAUSE_NOT_EXPORTED, back(LEAF)))))
                .contains(", and is not back everywhere as far as is known.\n");
    }

    @Test
    void shouldSayOfWhatWasLeftOverThatItIsGone() {
        var stale = down(back(HOST)).setKind(GapKind.GAP_KIND_STALE).clearHops();
        var gone = incident(stale);
        var taken = incident(stale.clone().setEnd(GapEnd.GAP_END_MOOT));
        var open = incident(stale.clone().clearEnd().clearEnded());

        assertThat(report(gone))
                .contains(", and that ended " + BoundsText.of(BACK) + ": the hop let go of it.\n")
                .doesNotContain("was back");
        assertThat(listed(gone)).startsWith("1 prefix stale at 1 hop, and over.\n");
        assertThat(GapsText.gaps(ListGapsResponse.newBuilder().addGaps(stale).build()))
                .contains("  ended      restored " + BoundsText.of(BACK) + ": the hop let go of it\n");
        assertThat(report(taken))
                .contains(": a source has it again, or the hop has it from elsewhere.\n")
                .doesNotContain("back");
        assertThat(report(open)).contains(", with a gap open as far as is known.\n");
    }

    @Test
    void shouldSayOfADegradedPrefixThatItCameThatWayAgain() {
        var degraded =
                incident(down(back(HOST)).setKind(GapKind.GAP_KIND_DEGRADED).clearHops());

        assertThat(report(degraded))
                .contains(": the hop has it that way as well.\n")
                .doesNotContain("was back");
        assertThat(ReportSummary.title(degraded.build()))
                .endsWith(" degraded on " + LEAF + " → " + HOST + ", and over");
    }

    /** The source that is named has it still: the hop between, which nobody had looked at, was found to lack it. */
    @Test
    void shouldNotSayOfAMootGapThatItsSourceIsNone() {
        var through = GapExamples.lookedThrough().setEnd(GapEnd.GAP_END_MOOT).setEnded(BACK);

        assertThat(GapsText.gaps(ListGapsResponse.newBuilder().addGaps(through).build()))
                .contains("moot " + BoundsText.of(BACK) + ": " + NO_WAY + "\n")
                .doesNotContain("no source");
    }
}
