package dev.hoplog.api.cli;

import static dev.hoplog.api.cli.Examples.PREFIX;
import static dev.hoplog.api.cli.Examples.bounds;
import static dev.hoplog.api.cli.Examples.golden;
import static dev.hoplog.api.cli.Examples.locRib;
import static dev.hoplog.api.cli.Examples.route;
import static dev.hoplog.api.cli.Examples.time;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.v1.Completeness;
import dev.hoplog.v1.FoundRoute;
import dev.hoplog.v1.HopTrace;
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
}
