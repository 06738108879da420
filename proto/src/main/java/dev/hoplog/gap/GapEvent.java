package dev.hoplog.gap;

import dev.hoplog.model.Bounds;
import dev.hoplog.model.Communities;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Id;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What happens to a gap, for good: what was said of it is never taken back. */
public sealed interface GapEvent {
    /** Which gap. */
    Id gap();

    /**
     * It is certain that there is one.
     *
     * @param breaks where the prefix gets lost, as far as was certain then
     * @param bounds when it began: the later of the two things that it takes
     * @param certainAt the first instant at which it was certain
     * @param chainVersion by which version of the chain
     */
    record Opened(Id gap, Gap.Kind kind, List<Break> breaks, Bounds bounds, Instant certainAt, Id chainVersion)
            implements GapEvent {
        public Opened {
            breaks = List.copyOf(breaks);
        }
    }

    /** Another way has come up on which the prefix should come, and does not. */
    record BrokenAlso(Id gap, Break way, Instant from) implements GapEvent {}

    /** A hop behind lacks the prefix for the same reason. */
    record Affected(Id gap, HopId hop, Instant from) implements GapEvent {}

    /** An end of it is not observed any more: whether it lasts is not known. */
    record Suspended(Id gap, Instant from) implements GapEvent {}

    /** Its ends are observed again, and it lasts. */
    record Resumed(Id gap, Instant from) implements GapEvent {}

    /**
     * Why. It holds until another cause is said of the same break, or the gap ends. The same is said again when what is
     * said beside it turns.
     *
     * @param at which of its breaks
     * @param evidence what proves it
     * @param lacking communities that the edge requires and that the route was seen without
     * @param onward hops that use the route all the same, where it is {@link Cause#NOT_INSTALLED}: a black hole
     */
    record Explained(
            Id gap,
            Break at,
            Cause cause,
            Instant from,
            List<Evidence> evidence,
            Communities lacking,
            SortedSet<HopId> onward)
            implements GapEvent {
        public Explained {
            evidence = List.copyOf(evidence);
            onward = Collections.unmodifiableSortedSet(new TreeSet<>(onward));
        }
    }

    /** It has ended. */
    record Closed(Id gap, Gap.End end, Bounds bounds) implements GapEvent {}
}
