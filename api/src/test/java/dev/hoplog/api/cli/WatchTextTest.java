package dev.hoplog.api.cli;

import static dev.hoplog.api.cli.Examples.bounds;
import static dev.hoplog.api.cli.Examples.fib;
import static dev.hoplog.api.cli.Examples.golden;
import static dev.hoplog.api.cli.Examples.locRib;
import static dev.hoplog.api.cli.Examples.route;
import static dev.hoplog.api.cli.Examples.time;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.v1.Cause;
import dev.hoplog.v1.ChangeKind;
import dev.hoplog.v1.Event;
import dev.hoplog.v1.Explanation;
import dev.hoplog.v1.FailedScrapes;
import dev.hoplog.v1.GapEnd;
import dev.hoplog.v1.GapEvent;
import dev.hoplog.v1.GapEventKind;
import dev.hoplog.v1.GapKind;
import dev.hoplog.v1.InitialStateEnd;
import dev.hoplog.v1.Lagged;
import dev.hoplog.v1.OpenGap;
import dev.hoplog.v1.PeerSession;
import dev.hoplog.v1.Restart;
import dev.hoplog.v1.Rib;
import dev.hoplog.v1.Row;
import dev.hoplog.v1.TimeSpan;
import dev.hoplog.v1.View;
import dev.hoplog.v1.WatchHeader;
import dev.hoplog.v1.WatchProgress;
import dev.hoplog.v1.WatchResponse;
import dev.hoplog.v1.WatchedRow;
import dev.hoplog.v1.WatchedTable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WatchTextTest {
    private static final Rib LOC = locRib("pve02/frr/vrf_evpnz1");
    private static final Row ROUTE = Row.newBuilder().setRoute(route()).build();

    private static WatchResponse.Builder part() {
        return WatchResponse.newBuilder();
    }

    private static WatchedTable table(Rib rib, String unknownBecause) {
        return WatchedTable.newBuilder()
                .setRib(rib)
                .setObserved(TimeSpan.newBuilder()
                        .setFrom(time("2026-11-23T04:38:00Z"))
                        .setTo(time("2026-11-23T04:38:15.4Z")))
                .setUnknownBecause(unknownBecause)
                .build();
    }

    private static Event event(Rib rib, ChangeKind kind) {
        return Event.newBuilder()
                .setRib(rib)
                .setKind(kind)
                .setBounds(bounds("2026-11-23T04:38:15.3Z", "2026-11-23T04:38:20.4Z"))
                .build();
    }

    @Test
    void shouldShowWhatThereIsThenOneLineForEverythingThatHappens() {
        var sessions = LOC.toBuilder().setView(View.VIEW_SESSIONS).build();
        var peer = Row.newBuilder()
                .setPeer(PeerSession.newBuilder().setPeer("fd00:100::3").setState("idle"))
                .build();
        var text = new WatchText();
        var parts = Stream.of(
                part().setHeader(WatchHeader.newBuilder().setNetwork("lab")),
                part().setTable(table(fib("pve01/kernel/main"), "")),
                part().setTable(table(LOC, "")),
                part().setRow(WatchedRow.newBuilder().setRib(LOC).setRow(ROUTE)),
                part().setTable(table(fib("pve02/kernel/main"), "not observed, because unreachable")),
                part().setInitialStateEnd(InitialStateEnd.getDefaultInstance()),
                part().setProgress(WatchProgress.getDefaultInstance()),
                part().setRoute(event(LOC, ChangeKind.CHANGE_KIND_WITHDRAWN).toBuilder()
                        .setBefore(ROUTE)),
                part().setSession(event(sessions, ChangeKind.CHANGE_KIND_APPEARED).toBuilder()
                        .setAfter(peer)),
                part().setRestart(Restart.newBuilder()
                        .setRib(sessions)
                        .setBounds(bounds("2026-11-23T04:38:15.3Z", "2026-11-23T04:38:20.4Z"))
                        .setEvidence("started anew")),
                part().setFailed(FailedScrapes.newBuilder()
                        .setRib(LOC)
                        .setFirstFailedAt(time("2026-11-23T04:38:30Z"))
                        .setLastFailedAt(time("2026-11-23T04:38:40Z"))
                        .setFailures(2)
                        .setReason("refused")
                        .setDetail("permission denied")),
                part().setLagged(Lagged.newBuilder().setWaitedSeconds(7.25)));

        assertThat(parts.map(part -> text.of(part.build())).collect(Collectors.joining()))
                .isEqualTo(golden("watch.txt"));
    }

    private static GapEvent.Builder gap(GapEventKind kind) {
        return GapEvent.newBuilder().setGap(GapExamples.head()).setKind(kind);
    }

    @Test
    void shouldShowGapsThatAreOpenAndThenWhatHappensToGaps() {
        var at = time("2026-11-23T04:38:25.374Z");
        var explanation = GapExamples.rejected()
                .clearCertain()
                .addCertain(TimeSpan.newBuilder().setFrom(at))
                .build();
        var text = new WatchText();
        var parts = Stream.of(
                part().setHeader(WatchHeader.newBuilder().setNetwork("lab")),
                part().setTable(table(LOC, "")),
                part().setOpenGap(OpenGap.newBuilder()
                        .setGap(GapExamples.head())
                        .addBreaks(GapExamples.way())
                        .addAffectedHops("pve02/kernel/main")
                        .addAffectedHops("solcp02/bird/master6")
                        .addExplanations(explanation)
                        .setSuspendedFrom(time("2026-11-23T04:38:30Z"))),
                part().setInitialStateEnd(InitialStateEnd.getDefaultInstance()),
                part().setGapEvent(gap(GapEventKind.GAP_EVENT_KIND_OPENED).addBreaks(GapExamples.way())),
                part().setGapEvent(gap(GapEventKind.GAP_EVENT_KIND_BROKEN_ALSO)
                        .setFrom(at)
                        .addBreaks(GapExamples.lookedThrough().getBreaks(0))),
                part().setGapEvent(gap(GapEventKind.GAP_EVENT_KIND_AFFECTED)
                        .setFrom(at)
                        .setHop("pve02/kernel/main")),
                part().setGapEvent(gap(GapEventKind.GAP_EVENT_KIND_EXPLAINED)
                        .setFrom(at)
                        .setExplanation(explanation)),
                part().setGapEvent(gap(GapEventKind.GAP_EVENT_KIND_SUSPENDED).setFrom(at)),
                part().setGapEvent(gap(GapEventKind.GAP_EVENT_KIND_RESUMED).setFrom(at)),
                part().setGapEvent(gap(GapEventKind.GAP_EVENT_KIND_CLOSED)
                        .setBounds(GapExamples.BACK)
                        .setEnd(GapEnd.GAP_END_RESTORED)));

        assertThat(parts.map(part -> text.of(part.build())).collect(Collectors.joining()))
                .isEqualTo(golden("watch-gaps.txt"));
    }

    @Test
    void shouldSayThatACauseIsNotProvenAnyMore() {
        var ceased = Explanation.newBuilder()
                .setCause(Cause.CAUSE_UNKNOWN)
                .setNotProvenAnyMore(Cause.CAUSE_SESSION_DOWN)
                .setAt(GapExamples.way())
                .addCertain(TimeSpan.newBuilder().setFrom(time("2026-11-23T04:38:40Z")));
        var event = gap(GapEventKind.GAP_EVENT_KIND_EXPLAINED)
                .setFrom(time("2026-11-23T04:38:40Z"))
                .setExplanation(ceased);
        assertThat(new WatchText().of(part().setGapEvent(event).build()))
                .isEqualTo(
                        "from 2026-11-23T04:38:40.000Z on: gap of fd00:101:224:3::/64 at pve02/frr/vrf_evpnz1: session"
                                + " down is not proven any more, and no other cause is (on pve03/frr/vrf_evpnz1 →"
                                + " pve02/frr/vrf_evpnz1)\n");
        event.setExplanation(ceased.clone().clearNotProvenAnyMore());
        assertThat(new WatchText().of(part().setGapEvent(event).build()))
                .contains(", because unknown: what was observed does not say (on ");

        var other = GapExamples.lookedThrough().getBreaks(0);
        var open = OpenGap.newBuilder()
                .setGap(GapExamples.head())
                .addBreaks(GapExamples.way())
                .addBreaks(other)
                .addExplanations(ceased);
        assertThat(new WatchText().of(part().setOpenGap(open).build()))
                .contains(
                        "\n  session down is not proven any more, and no other cause is, from 2026-11-23T04:38:40.000Z on"
                                + " (on pve03/frr/vrf_evpnz1 → pve02/frr/vrf_evpnz1)\n")
                .contains("\n  not explained yet (on " + GapText.of(other) + ")\n");
        open.setExplanations(0, ceased.clone().clearNotProvenAnyMore());
        assertThat(new WatchText().of(part().setOpenGap(open).build()))
                .contains("\n  not explained yet (on " + GapText.of(GapExamples.way()) + ")\n")
                .doesNotContain("unknown");
    }

    @Test
    void shouldSayOfAStaleGapWhatItIs() {
        var stale = gap(GapEventKind.GAP_EVENT_KIND_OPENED)
                .addBreaks(GapExamples.way())
                .setGap(GapExamples.head().toBuilder().setKind(GapKind.GAP_KIND_STALE));
        assertThat(new WatchText().of(part().setGapEvent(stale).build()))
                .contains(" opened: left over on pve03/frr/vrf_evpnz1 → pve02/frr/vrf_evpnz1 (stale)");
        stale.setKind(GapEventKind.GAP_EVENT_KIND_CLOSED).setEnd(GapEnd.GAP_END_MOOT);
        assertThat(new WatchText().of(part().setGapEvent(stale).build())).contains(" closed: a source has it again");
        stale.setEnd(GapEnd.GAP_END_RESTORED);
        assertThat(new WatchText().of(part().setGapEvent(stale).build())).endsWith(" closed: the hop let go of it\n");
    }
}
