package dev.hoplog.gap;

import dev.hoplog.model.HopId;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where a prefix got lost: between the last hop that has it and the first that lacks it.
 *
 * @param hops from the one to the other, along edges; at least two. Of the hops between nothing was observed
 */
public record Break(List<HopId> hops) {
    public Break {
        hops = List.copyOf(hops);
        if (hops.size() < 2) {
            throw new IllegalArgumentException("a break lies between two hops, not at " + hops);
        }
    }

    /** The last hop that has it. Where a source is lost: the unobserved hop that had it to give. */
    public HopId source() {
        return hops.getFirst();
    }

    /** The first hop that lacks it. */
    public HopId hop() {
        return hops.getLast();
    }

    /** The hop that should have passed it on to the first that lacks it: the source, or one of which nothing was observed. */
    public HopId last() {
        return hops.get(hops.size() - 2);
    }

    /** The hops between, of which nothing was observed; empty: it is one edge. */
    public List<HopId> unobserved() {
        return hops.subList(1, hops.size() - 1);
    }

    @Override
    public String toString() {
        return unobserved().stream()
                .map(between -> "(" + between + ") -> ")
                .collect(Collectors.joining("", source() + " -> ", hop().toString()));
    }
}
