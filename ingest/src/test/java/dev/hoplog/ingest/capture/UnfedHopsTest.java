package dev.hoplog.ingest.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.chain.Carried;
import dev.hoplog.chain.Chain;
import dev.hoplog.chain.Edge;
import dev.hoplog.chain.Link;
import dev.hoplog.chain.Node;
import dev.hoplog.chain.PrefixRange;
import dev.hoplog.ingest.read.Observation.NotObserved;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.HopId;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.RibId;
import dev.hoplog.model.View;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnfedHopsTest {
    private static final Instant START = Instant.parse("2026-11-23T04:38:00Z");
    private static final HopId BIRD = HopId.parse("solwk02/bird/master6");
    private static final HopId FRR = HopId.parse("pve02/frr/vrf_evpnz1");
    private static final HopId KERNEL = HopId.parse("pve02/kernel/main");

    private static Node node(String name, HopId... hops) {
        return new Node(name, Collections.emptySortedSet(), hops[0], List.of(hops));
    }

    private static Edge edge(HopId upstream, HopId downstream, Link link, String... ranges) {
        return new Edge(
                upstream,
                downstream,
                link,
                List.of(ranges).stream()
                        .map(range -> Carried.freely(PrefixRange.exactly(Prefix.parse(range))))
                        .toList(),
                false,
                Edge.USUAL_GRACE,
                Optional.empty(),
                Optional.empty());
    }

    private static Chain chain() {
        var session = new Link.Session(Link.Kind.EXTERNAL, PeerId.parse("fd00::1"), PeerId.parse("fd00::2"));
        return new Chain(
                List.of(node("solwk02", BIRD), node("pve02", FRR, KERNEL)),
                List.of(
                        edge(BIRD, FRR, session, "fd00:101:224:3::/64"),
                        edge(FRR, KERNEL, new Link.Install(), "fd00:101:224:3::/64", "192.0.2.0/24")));
    }

    private static NotObserved at(HopId hop, int second) {
        var rib = RibId.of("lab", hop, AddressFamily.IPV6_UNICAST, View.FIB);
        var time = START.plusSeconds(second);
        return new NotObserved(rib, time, time, "", FailureReason.UNREACHABLE, "no answer");
    }

    @Test
    void shouldSayAtTheEndWhichTablesOfTheChainNobodyRead() {
        var unfed = new UnfedHops("lab", chain());
        unfed.hear(List.of(at(BIRD, 0)));
        unfed.hear(List.of(at(BIRD, 10)));
        unfed.hear(List.of(at(BIRD, 5)));

        assertThat(unfed.notObserved())
                .allSatisfy(failure -> {
                    assertThat(failure.from()).isEqualTo(START.plusSeconds(10));
                    assertThat(failure.to()).isEqualTo(START.plusSeconds(10));
                })
                .extracting(failure -> failure.rib().key())
                .containsExactly(
                        "lab/pve02/frr/vrf_evpnz1/ipv4-unicast/loc-rib",
                        "lab/pve02/frr/vrf_evpnz1/ipv6-unicast/loc-rib",
                        "lab/pve02/kernel/main/ipv4-unicast/fib",
                        "lab/pve02/kernel/main/ipv6-unicast/fib");
    }

    /** It has reasons of its own, and its own time. */
    @Test
    void shouldSayNothingOfAHopThatWasAskedAndDidNotAnswer() {
        var unfed = new UnfedHops("lab", chain());
        unfed.hear(List.of(at(BIRD, 0), at(FRR, 0), at(KERNEL, 0)));
        assertThat(unfed.notObserved()).isEmpty();
    }

    @Test
    void shouldSayNothingOfARecordingOfNothing() {
        assertThat(new UnfedHops("lab", chain()).notObserved()).isEmpty();
    }
}
