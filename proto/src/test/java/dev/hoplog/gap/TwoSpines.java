package dev.hoplog.gap;

import static dev.hoplog.gap.KnownTables.POD;
import static dev.hoplog.gap.KnownTables.at;
import static dev.hoplog.gap.KnownTables.rib;

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
import dev.hoplog.model.Path;
import dev.hoplog.model.PathBuilder;
import dev.hoplog.model.PathFlag;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.RibId;
import dev.hoplog.model.View;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Two spines give a prefix to a leaf, which installs it and passes it on to a host; the host passes on what it has to the
 * second spine.
 */
final class TwoSpines {
    static final HopId SPINE1 = HopId.parse("spine1/frr/main");
    static final HopId SPINE2 = HopId.parse("spine2/frr/main");
    static final HopId LEAF = HopId.parse("leaf/frr/main");
    static final HopId KERNEL = HopId.parse("leaf/kernel/main");
    static final HopId HOST = HopId.parse("host/bird/main");
    private static final List<HopId> ROUTERS = List.of(SPINE1, SPINE2, LEAF, HOST);

    static PeerId peer(HopId hop) {
        return PeerId.parse("fd00::" + (1 + ROUTERS.indexOf(hop)));
    }

    static Edge edge(HopId from, HopId to, Link link) {
        return new Edge(
                from,
                to,
                link,
                List.of(Carried.freely(PrefixRange.exactly(POD))),
                false,
                Duration.ofSeconds(10),
                Optional.empty(),
                Optional.empty());
    }

    static Edge session(HopId from, HopId to) {
        return edge(from, to, new Link.Session(Link.Kind.EXTERNAL, peer(from), peer(to)));
    }

    static ChainVersion version(int number, Optional<Instant> inForceFrom, Edge... edges) {
        var nodes = List.of(
                new Node("spine1", new TreeSet<>(), SPINE1, List.of(SPINE1)),
                new Node("spine2", new TreeSet<>(), SPINE2, List.of(SPINE2)),
                new Node("leaf", new TreeSet<>(), LEAF, List.of(LEAF, KERNEL)),
                new Node("host", new TreeSet<>(), HOST, List.of(HOST)));
        return new ChainVersion(
                "lab",
                new Id(0, number),
                inForceFrom,
                Instant.EPOCH.plusSeconds(number),
                new Chain(nodes, List.of(edges)));
    }

    static Ground ground(KnownTables tables) {
        return ground(
                tables,
                version(
                        1,
                        Optional.empty(),
                        session(SPINE1, LEAF),
                        session(SPINE2, LEAF),
                        session(LEAF, HOST),
                        session(HOST, SPINE2),
                        edge(LEAF, KERNEL, new Link.Install())));
    }

    static Ground ground(KnownTables tables, ChainVersion... versions) {
        return new Ground("lab", ChainTimeline.of(List.of(versions)), POD, tables);
    }

    static List<Gap> gaps(KnownTables tables) {
        return GapFinder.find(ground(tables), at(100));
    }

    static List<Gap> ofHop(HopId hop, List<Gap> gaps) {
        return gaps.stream().filter(gap -> gap.hop().equals(hop)).toList();
    }

    static RibId loc(HopId hop) {
        return rib(hop, View.LOC_RIB);
    }

    static PathBuilder best() {
        return new PathBuilder().flag(PathFlag.VALID).flag(PathFlag.BEST);
    }

    static Path from(HopId neighbour) {
        return best().from(peer(neighbour)).build();
    }

    static Path spare(HopId neighbour) {
        return new PathBuilder().flag(PathFlag.VALID).from(peer(neighbour)).build();
    }

    static Path installed(String protocol) {
        return new PathBuilder().flag(PathFlag.INSTALLED).protocol(protocol).build();
    }

    static KnownTables healthy() {
        return new KnownTables()
                .has(loc(SPINE1), best().build())
                .has(loc(SPINE2), best().build())
                .has(loc(LEAF), from(SPINE1), spare(SPINE2))
                .has(loc(HOST), from(LEAF))
                .has(rib(KERNEL, View.FIB), installed("bgp"));
    }

    private TwoSpines() {}
}
