package dev.hoplog.api.cli;

import static dev.hoplog.api.cli.Examples.answer;
import static dev.hoplog.api.cli.Examples.bounds;
import static dev.hoplog.api.cli.Examples.time;
import static dev.hoplog.api.cli.GapExamples.span;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.v1.Bounds;
import dev.hoplog.v1.Break;
import dev.hoplog.v1.Cause;
import dev.hoplog.v1.Explanation;
import dev.hoplog.v1.Gap;
import dev.hoplog.v1.GapChange;
import dev.hoplog.v1.GapChangeKind;
import dev.hoplog.v1.GapKind;
import dev.hoplog.v1.GetTimelineResponse;
import dev.hoplog.v1.Incident;
import dev.hoplog.v1.ListGapsResponse;
import dev.hoplog.v1.ListIncidentsResponse;
import dev.hoplog.v1.Outcome;
import dev.hoplog.v1.TimeSpan;
import dev.hoplog.v1.TimelineEntry;
import dev.hoplog.v1.WhenStoppedResponse;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The gap of the examples is certain from 04:38:20.419 to 04:39:10.376, and the end of it is known to five seconds. */
class CeasedCauseTextTest {
    private static final String BREAK = GapExamples.SOURCE + " → " + GapExamples.HOP;
    private static final TimeSpan FIRST = span("2026-11-23T04:38:25.374Z", "2026-11-23T04:38:40Z");
    private static final TimeSpan SECOND = span("2026-11-23T04:38:55Z", "2026-11-23T04:39:10.376Z");
    private static final Break OTHER = Break.newBuilder()
            .addHops("pve01/frr/main")
            .addHops(GapExamples.HOP)
            .build();

    private static Explanation.Builder cause(Cause cause, TimeSpan... certain) {
        return GapExamples.rejected().setCause(cause).clearCertain().addAllCertain(List.of(certain));
    }

    private static Explanation.Builder down(TimeSpan... certain) {
        return cause(Cause.CAUSE_SESSION_DOWN, certain);
    }

    private static Explanation.Builder unknown() {
        return cause(Cause.CAUSE_UNKNOWN).clearEvidence();
    }

    private static Gap.Builder gap(Explanation.Builder... explanations) {
        return GapExamples.gap()
                .clearExplanations()
                .addAllExplanations(
                        Stream.of(explanations).map(Explanation.Builder::build).toList());
    }

    private static Gap.Builder open(Explanation.Builder... explanations) {
        return gap(explanations).clearEnd().clearEnded();
    }

    private static String told(Gap.Builder gap) {
        return GapsText.gaps(ListGapsResponse.newBuilder().addGaps(gap).build());
    }

    private static String report(Gap.Builder... gaps) {
        var incident = Incident.newBuilder()
                .setStarted(GapExamples.LOST)
                .addAllGaps(Stream.of(gaps).map(Gap.Builder::build).toList())
                .addPrefixes(Examples.PREFIX)
                .addHops(GapExamples.HOP);
        return ReportText.of(new ReportText.Material(
                        "All",
                        Optional.empty(),
                        ListIncidentsResponse.newBuilder()
                                .addIncidents(incident)
                                .build(),
                        List.of(),
                        Optional.empty(),
                        "hoplog report"))
                .replace("\\", "");
    }

    private static String timeline(Gap.Builder gap, Explanation.Builder explanation, String from) {
        var explained = GapChange.newBuilder()
                .setWhat(GapChangeKind.GAP_CHANGE_KIND_EXPLAINED)
                .setBounds(bounds(from, from))
                .setGap(gap)
                .setExplanation(explanation);
        return TimelineText.of(GetTimelineResponse.newBuilder()
                .addEntries(TimelineEntry.newBuilder().setGap(explained))
                .build());
    }

    @Test
    void shouldSayUntilWhenACauseWasProvenThatDoesNotReachTheEndOfItsGap() {
        var ceased = gap(down(FIRST));
        var said = "session down: an end proves that it is not established, proven up to 2026-11-23T04:38:40.000Z\n";
        var stopped = WhenStoppedResponse.newBuilder()
                .setPrefix(Examples.PREFIX)
                .addHops(answer(GapExamples.HOP)
                        .setOutcome(Outcome.OUTCOME_STOPPED_AND_BACK)
                        .setStopped(GapExamples.LOST)
                        .setReturned(GapExamples.BACK)
                        .setBroken(ceased));

        assertThat(told(ceased))
                .contains("because   " + said)
                .startsWith(
                        Examples.PREFIX + " did not get to " + GapExamples.HOP + ": session down, then not proven.\n");
        assertThat(WhenStoppedText.of(stopped.build())).contains(said);
        assertThat(timeline(ceased, down(FIRST), "2026-11-23T04:38:25.374Z"))
                .contains("gap explained: " + said.strip());
        assertThat(report(ceased))
                .contains("session down: an end proves that it is not established (on " + BREAK
                        + ", proven up to 2026-11-23T04:38:40.000Z).")
                .contains("- Why `" + Examples.PREFIX + "` got lost on " + BREAK
                        + " from 2026-11-23T04:38:40.000Z to 04:39:10.376Z (30.376 s): no cause was proven then.");
    }

    @Test
    void shouldSayWhenACauseWasProvenThatWasNotAllTheTime() {
        var interrupted = gap(down(FIRST, SECOND));

        assertThat(told(interrupted))
                .contains("session down: an end proves that it is not established, proven only from"
                        + " 2026-11-23T04:38:25.374Z to 04:38:40.000Z (14.626 s) and from 2026-11-23T04:38:55.000Z to"
                        + " 04:39:10.376Z (15.376 s)\n")
                .startsWith(Examples.PREFIX + " did not get to " + GapExamples.HOP + ": session down.\n");
        assertThat(timeline(interrupted, down(FIRST, SECOND), "2026-11-23T04:38:25.374Z"))
                .contains("not established, proven up to 2026-11-23T04:38:40.000Z\n");
        assertThat(timeline(interrupted, down(FIRST, SECOND), "2026-11-23T04:38:55Z"))
                .contains("not established\n");
        assertThat(report(interrupted))
                .contains(" got lost on " + BREAK
                        + " from 2026-11-23T04:38:40.000Z to 04:38:55.000Z (15 s): no cause was proven then.");
    }

    @Test
    void shouldNotTellAnEndByWhichTheGapsEndMayBeOffToo() {
        var whole = gap(down(span("2026-11-23T04:38:25.374Z", "2026-11-23T04:39:05.407Z")));

        assertThat(told(whole)).doesNotContain("proven up to", "not proven");
        assertThat(report(whole)).doesNotContain("proven up to", "no cause was proven");
        assertThat(told(whole.setEnded(bounds("2026-11-23T04:39:10.376Z", "2026-11-23T04:39:10.5Z"))))
                .contains("proven up to 2026-11-23T04:39:05.407Z\n");
    }

    @Test
    void shouldNotTakeATimeInWhichTheGapWasSuspendedForOneInWhichItsCauseWasNotProven() {
        var suspended = gap(down(FIRST, SECOND))
                .clearCertain()
                .addCertain(span("2026-11-23T04:38:20.419Z", "2026-11-23T04:38:40Z"))
                .addCertain(SECOND);

        assertThat(told(suspended)).doesNotContain("proven only", "not proven");
        assertThat(timeline(suspended, down(FIRST, SECOND), "2026-11-23T04:38:25.374Z"))
                .contains("not established\n");
    }

    @Test
    void shouldSayOfAnOpenGapThatNothingIsProvenNow() {
        var open = open(down(FIRST));

        assertThat(told(open))
                .contains(": session down, then not proven now.\n")
                .contains("not established, proven up to 2026-11-23T04:38:40.000Z\n");
    }

    @Test
    void shouldSayOfAnOpenGapThatItIsNotExplainedYet() {
        var open = open(unknown());
        var yet = "not explained yet: what was observed so far does not say";

        assertThat(told(open))
                .contains("did not get to " + GapExamples.HOP + ": not explained yet.\n", "because   " + yet)
                .doesNotContain("unknown");
        assertThat(timeline(open, unknown(), "2026-11-23T04:38:20.419Z")).contains("gap " + yet);
        assertThat(report(open))
                .contains("**Why:** " + yet, ": the stations of the edge do not show it yet.")
                .doesNotContain("unknown");
        assertThat(told(open(unknown().addEvidence(GapExamples.rejected().getEvidence(0)))))
                .contains("not explained yet: it is not known whether the session was established");
    }

    @Test
    void shouldSayOfAGapThatIsOverThatItsCauseIsUnknown() {
        assertThat(told(gap(unknown()))).contains(": unknown.\n", "unknown: what was observed does not say\n");
        assertThat(report(gap(unknown()))).contains(": the stations of the edge do not show it.");
    }

    @Test
    void shouldSayOfATraceThatNothingShowsACauseAtThatInstant() {
        assertThat(ExplanationText.then(unknown().build()))
                .isEqualTo("not explained at that time: what was observed up to then does not say");
    }

    @Test
    void shouldSayThenOnlyOfCausesOfOneBreak() {
        var one = down(FIRST);
        var next = cause(Cause.CAUSE_NOT_EXPORTED, SECOND);
        var beside = cause(Cause.CAUSE_NOT_BEST, span("2026-11-23T04:38:25.374Z", "2026-11-23T04:39:10.376Z"))
                .setAt(OTHER);
        var both = gap(one, beside).addBreaks(OTHER);

        assertThat(ExplanationText.causes(gap(one, next).build())).isEqualTo("session down, then not exported");
        assertThat(ExplanationText.causes(gap(down(SECOND), beside).build())).isEqualTo("session down and not best");
        assertThat(ExplanationText.causes(gap(one, next, beside).build()))
                .isEqualTo("session down, then not exported; and not best");
        assertThat(ExplanationText.causes(
                        gap(beside, beside.clone().setAt(GapExamples.way())).build()))
                .as("said once of both")
                .isEqualTo("not best");
        assertThat(told(both)).contains(": session down, then not proven; and not best.\n");
    }

    @Test
    void shouldSayInASummaryWhenEachOfSeveralCausesOfABreakHeld() {
        assertThat(report(gap(down(FIRST), cause(Cause.CAUSE_NOT_EXPORTED, SECOND))))
                .contains("(on " + BREAK + ", from 2026-11-23T04:38:25.374Z to 04:38:40.000Z (14.626 s)).")
                .contains("(on " + BREAK + ", from 2026-11-23T04:38:55.000Z to 04:39:10.376Z (15.376 s)).");
    }

    @Test
    void shouldNameOnlyTheBreaksThatAreNotExplained() {
        var half = gap(down(SECOND), unknown().setAt(OTHER)).addBreaks(OTHER);

        assertThat(report(half))
                .contains("- Why `" + Examples.PREFIX + "` got lost on pve01/frr/main → " + GapExamples.HOP
                        + ": the stations of the edge do not show it.\n")
                .doesNotContain("got lost on " + BREAK);
    }

    @Test
    void shouldCountWithAGapOfWhichNobodySawTheBeginning() {
        var open = open(down(FIRST))
                .setOpened(Bounds.newBuilder().setAtOrBefore(time("2026-11-23T04:38:20.419Z")))
                .clearCertain()
                .addCertain(TimeSpan.newBuilder().setFrom(time("2026-11-23T04:38:20.419Z")));

        assertThat(told(open)).contains("proven up to 2026-11-23T04:38:40.000Z\n");
        assertThat(report(open)).contains(" from 2026-11-23T04:38:40.000Z on: no cause was proven then.");
    }

    /** A way whose source has lost it too is none on which it could get lost; the gap goes on over the other. */
    @Test
    void shouldNotClaimALossOnABreakThatMayHaveHadNothingToPassOn() {
        var all = span("2026-11-23T04:38:25.374Z", "2026-11-23T04:39:10.376Z");
        var both = gap(down(FIRST).setAt(OTHER), cause(Cause.CAUSE_NOT_EXPORTED, all))
                .addBreaks(OTHER);

        assertThat(report(both))
                .contains("- Why `" + Examples.PREFIX + "` did not come on " + GapText.of(OTHER)
                        + " from 2026-11-23T04:38:40.000Z to 04:39:10.376Z (30.376 s), and whether it should have: no"
                        + " cause was proven then.\n")
                .doesNotContain("got lost on " + GapText.of(OTHER) + " from");
    }

    private static Gap.Builder thereBefore(Explanation.Builder explanation) {
        return open(explanation.clone().clearEvidence())
                .clearHops()
                .setOpened(Bounds.newBuilder().setAtOrBefore(time("2026-11-23T04:38:20.419Z")));
    }

    /** The stations of its edge were last read half a second before its own table was. */
    @Test
    void shouldNotTakeTheLastReadingsOfAGapOfWhichNobodySawTheBeginningForALapse() {
        var toTheLast = down(span("2026-11-23T04:38:25.374Z", "2026-11-23T04:39:09.876Z"));
        var evidence = GapExamples.rejected().getEvidence(1).toBuilder();

        assertThat(told(thereBefore(toTheLast))).as("nothing else is known").doesNotContain("not proven", "up to");
        assertThat(told(thereBefore(toTheLast)
                        .setExplanations(0, toTheLast.clone().clearEvidence().addEvidence(evidence))))
                .as("five seconds between two readings")
                .doesNotContain("not proven", "up to");
        assertThat(told(thereBefore(toTheLast)
                        .setExplanations(
                                0,
                                toTheLast
                                        .clone()
                                        .clearEvidence()
                                        .addEvidence(evidence.setSince(
                                                bounds("2026-11-23T04:38:20Z", "2026-11-23T04:38:20.25Z"))))))
                .as("a quarter of one")
                .contains("then not proven now", "proven up to 2026-11-23T04:39:09.876Z");
        assertThat(told(thereBefore(down(FIRST)))).contains("then not proven now");
    }

    /** By a version of the chain that came into force, which is known to the instant. */
    @Test
    void shouldNotTakeAnEndThatIsKnownToTheInstantForATableThatIsReadAsOften() {
        var ended = gap(down(span("2026-11-23T04:38:25.374Z", "2026-11-23T04:39:09.876Z")))
                .setEnded(bounds("2026-11-23T04:39:10.376Z", "2026-11-23T04:39:10.376001Z"));

        assertThat(told(ended)).doesNotContain("not proven", "proven up to");
    }

    @Test
    void shouldNotCallLostWhatIsLeftOver() {
        assertThat(report(gap(unknown()).setKind(GapKind.GAP_KIND_STALE)))
                .contains("- Why `" + Examples.PREFIX + "` was left over on " + BREAK + " (stale): the stations")
                .doesNotContain("got lost");
    }
}
