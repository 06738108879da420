package dev.hoplog.api.cli;

import static dev.hoplog.api.cli.Examples.PREFIX;
import static dev.hoplog.api.cli.Examples.bounds;
import static dev.hoplog.api.cli.Examples.golden;
import static dev.hoplog.api.cli.Examples.locRib;
import static dev.hoplog.api.cli.Examples.route;
import static dev.hoplog.api.cli.Examples.time;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.v1.ChainTrace;
import dev.hoplog.v1.Completeness;
import dev.hoplog.v1.Crossing;
import dev.hoplog.v1.EdgeCrossing;
import dev.hoplog.v1.Evidence;
import dev.hoplog.v1.FoundRoute;
import dev.hoplog.v1.HopTrace;
import dev.hoplog.v1.NotExpectedReason;
import dev.hoplog.v1.Passage;
import dev.hoplog.v1.Path;
import dev.hoplog.v1.PathChange;
import dev.hoplog.v1.Presence;
import dev.hoplog.v1.Station;
import dev.hoplog.v1.TableMatches;
import dev.hoplog.v1.TraceResponse;
import dev.hoplog.v1.View;
import org.junit.jupiter.api.Test;

class TraceTextTest {
    private static final String HOP = "pve02/frr/vrf_evpnz1";

    private static Station.Builder received(String peer, String session) {
        var rib = locRib(HOP).toBuilder().setView(View.VIEW_ADJ_RIB_IN_PRE).setPeer(peer);
        return Station.newBuilder()
                .setTable(TableMatches.newBuilder().setRib(rib).setPresence(Presence.PRESENCE_ABSENT))
                .setSession(session);
    }

    private static FoundRoute found() {
        return FoundRoute.newBuilder()
                .setRoute(route())
                .setPresence(Presence.PRESENCE_PRESENT)
                .setSince(bounds("2026-11-23T04:38:20.3Z", "2026-11-23T04:38:25.4Z"))
                .build();
    }

    @Test
    void shouldShowTheWayAndCountTheNeighboursThatHaveNothing() {
        var from = received("fd00:100::3", "established");
        from.getTableBuilder().setPresence(Presence.PRESENCE_PRESENT).addRoutes(found());
        var response = TraceResponse.newBuilder()
                .setNetwork("lab")
                .addHops(HopTrace.newBuilder()
                        .setHop(HOP)
                        .setReached(Presence.PRESENCE_PRESENT)
                        .addStations(from)
                        .addStations(received("fd00:100::1", "established"))
                        .addStations(received("fd00:100::2", "established"))
                        .addStations(received("fd00:100::4", "idle"))
                        .addStations(received("fd00:100::5", ""))
                        .addStations(Station.newBuilder()
                                .setTable(TableMatches.newBuilder()
                                        .setRib(locRib(HOP))
                                        .setPresence(Presence.PRESENCE_PRESENT)
                                        .addRoutes(found()))))
                .addHops(HopTrace.newBuilder().setHop("pve02/kernel/main").setReached(Presence.PRESENCE_ABSENT))
                .addHops(HopTrace.newBuilder()
                        .setHop("pve03/kernel/main")
                        .setReached(Presence.PRESENCE_UNKNOWN)
                        .setUnknownBecause("this table was never observed whole"))
                .setCompleteness(Completeness.newBuilder().setCompleteUpTo(time("2026-11-23T04:39:55.4Z")))
                .build();

        assertThat(TraceText.of(PREFIX, response)).isEqualTo(golden("trace.txt"));
    }

    private static EdgeCrossing.Builder edge(String upstream, String downstream, Crossing crossing) {
        return EdgeCrossing.newBuilder()
                .setUpstream(upstream)
                .setDownstream(downstream)
                .setCrossing(crossing);
    }

    private static EdgeCrossing.Builder notExpected(String upstream, String downstream, NotExpectedReason reason) {
        return edge(upstream, downstream, Crossing.CROSSING_NOT_EXPECTED).setNotExpectedBecause(reason);
    }

    private static EdgeCrossing.Builder carried(String upstream, String downstream, Passage.Builder passage) {
        return edge(upstream, downstream, Crossing.CROSSING_CARRIED).setPassage(passage);
    }

    @Test
    void shouldTellTheChainEdgeByEdge() {
        var changed = Passage.newBuilder()
                .setUsed(true)
                .setChange(PathChange.newBuilder()
                        .setBefore(Path.newBuilder()
                                .addNextHops("fd00:100::13")
                                .setAsPath("4220101022")
                                .setMed(7))
                        .setAfter(Path.newBuilder()
                                .addNextHops("fd00:100::3")
                                .setAsPath("4200001003 4220101022")
                                .setLocalPref(200))
                        .addFields("next_hops")
                        .addFields("as_path")
                        .addFields("med")
                        .addFields("local_pref")
                        .addFields("origin")
                        .addFields("large_communities"))
                .addCommunitiesLost("4200001000:0:100")
                .addCommunitiesGained("65000:1");
        var session = locRib(HOP).toBuilder().setView(View.VIEW_SESSIONS);
        var chain = ChainTrace.newBuilder()
                .setPrefix(PREFIX)
                .setAsOf(time("2026-11-23T04:38:30Z"))
                .addEdges(carried(GapExamples.SOURCE, "pve01/frr/vrf_evpnz1", changed))
                .addEdges(carried("solcp03/gobgp/main", "solcp03/bird/master6", Passage.newBuilder()))
                .addEdges(edge("solcp03/bird/master6", GapExamples.SOURCE, Crossing.CROSSING_CARRIED))
                .addEdges(edge(GapExamples.SOURCE, HOP, Crossing.CROSSING_MISSING)
                        .setExplanation(GapExamples.rejected().clearCertain()))
                .addEdges(edge("solwk01/bird/master6", "pve01/frr/vrf_evpnz1", Crossing.CROSSING_FROM_ELSEWHERE))
                .addEdges(edge(GapExamples.SOURCE, "pve03/kernel/main", Crossing.CROSSING_UNDER_WAY)
                        .setUnderWayUntil(time("2026-11-23T04:38:35Z")))
                .addEdges(edge("solwk03/bird/master6", HOP, Crossing.CROSSING_NOT_KNOWN)
                        .addUnobservedHops("solwk03/bird/master6")
                        .addUndecidedHops(HOP)
                        .addSessionDown(Evidence.newBuilder()
                                .setRib(session)
                                .setPresence(Presence.PRESENCE_ABSENT)
                                .setSubject("fd00:101:fe::3")))
                .addEdges(notExpected("pve01/frr/vrf_evpnz1", HOP, NotExpectedReason.NOT_EXPECTED_REASON_INTERNAL))
                .addEdges(notExpected(
                        "pve01/frr/vrf_evpnz1", GapExamples.SOURCE, NotExpectedReason.NOT_EXPECTED_REASON_BACK_TO_PEER))
                .addEdges(notExpected(
                        "solcp01/bird/master6",
                        "pve01/frr/vrf_evpnz1",
                        NotExpectedReason.NOT_EXPECTED_REASON_BACK_TO_PEER))
                .addEdges(notExpected("solcp02/bird/master6", HOP, NotExpectedReason.NOT_EXPECTED_REASON_OWN))
                .addEdges(notExpected("solcp01/bird/master6", HOP, NotExpectedReason.NOT_EXPECTED_REASON_NOT_SHOWN))
                .addEdges(notExpected(HOP, "pve02/kernel/main", NotExpectedReason.NOT_EXPECTED_REASON_UPSTREAM_LACKS))
                .addEdges(
                        notExpected(HOP, "solcp02/bird/master6", NotExpectedReason.NOT_EXPECTED_REASON_UPSTREAM_LACKS))
                .addEdges(notExpected(HOP, "solwk02/bird/master6", NotExpectedReason.NOT_EXPECTED_REASON_UPSTREAM_LACKS)
                        .setCameFromThere(true))
                .addChainVersions(GapExamples.chain());
        var response = TraceResponse.newBuilder()
                .setNetwork("lab")
                .setChain(chain)
                .setCompleteness(Completeness.newBuilder().setCompleteUpTo(time("2026-11-23T04:39:55.4Z")))
                .build();

        assertThat(TraceText.of(PREFIX, response)).isEqualTo(golden("trace-chain.txt"));
    }

    @Test
    void shouldSayWhyNothingIsToldAlongTheChain() {
        var response = TraceResponse.newBuilder()
                .setNetwork("lab")
                .setChain(ChainTrace.newBuilder().setUnknownBecause("no chain of network lab was ever published"))
                .build();

        assertThat(TraceText.of(PREFIX, response))
                .startsWith("Nothing is told along the chain: no chain of network lab was ever published.\n");
    }
}
