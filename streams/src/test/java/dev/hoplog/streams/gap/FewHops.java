package dev.hoplog.streams.gap;

import dev.hoplog.chain.Carried;
import dev.hoplog.chain.Chain;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.chain.Edge;
import dev.hoplog.chain.Link;
import dev.hoplog.chain.Node;
import dev.hoplog.chain.PrefixRange;
import dev.hoplog.log.LogEntry.ChainPublished;
import dev.hoplog.log.LogEntry.CoverageMark;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.Change;
import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.ChangeStamp;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Id;
import dev.hoplog.model.Observed;
import dev.hoplog.model.PathBuilder;
import dev.hoplog.model.PathFlag;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.PeerSession;
import dev.hoplog.model.RibId;
import dev.hoplog.model.Route;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.ScraperClock;
import dev.hoplog.model.SessionState;
import dev.hoplog.model.View;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Logs of a few hops, written by hand: what stands in them of the world's prefix. */
final class FewHops {
    static final Subject SUBJECT = new Subject(GapWorld.NETWORK, GapWorld.PREFIX);
    static final HopId A = HopId.parse("a/frr/main");
    static final HopId B = HopId.parse("b/frr/main");
    static final HopId C = HopId.parse("c/frr/main");
    static final Seen ROUTE = new Seen(
            new Route(
                    GapWorld.PREFIX,
                    List.of(new PathBuilder()
                            .flag(PathFlag.VALID)
                            .flag(PathFlag.BEST)
                            .build()),
                    Optional.empty()),
            Observed.all());

    private FewHops() {}

    static RibId table(HopId hop) {
        return RibId.of(GapWorld.NETWORK, hop, AddressFamily.IPV6_UNICAST, View.LOC_RIB);
    }

    static Edge edge(HopId from, HopId to, Duration grace) {
        return new Edge(
                from,
                to,
                new Link.Session(Link.Kind.EXTERNAL, PeerId.parse("fd00::1"), PeerId.parse("fd00::2")),
                List.of(Carried.freely(PrefixRange.exactly(GapWorld.PREFIX))),
                false,
                grace,
                Optional.empty(),
                Optional.empty());
    }

    /** In force since ever. */
    static ChainPublished chain(int number, List<HopId> hops, Edge... edges) {
        return chain(number, Optional.empty(), hops, edges);
    }

    static ChainPublished chain(int number, Optional<Integer> from, List<HopId> hops, Edge... edges) {
        var nodes = hops.stream()
                .map(hop -> new Node(hop.node(), new TreeSet<>(), hop, List.of(hop)))
                .toList();
        return new ChainPublished(new ChainVersion(
                GapWorld.NETWORK,
                new Id(0, number),
                from.map(GapWorld::at),
                GapWorld.at(number),
                new Chain(nodes, List.of(edges))));
    }

    /** @param after the second of the last reading before; empty: it is the first */
    static RouteEvent event(HopId hop, Optional<Integer> after, int second, ScraperClock readBy, Change change) {
        return new RouteEvent(
                new Id(hop.hashCode(), second),
                table(hop),
                RowKey.of(GapWorld.PREFIX),
                new Id(1, second),
                new Bounds(after.map(GapWorld::at), GapWorld.at(second), Optional.empty()),
                readBy,
                0,
                change);
    }

    static CoverageMark mark(HopId hop, int from, int second, ScraperClock readBy) {
        return new CoverageMark(
                table(hop),
                GapWorld.at(from),
                GapWorld.at(second),
                new Id(1, second),
                GapWorld.at(second),
                readBy,
                1,
                "show",
                0,
                "1",
                1);
    }

    /** Of a session its state and a count. */
    static PeerSession session(PeerId neighbour, SessionState state, long received) {
        return session(neighbour, state, received, Optional.empty());
    }

    static PeerSession session(PeerId neighbour, SessionState state, long received, Optional<ChangeStamp> stamp) {
        return new PeerSession(
                neighbour,
                Optional.empty(),
                state,
                Optional.empty(),
                Optional.empty(),
                Optional.of(received),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                stamp);
    }
}
