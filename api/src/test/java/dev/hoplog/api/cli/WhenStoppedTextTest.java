package dev.hoplog.api.cli;

import static dev.hoplog.api.cli.Examples.answer;
import static dev.hoplog.api.cli.Examples.bounds;
import static dev.hoplog.api.cli.Examples.defaultRoute;
import static dev.hoplog.api.cli.Examples.fib;
import static dev.hoplog.api.cli.Examples.golden;
import static dev.hoplog.api.cli.Examples.kernelRoute;
import static dev.hoplog.api.cli.Examples.route;
import static dev.hoplog.api.cli.Examples.time;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.v1.BlindSpell;
import dev.hoplog.v1.Bounds;
import dev.hoplog.v1.ChangeKind;
import dev.hoplog.v1.Completeness;
import dev.hoplog.v1.CoveringRoute;
import dev.hoplog.v1.Event;
import dev.hoplog.v1.HopAnswer;
import dev.hoplog.v1.Outcome;
import dev.hoplog.v1.Path;
import dev.hoplog.v1.Presence;
import dev.hoplog.v1.Route;
import dev.hoplog.v1.StopKind;
import dev.hoplog.v1.TimeSpan;
import dev.hoplog.v1.WhenStoppedResponse;
import org.junit.jupiter.api.Test;

class WhenStoppedTextTest {
    private static final String HOP = "pve02/frr/vrf_evpnz1";

    @Test
    void shouldTellTheStopAndTheReturnOfEveryHopRoutingTablesFirst() {
        assertThat(text(neverSeen("pve02/frr/default"), kernel(), stoppedAndBack()))
                .isEqualTo(golden("stopped-and-back.txt"));
    }

    @Test
    void shouldTellWhatIsStillAwayAndWhatCoversIt() {
        var stopped = stoppedAndBack()
                .setOutcome(Outcome.OUTCOME_STOPPED)
                .setStopKind(StopKind.STOP_KIND_UNUSABLE)
                .clearReturned()
                .setNow(route().toBuilder().setUsable(false))
                .setOtherStops(2)
                .setFirstStop(bounds("2026-11-22T23:59:58Z", "2026-11-23T00:00:03Z"))
                .addCoveredBy(CoveringRoute.newBuilder()
                        .setRoute(defaultRoute())
                        .setSpan(TimeSpan.newBuilder().setFrom(time("2026-11-23T04:38:25.4Z"))));
        assertThat(text(stopped)).isEqualTo(golden("stopped.txt"));
    }

    @Test
    void shouldSayThatABlackholeCoveredIt() {
        var blackhole = Path.newBuilder()
                .setDestination("blackhole")
                .setProtocol("static")
                .addFlags("installed");
        var site = Route.newBuilder().setPrefix("fd00:101::/32").addPaths(blackhole);
        var span = TimeSpan.newBuilder().setFrom(time("2026-11-23T04:38:25.4Z"));
        var stopped = kernel().setOutcome(Outcome.OUTCOME_STOPPED)
                .clearReturned()
                .clearNow()
                .addCoveredBy(CoveringRoute.newBuilder().setRoute(site).setSpan(span))
                .addCoveredBy(CoveringRoute.newBuilder()
                        .setRoute(site.clone().setPrefix(Examples.PREFIX))
                        .setSpan(span));
        assertThat(text(stopped))
                .contains(
                        "  covered by  fd00:101::/32 blackhole (static) (not usable: leads nowhere), from 2026-11-23",
                        "  covered by  itself: blackhole (static) (not usable: leads nowhere), from 2026-11-23");
    }

    @Test
    void shouldNotHideWhatABlindSpellMayHide() {
        var still = answer(HOP)
                .setOutcome(Outcome.OUTCOME_STILL_REACHING)
                .setFirstSeen(Bounds.newBuilder().setAtOrBefore(time("2026-11-23T04:37:51.5Z")))
                .setNow(route())
                .addChangedUnseen(Event.newBuilder()
                        .setKind(ChangeKind.CHANGE_KIND_CHANGED_UNSEEN)
                        .setBounds(bounds("2026-11-23T04:38:20.3Z", "2026-11-23T04:38:25.4Z")))
                .addBlind(spell("2026-11-23T04:38:30Z", "2026-11-23T04:39:10Z", "timeout", 8));
        assertThat(text(still)).isEqualTo(golden("still-reaching.txt"));
    }

    @Test
    void shouldTellWhenItCameBackFromAStopThatDoesNotCount() {
        var still = answer(HOP)
                .setOutcome(Outcome.OUTCOME_STILL_REACHING)
                .setFirstSeen(Bounds.newBuilder().setAtOrBefore(time("2026-11-23T04:37:51.5Z")))
                .setLastCame(bounds("2026-11-23T04:39:10Z", "2026-11-23T04:39:15Z"))
                .setNow(route());
        assertThat(text(still))
                .contains(
                        HOP + ": no stop was seen since it last came back.\n",
                        "  first seen  at or before 2026-11-23T04:37:51.500Z (nothing was observed earlier)\n",
                        "  last came   after 2026-11-23T04:39:10.000Z and at or before 04:39:15.000Z (5 s wide)\n");
        assertThat(text(stoppedAndBack().setLastCame(bounds("2026-11-23T04:38:00Z", "2026-11-23T04:38:05Z"))))
                .contains("  last came   before that stop: after 2026-11-23T04:38:00.000Z and at or before");
    }

    @Test
    void shouldNotCallItAwayForAsLongAsNobodyLooked() {
        var unknown = stoppedAndBack()
                .setOutcome(Outcome.OUTCOME_UNKNOWN)
                .clearReturned()
                .setLastKnown(Presence.PRESENCE_ABSENT)
                .setLastKnownAt(time("2026-11-23T04:38:30.419201Z"))
                .setJudgedAt(time("2026-11-23T04:38:50.312345Z"));
        assertThat(text(unknown)).contains("  away        4.999 s at least, 30.001 s at most, so far\n");
    }

    @Test
    void shouldSayThatItIsNotKnownAndWhatWasKnown() {
        var unknown = answer(HOP)
                .setOutcome(Outcome.OUTCOME_UNKNOWN)
                .setLastKnown(Presence.PRESENCE_PRESENT)
                .setLastKnownAt(time("2026-11-23T04:38:20.312345Z"))
                .setLastUsable(route())
                .addBlind(BlindSpell.newBuilder()
                        .setSpan(TimeSpan.newBuilder().setFrom(time("2026-11-23T04:38:20.312345Z")))
                        .setReason("unreachable")
                        .setDetail("ssh: connect to host pve02\nNo route to host")
                        .setFailures(1));
        assertThat(text(unknown)).isEqualTo(golden("unknown.txt"));
    }

    @Test
    void shouldSayThatItWasNeverSeen() {
        assertThat(text(neverSeen(HOP), neverSeen("pve02/kernel/main"))).isEqualTo("""
                        fd00:101:224:3::/64 was never seen at pve02/frr/vrf_evpnz1, pve02/kernel/main.

                        Network stop-reaching-pve02. Complete up to 2026-11-23T04:39:55.412Z.
                        """);
    }

    @Test
    void shouldNameTheEdgeThatBrokeWithItsCauseAndEvidence() {
        var response = WhenStoppedResponse.newBuilder()
                .setNetwork("lab")
                .setPrefix(Examples.PREFIX)
                .addHops(stoppedAndBack().setBroken(GapExamples.gap()))
                .addHops(kernel().setBroken(GapExamples.gap()))
                .addHops(neverSeen("solwk03/bird/master6").setBroken(GapExamples.lookedThrough()))
                .addHops(stoppedAndBack().setBrokenUnknownBecause("no chain of network lab was ever published"))
                .addChainVersions(GapExamples.chain())
                .setCompleteness(Completeness.newBuilder().setCompleteUpTo(time("2026-11-23T04:39:55.412345Z")));
        assertThat(WhenStoppedText.of(response.build())).isEqualTo(golden("broken.txt"));
    }

    @Test
    void shouldSayOfWhatTimeItTellsWhereThatIsNotAllThatIsKnown() {
        var stopped = stoppedAndBack().setOutcome(Outcome.OUTCOME_STOPPED).clearReturned();
        var still = answer(HOP).setOutcome(Outcome.OUTCOME_STILL_REACHING);
        var unknown = answer(HOP)
                .setOutcome(Outcome.OUTCOME_UNKNOWN)
                .setUnknownBecause("a change lies around this instant: (04:38:20, 04:38:25]");
        var response = WhenStoppedResponse.newBuilder()
                .setPrefix(Examples.PREFIX)
                .setToldUpTo(time("2026-11-23T04:40:00Z"))
                .addHops(stopped)
                .addHops(stoppedAndBack())
                .addHops(still)
                .addHops(unknown)
                .addHops(neverSeen("pve02/frr/default"))
                .addHops(neverSeen("pve02/frr/other").setBroken(GapExamples.gap()));
        var end = " 2026-11-23T04:40:00.000Z";
        assertThat(WhenStoppedText.of(response.build()))
                .contains(HOP + ", and is not back as far as is known up to" + end + ".\n")
                .contains(HOP + ", and was back by" + end + ".\n")
                .contains("still reached " + HOP + ": no stop was seen up to" + end + ".\n")
                .contains("not known  then: a change lies around this instant: (04:38:20, 04:38:25]\n")
                .contains("was never seen at pve02/frr/default up to" + end + ".\n")
                .contains("was never seen at pve02/frr/other up to" + end + ".\n")
                .doesNotContain("nothing within what was observed\n  judged at  2026-11-23T04:38");
    }

    private static HopAnswer.Builder stoppedAndBack() {
        return answer(HOP)
                .setOutcome(Outcome.OUTCOME_STOPPED_AND_BACK)
                .setStopped(bounds("2026-11-23T04:38:20.312345Z", "2026-11-23T04:38:25.419201Z"))
                .setReturned(bounds("2026-11-23T04:39:10.313Z", "2026-11-23T04:39:15.421Z"))
                .setStopKind(StopKind.STOP_KIND_WITHDRAWN)
                .setFirstSeen(Bounds.newBuilder().setAtOrBefore(time("2026-11-23T04:37:51.5Z")))
                .setLastUsable(route())
                .setNow(route());
    }

    private static HopAnswer.Builder kernel() {
        return stoppedAndBack()
                .setRib(fib("pve02/kernel/main"))
                .setStopped(bounds("2026-11-23T04:38:20.3Z", "2026-11-23T04:38:25.4Z").toBuilder()
                        .setBestEstimate(time("2026-11-23T04:38:22.1Z")))
                .setLastUsable(kernelRoute())
                .setNow(kernelRoute());
    }

    private static HopAnswer.Builder neverSeen(String hop) {
        return answer(hop).setOutcome(Outcome.OUTCOME_NEVER_SEEN);
    }

    private static BlindSpell spell(String from, String to, String reason, int failures) {
        return BlindSpell.newBuilder()
                .setSpan(TimeSpan.newBuilder().setFrom(time(from)).setTo(time(to)))
                .setReason(reason)
                .setFailures(failures)
                .build();
    }

    private static String text(HopAnswer.Builder... hops) {
        var response = WhenStoppedResponse.newBuilder()
                .setNetwork("stop-reaching-pve02")
                .setPrefix(Examples.PREFIX)
                .setCompleteness(Completeness.newBuilder().setCompleteUpTo(time("2026-11-23T04:39:55.412345Z")));
        for (var hop : hops) {
            response.addHops(hop);
        }
        return WhenStoppedText.of(response.build());
    }
}
