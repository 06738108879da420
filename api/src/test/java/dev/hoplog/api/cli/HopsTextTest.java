package dev.hoplog.api.cli;

import static dev.hoplog.api.cli.Examples.bounds;
import static dev.hoplog.api.cli.Examples.fib;
import static dev.hoplog.api.cli.Examples.golden;
import static dev.hoplog.api.cli.Examples.locRib;
import static dev.hoplog.api.cli.Examples.time;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.v1.BlindSpell;
import dev.hoplog.v1.Completeness;
import dev.hoplog.v1.DaemonState;
import dev.hoplog.v1.DaemonStatus;
import dev.hoplog.v1.Hop;
import dev.hoplog.v1.IdentityChange;
import dev.hoplog.v1.ListHopsResponse;
import dev.hoplog.v1.Network;
import dev.hoplog.v1.Rejected;
import dev.hoplog.v1.Restart;
import dev.hoplog.v1.Rib;
import dev.hoplog.v1.RibStatus;
import dev.hoplog.v1.TimeSpan;
import dev.hoplog.v1.View;
import org.junit.jupiter.api.Test;

class HopsTextTest {
    @Test
    void shouldShowHowFreshAndHowCoveredEveryTableIs() {
        var response = ListHopsResponse.newBuilder()
                .addNetworks(Network.newBuilder()
                        .setName("lab")
                        .addHops(Hop.newBuilder()
                                .setHop("pve02/frr/vrf_evpnz1")
                                .addRibs(RibStatus.newBuilder()
                                        .setRib(locRib("pve02/frr/vrf_evpnz1"))
                                        .setObserved(span("2026-11-23T04:37:50.3Z", "2026-11-23T04:39:55.4Z"))
                                        .setRowCount(12)
                                        .setDaemonVersion("8.4.4")
                                        .setBlindSeconds(40.25)
                                        .setLastFailure(BlindSpell.newBuilder()
                                                .setSpan(span("2026-11-23T04:38:30Z", "2026-11-23T04:39:10.25Z"))
                                                .setReason("timeout")
                                                .setFailures(8))))
                        .addHops(Hop.newBuilder()
                                .setHop("pve02/kernel/main")
                                .addRibs(RibStatus.newBuilder()
                                        .setRib(fib("pve02/kernel/main"))
                                        .setBlindNow(true))))
                .setCompleteness(Completeness.newBuilder().setCompleteUpTo(time("2026-11-23T04:39:55.4Z")))
                .build();
        assertThat(HopsText.of(response)).isEqualTo(golden("hops.txt"));
    }

    @Test
    void shouldShowWhatWasRefusedOnlyWhereSomethingWas() {
        var refused = Rejected.newBuilder()
                .setCount(12)
                .setReason("from the future")
                .setDetail("captured until 2026-11-23T05:39:50Z: set the scraper's clock")
                .setRejectedAt(time("2026-11-23T04:39:50.125Z"))
                .setScraper("pve02");
        var response = ListHopsResponse.newBuilder()
                .addNetworks(Network.newBuilder()
                        .setName("lab")
                        .addHops(Hop.newBuilder()
                                .setHop("pve02/frr/vrf_evpnz1")
                                .addRibs(RibStatus.newBuilder()
                                        .setRib(locRib("pve02/frr/vrf_evpnz1"))
                                        .setRejected(refused))))
                .setRejectedOfNoRib(refused.clone()
                        .setCount(1)
                        .setReason("undecodable")
                        .setDetail("snapshot record")
                        .clearScraper())
                .build();
        assertThat(HopsText.of(response)).isEqualTo(golden("refused.txt"));
    }

    @Test
    void shouldShowWhoTheDaemonIsAndFlagWhatItDidToItself() {
        var bird = DaemonState.newBuilder()
                .setVersion("BIRD 2.0.12")
                .setRouterId("10.101.0.99")
                .setLocalAsn(-96_865_274)
                .setStartedAt(time("2026-11-20T09:00:00Z"))
                .setReconfiguredAt(time("2026-11-23T04:38:19Z"))
                .build();
        var sessions = Rib.newBuilder()
                .setHop("solwk02/bird/master6")
                .setFamily("ipv6-unicast")
                .setView(View.VIEW_SESSIONS)
                .build();
        var response = ListHopsResponse.newBuilder()
                .addNetworks(Network.newBuilder()
                        .setName("lab")
                        .addHops(Hop.newBuilder()
                                .setHop("pve02/frr/vrf_evpnz1")
                                .addRibs(RibStatus.newBuilder()
                                        .setRib(locRib("pve02/frr/vrf_evpnz1"))
                                        .setUnknownItems(3)
                                        .setDaemonVersion("8.4.4"))
                                .setDaemon(DaemonStatus.newBuilder()
                                        .setLastRestart(Restart.newBuilder()
                                                .setRib(locRib("pve02/frr/vrf_evpnz1"))
                                                .setBounds(bounds("2026-11-23T04:38:20.3Z", "2026-11-23T04:38:25.4Z"))
                                                .setEvidence("table version fell from 812 to 3"))))
                        .addHops(Hop.newBuilder()
                                .setHop("solwk02/bird/master6")
                                .addRibs(RibStatus.newBuilder()
                                        .setRib(sessions)
                                        .setUnknownItems(1)
                                        .setDaemonVersion("BIRD 2.0.12"))
                                .setDaemon(DaemonStatus.newBuilder()
                                        .setState(bird)
                                        .setLastIdentityChange(IdentityChange.newBuilder()
                                                .setRib(sessions)
                                                .setBounds(bounds("2026-11-23T04:38:15.3Z", "2026-11-23T04:38:20.4Z"))
                                                .setBefore(bird.toBuilder()
                                                        .setRouterId("10.101.0.22")
                                                        .setLocalAsn(65001))
                                                .setAfter(bird))))
                        .addHops(Hop.newBuilder()
                                .setHop("solwk02/kernel/main")
                                .addRibs(RibStatus.newBuilder().setRib(fib("solwk02/kernel/main")))
                                .setDaemon(DaemonStatus.getDefaultInstance())))
                .build();
        assertThat(HopsText.of(response)).isEqualTo(golden("daemons.txt"));
    }

    @Test
    void shouldSayWhatToDoWhereNothingIsKnown() {
        assertThat(HopsText.of(ListHopsResponse.getDefaultInstance()))
                .isEqualTo("No hop is known yet: replay a capture (hoplog replay PATH).\n\nNothing is known yet.\n");
    }

    private static TimeSpan span(String from, String to) {
        return TimeSpan.newBuilder().setFrom(time(from)).setTo(time(to)).build();
    }
}
