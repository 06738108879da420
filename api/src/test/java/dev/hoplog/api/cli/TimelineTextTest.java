package dev.hoplog.api.cli;

import static dev.hoplog.api.cli.Examples.bounds;
import static dev.hoplog.api.cli.Examples.fib;
import static dev.hoplog.api.cli.Examples.golden;
import static dev.hoplog.api.cli.Examples.locRib;
import static dev.hoplog.api.cli.Examples.route;
import static dev.hoplog.api.cli.Examples.time;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.v1.BlindSpell;
import dev.hoplog.v1.Bounds;
import dev.hoplog.v1.ChangeKind;
import dev.hoplog.v1.Completeness;
import dev.hoplog.v1.DaemonState;
import dev.hoplog.v1.Event;
import dev.hoplog.v1.GetTimelineResponse;
import dev.hoplog.v1.PeerSession;
import dev.hoplog.v1.Presence;
import dev.hoplog.v1.Restart;
import dev.hoplog.v1.Rib;
import dev.hoplog.v1.Row;
import dev.hoplog.v1.TableState;
import dev.hoplog.v1.TimeSpan;
import dev.hoplog.v1.TimelineEntry;
import dev.hoplog.v1.View;
import org.junit.jupiter.api.Test;

class TimelineTextTest {
    private static final String HOP = "pve02/frr/vrf_evpnz1";
    private static final Rib SESSIONS =
            Rib.newBuilder().setHop(HOP).setView(View.VIEW_SESSIONS).build();

    @Test
    void shouldShowTheStartAndEveryKindOfEntry() {
        var worse = route().toBuilder();
        worse.getPathsBuilder(0).setLocalPref(50).clearAsPath();
        var response = GetTimelineResponse.newBuilder()
                .setNetwork("stop-reaching-pve02")
                .setPrefix(Examples.PREFIX)
                .addAtStart(state(locRib(HOP), Presence.PRESENCE_PRESENT).setRoute(route()))
                .addAtStart(state(fib("pve02/kernel/main"), Presence.PRESENCE_ABSENT))
                .addAtStart(state(fib("pve02/kernel/main"), Presence.PRESENCE_UNKNOWN)
                        .setUnknownBecause("it was never observed before"))
                .addEntries(entry(event(ChangeKind.CHANGE_KIND_WITHDRAWN).setBefore(row(route().toBuilder()))))
                .addEntries(entry(event(ChangeKind.CHANGE_KIND_APPEARED)
                        .setAfter(row(route().toBuilder()))
                        .setClockSuspectUs(1_500_000)))
                .addEntries(entry(event(ChangeKind.CHANGE_KIND_CHANGED)
                        .setBefore(row(route().toBuilder()))
                        .setAfter(row(worse))))
                .addEntries(entry(event(ChangeKind.CHANGE_KIND_CHANGED_UNSEEN).setAfter(row(route().toBuilder()))))
                .addEntries(TimelineEntry.newBuilder()
                        .setSession(event(ChangeKind.CHANGE_KIND_CHANGED)
                                .setRib(SESSIONS)
                                .setBefore(peer("established", 12))
                                .setAfter(peer("idle", 0))))
                .addEntries(TimelineEntry.newBuilder()
                        .setUndecidedWithAbove(5)
                        .setRestart(Restart.newBuilder()
                                .setRib(locRib(HOP))
                                .setBounds(Bounds.newBuilder().setAtOrBefore(time("2026-11-23T04:38:25Z")))
                                .setEvidence("the table version fell from 812 to 3")))
                .addEntries(TimelineEntry.newBuilder()
                        .setBlind(BlindSpell.newBuilder()
                                .setRib(locRib(HOP))
                                .setSpan(TimeSpan.newBuilder()
                                        .setFrom(time("2026-11-23T04:38:30Z"))
                                        .setTo(time("2026-11-24T04:39:10Z")))
                                .setReason("timeout")
                                .setFailures(8)))
                .setTruncated(true)
                .setCompleteness(Completeness.newBuilder().setCompleteUpTo(time("2026-11-23T04:39:55.4Z")))
                .build();
        assertThat(TimelineText.of(response)).isEqualTo(golden("timeline.txt"));
    }

    @Test
    void shouldSayThatNothingHappened() {
        var response =
                GetTimelineResponse.newBuilder().setPrefix(Examples.PREFIX).build();
        assertThat(TimelineText.of(response)).isEqualTo("""
                        Nothing happened to fd00:101:224:3::/64 in this window that anybody saw.

                        Nothing is known yet.
                        """);
    }

    @Test
    void shouldSayWhatADaemonDidToItself() {
        var before = DaemonState.newBuilder()
                .setVersion("BIRD 2.0.12")
                .setRouterId("10.101.0.22")
                .setReconfiguredAt(time("2026-11-20T09:00:00Z"))
                .build();
        var renamed = before.toBuilder().setRouterId("10.101.0.99").build();
        var configured = before.toBuilder()
                .setReconfiguredAt(time("2026-11-23T04:38:21Z"))
                .build();
        var response = GetTimelineResponse.newBuilder()
                .setPrefix(Examples.PREFIX)
                .addEntries(daemon(ChangeKind.CHANGE_KIND_CHANGED, before, renamed))
                .addEntries(daemon(ChangeKind.CHANGE_KIND_CHANGED_UNSEEN, before, configured))
                .build();
        assertThat(TimelineText.of(response))
                .contains("the daemon's router id changed from 10.101.0.22 to 10.101.0.99\n")
                .contains("the daemon's configuration by its own clock changed from 2026-11-20T09:00:00.000Z"
                        + " to 2026-11-23T04:38:21.000Z\n");
    }

    private static TimelineEntry daemon(ChangeKind kind, DaemonState before, DaemonState after) {
        return TimelineEntry.newBuilder()
                .setSession(event(kind)
                        .setRib(SESSIONS)
                        .setBefore(Row.newBuilder().setDaemon(before))
                        .setAfter(Row.newBuilder().setDaemon(after)))
                .build();
    }

    private static TableState.Builder state(Rib rib, Presence presence) {
        return TableState.newBuilder().setRib(rib).setPresence(presence);
    }

    private static Event.Builder event(ChangeKind kind) {
        return Event.newBuilder()
                .setRib(locRib(HOP))
                .setKind(kind)
                .setBounds(bounds("2026-11-23T04:38:20.3Z", "2026-11-23T04:38:25.4Z"));
    }

    private static TimelineEntry entry(Event.Builder event) {
        return TimelineEntry.newBuilder().setRoute(event).build();
    }

    private static Row row(dev.hoplog.v1.Route.Builder route) {
        return Row.newBuilder().setRoute(route).build();
    }

    private static Row peer(String state, long received) {
        return Row.newBuilder()
                .setPeer(PeerSession.newBuilder()
                        .setPeer("fd00:100::3")
                        .setLabel("pve03")
                        .setState(state)
                        .setReceived(received))
                .build();
    }
}
