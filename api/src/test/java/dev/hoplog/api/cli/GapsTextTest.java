package dev.hoplog.api.cli;

import static dev.hoplog.api.cli.Examples.bounds;
import static dev.hoplog.api.cli.Examples.fib;
import static dev.hoplog.api.cli.Examples.golden;
import static dev.hoplog.api.cli.Examples.locRib;
import static dev.hoplog.api.cli.Examples.time;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.v1.Break;
import dev.hoplog.v1.Cause;
import dev.hoplog.v1.Completeness;
import dev.hoplog.v1.Event;
import dev.hoplog.v1.Evidence;
import dev.hoplog.v1.Explanation;
import dev.hoplog.v1.Gap;
import dev.hoplog.v1.GapEnd;
import dev.hoplog.v1.GapFinality;
import dev.hoplog.v1.GapKind;
import dev.hoplog.v1.ListGapsResponse;
import dev.hoplog.v1.ListIncidentsResponse;
import dev.hoplog.v1.Presence;
import dev.hoplog.v1.Restart;
import dev.hoplog.v1.Row;
import dev.hoplog.v1.View;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GapsTextTest {
    private static final Completeness COMPLETENESS = Completeness.newBuilder()
            .setCompleteUpTo(time("2026-11-23T04:39:45.421Z"))
            .build();

    @Test
    void shouldTellEachGapWithItsCauseEvidenceAndWhomItTookAlong() {
        var response = ListGapsResponse.newBuilder()
                .setNetwork("lab")
                .addGaps(GapExamples.gap())
                .addGaps(GapExamples.lookedThrough())
                .addChainVersions(GapExamples.chain())
                .setCompleteness(COMPLETENESS);
        assertThat(GapsText.gaps(response.build())).isEqualTo(golden("gaps.txt"));
    }

    private static String told(Gap.Builder gap) {
        return GapsText.gaps(
                ListGapsResponse.newBuilder().setNetwork("lab").addGaps(gap).build());
    }

    @Test
    void shouldSayWhichPathIsLostWhereOneIsLeft() {
        assertThat(told(GapExamples.gap().setKind(GapKind.GAP_KIND_DEGRADED).clearHops()))
                .startsWith(Examples.PREFIX + " is degraded at " + GapExamples.HOP + ": it has it, and not from "
                        + GapExamples.SOURCE + "; why: rejected on import.\n")
                .contains(GapExamples.SOURCE + " → " + GapExamples.HOP + " (degraded)")
                .doesNotContain("did not get to");
    }

    @Test
    void shouldSayFromWhereWhatIsStaleIsLeftOver() {
        assertThat(told(GapExamples.gap()
                        .setKind(GapKind.GAP_KIND_STALE)
                        .setEnd(GapEnd.GAP_END_MOOT)
                        .clearHops()))
                .startsWith(Examples.PREFIX + " is stale at " + GapExamples.HOP + ": it still has it from "
                        + GapExamples.SOURCE + ", which lacks it; why: ")
                .contains("left over")
                .contains("a source has it again, or the hop has it from elsewhere");
    }

    @Test
    void shouldSayWhoUsesWhatIsNotInstalledWhereItCallsItABlackHole() {
        var gap = GapExamples.gap()
                .clearExplanations()
                .addExplanations(GapExamples.rejected()
                        .setCause(Cause.CAUSE_NOT_INSTALLED)
                        .setAt(Break.newBuilder()
                                .addHops("solcp02/bird/master6")
                                .addHops("solcp02/kernel/main"))
                        .addOnwardHops("solcp02/gobgp/global"));
        assertThat(told(gap))
                .contains("a black hole: solcp02/gobgp/global still uses the route from solcp02/bird/master6, while"
                        + " solcp02/kernel/main lacks it");
    }

    @Test
    void shouldCallWhatIsNotUsableByOneWord() {
        var gap = GapExamples.gap()
                .clearExplanations()
                .addExplanations(GapExamples.rejected().setCause(Cause.CAUSE_NEXT_HOP_UNREACHABLE));
        assertThat(told(gap))
                .contains(GapExamples.HOP + " has it from there, not usable")
                .doesNotContain("not as valid");
    }

    /** What BIRD and GoBGP print has no mark for it. */
    @Test
    void shouldNotCallValidWhatIsNotBest() {
        assertThat(ExplanationText.of(
                        GapExamples.rejected().setCause(Cause.CAUSE_NOT_BEST).build()))
                .isEqualTo("not best: " + GapExamples.HOP + " has it from there, and uses none");
    }

    @Test
    void shouldSayWhereARejectedRouteHadWhatTheEdgeRequires() {
        var sent = evidence(GapExamples.SOURCE, View.VIEW_ADJ_RIB_OUT_POST, "fd00:100::2");
        sent.getRowBuilder().getRouteBuilder().getPathsBuilder(0).addLargeCommunities("4200001000:0:100");
        var elsewhere = evidence(GapExamples.HOP, View.VIEW_LOC_RIB, "");
        elsewhere.getRowBuilder().getRouteBuilder().getPathsBuilder(0).addLargeCommunities("4200001000:0:100");
        var requires = "; the edge requires 4200001000:0:100, ";
        var rejected = GapExamples.rejected().clearLackingLargeCommunities();

        assertThat(ExplanationText.of(rejected.clone().addEvidence(0, sent).build()))
                .endsWith(requires + "and the route had it in pve03/frr/vrf_evpnz1 adj-rib-out-post ipv6-unicast"
                        + " fd00:100::2");
        assertThat(ExplanationText.of(rejected.clone().addEvidence(elsewhere).build()))
                .as("what the hop has from elsewhere is another route")
                .endsWith(requires + "and no table of the evidence shows whether the route had it");
        assertThat(ExplanationText.of(rejected.clone()
                        .addEvidence(sent)
                        .addRequiredCommunities("4200001000:0:200")
                        .build()))
                .as("a part of it is not enough")
                .endsWith(" 4200001000:0:200, and no table of the evidence shows whether the route had it");
        assertThat(ExplanationText.of(
                        GapExamples.rejected().addEvidence(0, sent).build()))
                .as("received without it")
                .endsWith(requires + "the route has none of it");
    }

    private static Evidence.Builder evidence(String hop, View view, String peer) {
        return Evidence.newBuilder()
                .setRib(locRib(hop).toBuilder().setView(view).setPeer(peer))
                .setPresence(Presence.PRESENCE_PRESENT)
                .setRow(Row.newBuilder().setRoute(Examples.route()));
    }

    @Test
    void shouldSayUpToWhenItIsToldWhereThatIsNotAllThatIsKnown() {
        var gap = GapExamples.gap()
                .clearEnd()
                .clearEnded()
                .setToldUpTo(time("2026-11-23T04:38:45Z"))
                .setHops(1, GapExamples.gap().getHops(1).toBuilder().clearBack());
        assertThat(told(gap))
                .contains("ended     open as far as is known up to 2026-11-23T04:38:45.000Z")
                .contains("; not back as far as is known up to 2026-11-23T04:38:45.000Z");
    }

    @Test
    void shouldTellManyHopsNodeByNode() {
        var incident = GapExamples.incident().addHops("solwk03/kernel/main");
        var response = ListIncidentsResponse.newBuilder()
                .setNetwork("lab")
                .addIncidents(incident)
                .build();
        assertThat(GapsText.incidents(response))
                .contains(
                        "  hops     pve02: frr/vrf_evpnz1, kernel/main\n  hops     solwk03: bird/master6, kernel/main\n");
    }

    @Test
    void shouldSayThatThereIsNone() {
        var response = ListGapsResponse.newBuilder().setNetwork("lab").setCompleteness(COMPLETENESS);
        assertThat(GapsText.gaps(response.build())).isEqualTo("""
                        No gap is known.

                        No chain was published.
                        Network lab. Complete up to 2026-11-23T04:39:45.421Z.
                        """);
    }

    @Test
    void shouldTellAnIncidentWithWhatHappenedNearIt() {
        var incident = GapExamples.incident()
                .addRestarts(Restart.newBuilder()
                        .setRib(fib(GapExamples.HOP))
                        .setBounds(bounds("2026-11-23T04:38:10Z", "2026-11-23T04:38:15Z"))
                        .setEvidence("the table version fell"))
                .addReconfigurations(Event.newBuilder()
                        .setRib(locRib(GapExamples.HOP))
                        .setBounds(bounds("2026-11-23T04:38:15Z", "2026-11-23T04:38:20Z")));
        var response = ListIncidentsResponse.newBuilder()
                .setNetwork("lab")
                .addIncidents(incident)
                .addIncidents(GapExamples.incident().setFirstGapId("00000000000000000000000000000001"))
                .addChainVersions(GapExamples.chain().toBuilder().setInForceFrom(time("2026-11-20T00:00:00Z")))
                .setCompleteness(COMPLETENESS);
        assertThat(GapsText.incidents(response.build())).isEqualTo(golden("incidents.txt"));
    }

    @Test
    void shouldSayWhatIsProvisionalAndNothingOfWhatIsFinal() {
        var provisional = GapExamples.lookedThrough()
                .setFinality(GapFinality.GAP_FINALITY_PROVISIONAL)
                .addAwaitedHops("a/frr/main")
                .addAwaitedHops("b/frr/main");
        var ending = GapExamples.gap().setFinality(GapFinality.GAP_FINALITY_END_PROVISIONAL);
        var all = GapExamples.gap().setFinality(GapFinality.GAP_FINALITY_FINAL);

        assertThat(GapText.lines(all.build())).noneMatch(line -> line.contains("provisional"));
        assertThat(GapText.lines(provisional.build()))
                .anyMatch(line -> line.endsWith("  provisional: it is final when it is known up to then what "
                        + "a/frr/main, b/frr/main had, or that nobody looked"));
        assertThat(GapText.lines(ending.build()))
                .anyMatch(line -> line.endsWith(
                        "  its end is provisional: all that decides is read, and the log of gaps is about to say it"));
        var incidents = ListIncidentsResponse.newBuilder()
                .addIncidents(GapExamples.incident()
                        .clearGaps()
                        .addGaps(all)
                        .addGaps(provisional)
                        .addGaps(provisional)
                        .addGaps(ending));
        assertThat(GapsText.incidents(incidents.build()))
                .contains(
                        "provisional  2 gaps and the end of 1 gap of 4: final when it is known up to then what a/frr/main,"
                                + " b/frr/main had, or that nobody looked")
                .doesNotContain("computed");
    }

    @Test
    void shouldNotPromiseThatTheLogWillHaveWhatItHasPassedBy() {
        var gap = GapExamples.gap().setFinality(GapFinality.GAP_FINALITY_NOT_LOGGED);

        assertThat(told(gap))
                .contains("not in the log of gaps: the chain was published")
                .doesNotContain("provisional");
        assertThat(GapsText.incidents(ListIncidentsResponse.newBuilder()
                        .addIncidents(GapExamples.incident().clearGaps().addGaps(gap))
                        .build()))
                .contains("not logged  1 gap of 1: not in the log of gaps")
                .doesNotContain("provisional");
    }

    @Test
    void shouldSayWhenAGapWasSuspendedAndBecauseOfWhat() {
        assertThat(told(GapExamples.gap().addSuspensions(GapExamples.suspension())))
                .contains(
                        "suspended  since 2026-11-23T04:38:50.000Z because pve02/frr/vrf_evpnz1 was not observed (unreachable, 2"
                                + " failed scrapes: no route to host); resumed 2026-11-23T04:39:00.000Z");
        assertThat(told(GapExamples.gap()
                        .clearEnd()
                        .clearEnded()
                        .addSuspensions(GapExamples.suspension().clearResumed().clearUnobserved())))
                .contains("open when it was last seen: it is suspended")
                .contains("because an end of it was not observed; not seen again");
    }

    @Test
    void shouldSayOnceThatAnAnswerIsComputedByTheVersionAskedFor() {
        var gap = GapExamples.gap().setFinality(GapFinality.GAP_FINALITY_COMPUTED);
        var said =
                "Gaps are computed by the version of the chain asked for, and not compared with what is final in the log.\n";

        assertThat(GapsText.gaps(
                        ListGapsResponse.newBuilder().addGaps(gap).addGaps(gap).build()))
                .containsOnlyOnce(said)
                .doesNotContain("provisional");
        assertThat(GapsText.incidents(ListIncidentsResponse.newBuilder()
                        .addIncidents(GapExamples.incident().addGaps(gap))
                        .build()))
                .containsOnlyOnce(said);
    }

    @ParameterizedTest
    @EnumSource(names = "UNRECOGNIZED", mode = EnumSource.Mode.EXCLUDE)
    void noCauseShouldClaimThatAnythingWasSent(Cause cause) {
        var explanation = Explanation.newBuilder()
                .setCause(cause)
                .setAt(GapExamples.lookedThrough().getBreaks(0))
                .build();
        assertThat(ExplanationText.of(explanation))
                .doesNotContainPattern("\\bsent\\b")
                .isNotBlank();
    }
}
