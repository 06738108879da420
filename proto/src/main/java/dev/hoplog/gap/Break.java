package dev.hoplog.gap;

import dev.hoplog.chain.Edge;
import dev.hoplog.model.HopId;
import java.util.List;

/**
 * Where a prefix got lost: between the last hop that has it and the first that lacks it.
 *
 * @param edges from the one to the other, in this order; at least one. Of the hops between nothing was observed
 */
public record Break(List<Edge> edges) {
    public Break {
        edges = List.copyOf(edges);
        if (edges.isEmpty()) {
            throw new IllegalArgumentException("a break without an edge");
        }
    }

    /** The last hop that has it. Where a source is lost: the unobserved hop that had it to give. */
    public HopId source() {
        return edges.getFirst().upstream();
    }

    /** The first hop that lacks it. */
    public HopId hop() {
        return edges.getLast().downstream();
    }

    /** The hops between, of which nothing was observed; empty: it is that edge. */
    public List<HopId> unobserved() {
        return edges.stream().skip(1).map(Edge::upstream).toList();
    }

    @Override
    public String toString() {
        return source() + " -> "
                + (edges.size() == 1
                        ? ""
                        : String.join(
                                        " -> ",
                                        unobserved().stream()
                                                .map(hop -> "(" + hop + ")")
                                                .toList())
                                + " -> ")
                + hop();
    }
}
