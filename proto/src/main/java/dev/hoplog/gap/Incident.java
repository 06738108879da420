package dev.hoplog.gap;

import dev.hoplog.model.Bounds;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Prefix;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One break and all that it took along.
 *
 * @param gaps at least one, ascending by the end of their opening, then by prefix and hop, kind and break
 */
public record Incident(List<Gap> gaps) {
    /** As the gaps of an answer come. */
    public static final Comparator<Gap> ORDER = Comparator.<Gap, Instant>comparing(
                    gap -> gap.opened().atOrBefore())
            .thenComparing(Gap::prefix)
            .thenComparing(Gap::hop)
            .thenComparing(Gap::kind)
            // Several edges of one hop may be degraded at once.
            .thenComparing(gap -> gap.breaks().toString());

    public Incident {
        if (gaps.isEmpty()) {
            throw new IllegalArgumentException("an incident without a gap");
        }
        gaps = gaps.stream().sorted(ORDER).toList();
    }

    /** When the first of its gaps opened. */
    public Bounds started() {
        return gaps.stream().map(Gap::opened).reduce(Moments::earlier).orElseThrow();
    }

    /** When the last of its gaps had ended; empty: one is open. */
    public Optional<Bounds> ended() {
        return gaps.stream().allMatch(gap -> gap.ending().isPresent())
                ? gaps.stream().map(gap -> gap.ending().orElseThrow().bounds()).reduce(Moments::later)
                : Optional.empty();
    }

    /** The gap that opened before all others, if neither the bounds nor the clocks leave a doubt. */
    public Optional<Gap> first() {
        var first = gaps.getFirst();
        return gaps.stream().skip(1).allMatch(first::isOpenedBefore) ? Optional.of(first) : Optional.empty();
    }

    public SortedSet<Prefix> prefixes() {
        return new TreeSet<>(gaps.stream().map(Gap::prefix).toList());
    }

    /** The hops that lacked a prefix, where it got lost and behind, and those that were degraded or stale. */
    public SortedSet<HopId> hops() {
        var hops = new TreeSet<HopId>();
        for (var gap : gaps) {
            hops.add(gap.hop());
            hops.addAll(gap.affected().keySet());
        }
        return hops;
    }
}
