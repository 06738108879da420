package dev.hoplog.streams.gap;

import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.RibId;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.SessionState;
import dev.hoplog.model.View;
import dev.hoplog.streams.gap.WorldLink.Sort;
import dev.hoplog.streams.gap.WorldTruth.Offer;
import dev.hoplog.streams.gap.WorldTruth.Offers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The tables of a world's hops, and what each of their rows is at each second. */
final class WorldTables {
    private static final AddressFamily FAMILY = AddressFamily.IPV6_UNICAST;
    private static final RowKey ROW = RowKey.of(GapWorld.PREFIX);

    /** A row over time: what it is at a second, however it is printed; null: it is not there. */
    record Trace(RowKey key, IntFunction<@Nullable Object> states) {}

    record Table(RibId rib, List<Trace> rows) {}

    private final GapWorld world;
    private final WorldTruth truth;

    WorldTables(GapWorld world, WorldTruth truth) {
        this.world = world;
        this.truth = truth;
    }

    List<Table> of(int hop) {
        var tables = new ArrayList<Table>();
        var about = world.hops().get(hop);
        tables.add(new Table(
                RibId.of(GapWorld.NETWORK, about.id(), FAMILY, about.isKernel() ? View.FIB : View.LOC_RIB),
                List.of(new Trace(ROW, second -> truth.table(hop, second)))));
        if (!about.isKernel() && world.happens(0.72)) {
            tables.add(new Table(RibId.of(GapWorld.NETWORK, about.id(), FAMILY, View.SESSIONS), sessions(hop)));
        }
        for (var link : world.links()) {
            if (link.sort() == Sort.INSTALL) {
                continue;
            }
            boolean showsRejected = (link.upstream() + link.downstream()) % 3 == 0;
            if (link.downstream() == hop && world.happens(0.4)) {
                tables.add(adjTable(link, hop, View.ADJ_RIB_IN_PRE));
                if (showsRejected) {
                    tables.add(adjTable(link, hop, View.ADJ_RIB_IN_REJECTED));
                }
            }
            if (link.upstream() == hop && world.happens(0.4)) {
                tables.add(adjTable(link, hop, View.ADJ_RIB_OUT_POST));
                if (showsRejected) {
                    tables.add(adjTable(link, hop, View.ADJ_RIB_OUT_REJECTED));
                }
            }
        }
        return tables;
    }

    private Table adjTable(WorldLink link, int hop, View view) {
        return new Table(adj(link, hop, view), List.of(adjTrace(link, view)));
    }

    private RibId adj(WorldLink link, int hop, View view) {
        return RibId.adj(
                GapWorld.NETWORK,
                world.hops().get(hop).id(),
                FAMILY,
                view,
                world.names().inSessions(hop, link.upstream() == hop ? link.downstream() : link.upstream()));
    }

    private Trace adjTrace(WorldLink ends, View view) {
        return new Trace(
                ROW,
                second -> world.linksAt(second).stream()
                        .filter(link -> link.upstream() == ends.upstream() && link.downstream() == ends.downstream())
                        .filter(link -> isIn(view, link, second))
                        .findFirst()
                        .map(link -> new Offers(List.of(offer(view, link, second))))
                        .orElse(null));
    }

    private Offer offer(View view, WorldLink link, int second) {
        return switch (view) {
            case ADJ_RIB_OUT_REJECTED -> new Offer(-1, true, truth.isTaggedBefore(link, second), false);
            case ADJ_RIB_OUT_POST -> new Offer(-1, true, truth.isTaggedBefore(link, second) && !link.strips(), false);
            default -> new Offer(link.upstream(), true, truth.isTagged(link, second), false);
        };
    }

    private boolean isIn(View view, WorldLink link, int second) {
        return switch (view) {
            case ADJ_RIB_IN_PRE -> truth.isReceived(link, second);
            case ADJ_RIB_IN_REJECTED -> truth.isRefused(link, second);
            case ADJ_RIB_OUT_POST -> truth.isSent(link, second);
            case ADJ_RIB_OUT_REJECTED -> truth.isKeptBack(link, second);
            default -> throw new IllegalArgumentException("no table of one neighbour: " + view);
        };
    }

    private List<Trace> sessions(int hop) {
        var traces = new LinkedHashMap<RowKey, Trace>();
        for (var link : world.links()) {
            if (link.sort() != Sort.INSTALL && (link.upstream() == hop || link.downstream() == hop)) {
                int other = link.upstream() == hop ? link.downstream() : link.upstream();
                var name = world.names().inSessions(hop, other);
                var key = RowKey.of(name);
                traces.put(key, new Trace(key, second -> session(name, hop, other, second)));
            }
        }
        return List.copyOf(traces.values());
    }

    /**
     * What a neighbour's row shows.
     *
     * @param received at some hops a count that moves all the time
     */
    record Neighbour(PeerId name, SessionState state, long received) {}

    private @Nullable Object session(PeerId name, int hop, int other, int second) {
        if (truth.isUp(hop, other, second)) {
            return new Neighbour(name, SessionState.ESTABLISHED, hop % 2 == 0 ? second / 2 : 0);
        }
        var trying = hop % 3 == 0 && second / 6 % 2 == 0 ? SessionState.CONNECT : SessionState.ACTIVE;
        return world.hops().get(hop).listsDown() ? new Neighbour(name, trying, 0) : null;
    }
}
