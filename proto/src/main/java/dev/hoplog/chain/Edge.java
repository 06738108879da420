package dev.hoplog.chain;

import dev.hoplog.model.Communities;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Prefix;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What should get from one hop to the next.
 *
 * @param carries the prefixes that should, if the upstream end has them usable; at least one range, ascending. Ranges may
 *     overlap if they require the same
 * @param onlyLearnt whether the upstream end passes on what it learnt from neighbours and keeps its own to itself
 * @param grace how long a route may take from one end to the other; not negative
 * @param from since when the edge is there, inclusive; empty: always
 * @param until when it ended, exclusive; empty: it is there still
 */
public record Edge(
        HopId upstream,
        HopId downstream,
        Link link,
        List<Carried> carries,
        boolean onlyLearnt,
        Duration grace,
        Optional<Instant> from,
        Optional<Instant> until) {
    public static final Duration USUAL_GRACE = Duration.ofSeconds(10);

    public Edge {
        carries = carries.stream().sorted().distinct().toList();
        if (upstream.equals(downstream)) {
            throw new IllegalArgumentException("an edge from " + upstream + " to itself");
        }
        if (carries.isEmpty()) {
            throw new IllegalArgumentException(upstream + " -> " + downstream + " carries nothing");
        }
        for (var carried : carries) {
            carries.stream().filter(carried::contradicts).findFirst().ifPresent(other -> {
                throw new IllegalArgumentException(upstream + " -> " + downstream + " requires one thing of "
                        + carried.range() + " and another of " + other.range() + ", which overlaps");
            });
        }
        if (grace.isNegative()) {
            throw new IllegalArgumentException(upstream + " -> " + downstream + " has a negative grace: " + grace);
        }
        if (from.isPresent() && until.filter(end -> !from.get().isBefore(end)).isPresent()) {
            throw new IllegalArgumentException(
                    upstream + " -> " + downstream + " ends before it begins: " + from.get() + ", " + until.get());
        }
    }

    /** Whether the prefix is one that it should carry. */
    public boolean carries(Prefix prefix) {
        return carries.stream().anyMatch(carried -> carried.range().contains(prefix));
    }

    /** The communities that a route to a prefix needs to get through. */
    public Communities requires(Prefix prefix) {
        return carries.stream()
                .filter(carried -> carried.range().contains(prefix))
                .findFirst()
                .map(Carried::requires)
                .orElse(Communities.none());
    }

    /** Whether it is there at an instant. */
    public boolean isThereAt(Instant instant) {
        return from.map(begin -> !instant.isBefore(begin)).orElse(true)
                && until.map(instant::isBefore).orElse(true);
    }

    /** Whether it is there at any time when the other is. */
    public boolean overlaps(Edge other) {
        return from.flatMap(begin -> other.until.map(begin::isBefore)).orElse(true)
                && other.from.flatMap(begin -> until.map(begin::isBefore)).orElse(true);
    }

    /** Whether it is a session between peers of one AS. */
    public boolean isInternal() {
        return link instanceof Link.Session session && session.kind() == Link.Kind.INTERNAL;
    }

    @Override
    public String toString() {
        return upstream + " -> " + downstream;
    }
}
