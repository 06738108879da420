package dev.hoplog.truth;

import dev.hoplog.chain.Carried;
import dev.hoplog.chain.Chain;
import dev.hoplog.chain.ChainTimeline;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.chain.Edge;
import dev.hoplog.chain.Link;
import dev.hoplog.chain.Node;
import dev.hoplog.chain.PrefixRange;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Id;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.Prefix;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The chain of the recorded lab. */
final class LabChain {
    private LabChain() {}

    /** In force since ever. */
    static ChainTimeline timeline(String network, Chain chain) {
        return ChainTimeline.of(
                List.of(new ChainVersion(network, new Id(0, 1), Optional.empty(), Instant.EPOCH, chain)));
    }

    static Chain chain() {
        var nodes = new ArrayList<Node>();
        var edges = new ArrayList<Edge>();
        var pods = new PrefixRange(Prefix.parse("fd00:101:224::/48"), 64, 64);
        var all = List.of(
                pods,
                new PrefixRange(Prefix.parse("fd00:101:fe::/64"), 128, 128),
                PrefixRange.exactly(Prefix.parse("fd00:101::10/128")));
        String[][] n = {
            {"solcp01", "pve01", "fd00:101::11"},
            {"solcp02", "pve02", "fd00:101::12"},
            {"solcp03", "pve03", "fd00:101::13"},
            {"solwk01", "pve01", "fd00:101::21"},
            {"solwk02", "pve03", "fd00:101::22"},
            {"solwk03", "pve02", "fd00:101::23"}
        };
        for (var x : n) {
            var g = HopId.parse(x[0] + "/gobgp/global");
            var b = HopId.parse(x[0] + "/bird/master6");
            var k = HopId.parse(x[0] + "/kernel/main");
            var f = HopId.parse(x[1] + "/frr/vrf_evpnz1");
            nodes.add(new Node(x[0], new TreeSet<>(), b, List.of(g, b, k)));
            both(edges, g, "::1", b, "::1", List.of(pods), all, Link.Kind.EXTERNAL);
            both(edges, b, x[2], f, "fd00:101::fffe", all, all, Link.Kind.EXTERNAL);
            edges.add(edge(b, k, new Link.Install(), all));
        }
        for (int i = 1; i <= 3; i++) {
            var f = HopId.parse("pve0" + i + "/frr/vrf_evpnz1");
            var k = HopId.parse("pve0" + i + "/kernel/main");
            nodes.add(new Node("pve0" + i, new TreeSet<>(), f, List.of(f, k)));
            edges.add(edge(f, k, new Link.Install(), all));
            for (int j = i + 1; j <= 3; j++) {
                both(
                        edges,
                        f,
                        "fd00:100::" + i,
                        HopId.parse("pve0" + j + "/frr/vrf_evpnz1"),
                        "fd00:100::" + j,
                        all,
                        all,
                        Link.Kind.INTERNAL);
            }
        }
        return new Chain(nodes, edges);
    }

    static void both(
            List<Edge> edges,
            HopId a,
            String aAddr,
            HopId b,
            String bAddr,
            List<PrefixRange> ab,
            List<PrefixRange> ba,
            Link.Kind kind) {
        edges.add(edge(a, b, new Link.Session(kind, PeerId.parse(aAddr), PeerId.parse(bAddr)), ab));
        edges.add(edge(b, a, new Link.Session(kind, PeerId.parse(bAddr), PeerId.parse(aAddr)), ba));
    }

    static Edge edge(HopId a, HopId b, Link link, List<PrefixRange> carries) {
        return new Edge(
                a,
                b,
                link,
                carries.stream().map(Carried::freely).toList(),
                b.daemon().equals("gobgp"),
                Edge.USUAL_GRACE,
                Optional.empty(),
                Optional.empty());
    }
}
