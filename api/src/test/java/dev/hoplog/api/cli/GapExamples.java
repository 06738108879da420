package dev.hoplog.api.cli;

import static dev.hoplog.api.cli.Examples.bounds;
import static dev.hoplog.api.cli.Examples.locRib;
import static dev.hoplog.api.cli.Examples.route;
import static dev.hoplog.api.cli.Examples.time;

import dev.hoplog.v1.BlindSpell;
import dev.hoplog.v1.Bounds;
import dev.hoplog.v1.Break;
import dev.hoplog.v1.Cause;
import dev.hoplog.v1.ChainVersion;
import dev.hoplog.v1.EdgeStation;
import dev.hoplog.v1.Evidence;
import dev.hoplog.v1.Explanation;
import dev.hoplog.v1.Gap;
import dev.hoplog.v1.GapEnd;
import dev.hoplog.v1.GapHead;
import dev.hoplog.v1.GapKind;
import dev.hoplog.v1.HopLoss;
import dev.hoplog.v1.Incident;
import dev.hoplog.v1.Presence;
import dev.hoplog.v1.Row;
import dev.hoplog.v1.Suspension;
import dev.hoplog.v1.TimeSpan;
import dev.hoplog.v1.View;

/** The recorded incident, as the API tells it. */
final class GapExamples {
    static final String SOURCE = "pve03/frr/vrf_evpnz1";
    static final String HOP = "pve02/frr/vrf_evpnz1";
    static final Bounds LOST = bounds("2026-11-23T04:38:15.374Z", "2026-11-23T04:38:20.419Z");
    static final Bounds BACK = bounds("2026-11-23T04:39:10.376Z", "2026-11-23T04:39:15.398Z");

    private GapExamples() {}

    static TimeSpan span(String from, String to) {
        return TimeSpan.newBuilder().setFrom(time(from)).setTo(time(to)).build();
    }

    static Break way() {
        return Break.newBuilder().addHops(SOURCE).addHops(HOP).build();
    }

    static Explanation.Builder rejected() {
        var received = locRib(HOP).toBuilder().setView(View.VIEW_ADJ_RIB_IN_PRE).setPeer("fd00:100::3");
        return Explanation.newBuilder()
                .setCause(Cause.CAUSE_REJECTED_ON_IMPORT)
                .setAt(way())
                .setStation(EdgeStation.EDGE_STATION_DOWNSTREAM_LOC_RIB)
                .addCertain(span("2026-11-23T04:38:25.374Z", "2026-11-23T04:39:10.376Z"))
                .addRequiredCommunities("4200001000:0:100")
                .addLackingLargeCommunities("4200001000:0:100")
                .addEvidence(Evidence.newBuilder()
                        .setRib(received)
                        .setPresence(Presence.PRESENCE_PRESENT)
                        .setSubject(Examples.PREFIX)
                        .setRow(Row.newBuilder().setRoute(route().toBuilder().setUsable(true)))
                        .setSince(Bounds.newBuilder().setAtOrBefore(time("2026-11-23T04:37:50.401Z"))))
                .addEvidence(Evidence.newBuilder()
                        .setRib(locRib(HOP))
                        .setPresence(Presence.PRESENCE_ABSENT)
                        .setSubject(Examples.PREFIX)
                        .setSince(LOST)
                        .setSnapshotId("0123456789abcdef0123456789abcdef"));
    }

    static Gap.Builder gap() {
        return Gap.newBuilder()
                .setGapId("00000000000000000000000000000001")
                .setKind(GapKind.GAP_KIND_MISSING)
                .setPrefix(Examples.PREFIX)
                .setHop(HOP)
                .addBreaks(way())
                .setOpened(LOST)
                .setEnd(GapEnd.GAP_END_RESTORED)
                .setEnded(BACK)
                .addCertain(span("2026-11-23T04:38:20.419Z", "2026-11-23T04:39:10.376Z"))
                .addHops(HopLoss.newBuilder().setHop(HOP).setLost(LOST).setBack(BACK))
                .addHops(HopLoss.newBuilder()
                        .setHop("pve02/kernel/main")
                        .setLost(bounds("2026-11-23T04:38:15.4Z", "2026-11-23T04:38:20.5Z"))
                        .setBack(bounds("2026-11-23T04:39:10.4Z", "2026-11-23T04:39:15.5Z")))
                .addHops(HopLoss.newBuilder().setHop("solcp02/bird/master6"))
                .addExplanations(rejected())
                .setChainVersion("c0ffee00000000000000000000000000");
    }

    static Suspension.Builder suspension() {
        return Suspension.newBuilder()
                .setFrom(time("2026-11-23T04:38:50Z"))
                .setResumed(time("2026-11-23T04:39:00Z"))
                .addUnobserved(BlindSpell.newBuilder()
                        .setRib(locRib(HOP))
                        .setReason("unreachable")
                        .setDetail("no route to host")
                        .setFailures(2));
    }

    static GapHead head() {
        return GapHead.newBuilder()
                .setGapId(gap().getGapId())
                .setKind(GapKind.GAP_KIND_MISSING)
                .setPrefix(Examples.PREFIX)
                .setHop(HOP)
                .setOpened(LOST)
                .setChainVersion(gap().getChainVersion())
                .build();
    }

    static Gap.Builder lookedThrough() {
        var way = Break.newBuilder()
                .addHops(SOURCE)
                .addHops(HOP)
                .addHops("solwk03/bird/master6")
                .addUnobservedHops(HOP);
        return Gap.newBuilder()
                .setGapId("00000000000000000000000000000002")
                .setKind(GapKind.GAP_KIND_MISSING)
                .setPrefix(Examples.PREFIX)
                .setHop("solwk03/bird/master6")
                .addBreaks(way)
                .setOpened(LOST)
                .addHops(HopLoss.newBuilder().setHop("solwk03/bird/master6").setLost(LOST))
                .addExplanations(Explanation.newBuilder()
                        .setCause(Cause.CAUSE_HOP_NOT_OBSERVED)
                        .setAt(way)
                        .addCertain(TimeSpan.newBuilder().setFrom(time("2026-11-23T04:38:25Z"))));
    }

    static Incident.Builder incident() {
        return Incident.newBuilder()
                .setStarted(LOST)
                .addGaps(gap())
                .addGaps(lookedThrough())
                .addPrefixes(Examples.PREFIX)
                .addHops(HOP)
                .addHops("pve02/kernel/main")
                .addHops("solwk03/bird/master6");
    }

    static ChainVersion chain() {
        return ChainVersion.newBuilder()
                .setChainVersion("c0ffee00000000000000000000000000")
                .setPublishedAt(time("2026-11-01T00:00:00Z"))
                .build();
    }
}
