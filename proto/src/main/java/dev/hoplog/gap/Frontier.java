package dev.hoplog.gap;

import dev.hoplog.chain.Edge;
import dev.hoplog.model.HopId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The nearest hops upstream of one of which something is known at an instant. Unobserved hops are looked through.
 *
 * @param sources they have the prefix and should pass it on
 * @param lacking they do not have it, and no edge on the way from there is one that would not have passed it on
 * @param undecided they have it or not: a change is under way, or an unobserved hop would have to pass it on
 * @param origins unobserved hops with nothing behind them that is known: where the prefix may come from
 */
record Frontier(List<Break> sources, Set<HopId> lacking, Set<HopId> undecided, List<Break> origins) {

    /** Whether nothing that is not known could be a source. */
    boolean isSettled() {
        return undecided.isEmpty() && origins.isEmpty();
    }

    /**
     * Looks upstream of a hop.
     *
     * @param edgesInto those that should carry the prefix to a hop, whenever they are there
     * @param steps what is known of the prefix at a hop, at that instant
     * @param passesOn whether an edge should pass on what its upstream end has
     * @param passedOn whether an edge should have passed on what its upstream end had last; true: that is not known
     */
    static Frontier of(
            HopId hop,
            Instant instant,
            Function<HopId, List<Edge>> edgesInto,
            Function<HopId, Course.Step> steps,
            BiPredicate<Edge, Course.Step> passesOn,
            Predicate<Edge> passedOn) {
        var frontier = new Frontier(new ArrayList<>(), new HashSet<>(), new HashSet<>(), new ArrayList<>());
        new Climb(instant, edgesInto, steps, passesOn, passedOn, frontier).up(hop, List.of(), Set.of(hop));
        return frontier;
    }

    private record Climb(
            Instant instant,
            Function<HopId, List<Edge>> edgesInto,
            Function<HopId, Course.Step> steps,
            BiPredicate<Edge, Course.Step> passesOn,
            Predicate<Edge> passedOn,
            Frontier found) {

        /** Returns whether anything leads there. */
        boolean up(HopId hop, List<Edge> below, Set<HopId> visited) {
            boolean any = false;
            for (var edge : edgesInto.apply(hop)) {
                boolean dead = !edge.isThereAt(instant)
                        || visited.contains(edge.upstream())
                        || !below.isEmpty() && !Expectation.passesOn(below.getFirst(), edge);
                if (!dead) {
                    any |= look(edge, below, visited);
                }
            }
            return any;
        }

        /** Returns whether the edge may have brought the prefix. */
        private boolean look(Edge edge, List<Edge> below, Set<HopId> visited) {
            var way = new ArrayList<Edge>();
            way.add(edge);
            way.addAll(below);
            var step = steps.apply(edge.upstream());
            switch (step.standing()) {
                case HAS -> {
                    if (!passesOn.test(edge, step)) {
                        return false;
                    }
                    found.sources.add(along(way));
                }
                case LACKS -> {
                    if (way.stream().allMatch(passedOn)) {
                        found.lacking.add(edge.upstream());
                    }
                }
                case UNDECIDED -> found.undecided.add(edge.upstream());
                case UNOBSERVED -> {
                    var seen = new HashSet<>(visited);
                    seen.add(edge.upstream());
                    if (!up(edge.upstream(), way, seen)) {
                        found.origins.add(along(way));
                    }
                }
            }
            return true;
        }

        private static Break along(List<Edge> way) {
            return new Break(Stream.concat(
                            Stream.of(way.getFirst().upstream()), way.stream().map(Edge::downstream))
                    .toList());
        }
    }
}
