package dev.hoplog.gap;

import dev.hoplog.model.HopId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What became of a prefix at an edge. */
public sealed interface Crossing {
    /**
     * Both ends have it.
     *
     * @param passage what the route was before and after; empty: the downstream end does not show from whom it has it, or a
     *     change is under way
     */
    record Carried(Optional<Passage> passage) implements Crossing {}

    /** It should have come this way, and the downstream end has it, from elsewhere. */
    record FromElsewhere() implements Crossing {}

    /** It should have come this way, and the downstream end lacks it. */
    record Missing(Finding why) implements Crossing {}

    /**
     * It should come this way, and may still be under way.
     *
     * @param until when that time is over, exclusive
     */
    record UnderWay(Instant until) implements Crossing {}

    /**
     * It should not come this way.
     *
     * @param cameFromThere whether the downstream end has it from there all the same, although the upstream end lacks it
     */
    record NotExpected(Reason reason, boolean cameFromThere) implements Crossing {}

    /**
     * An end is not known.
     *
     * @param unobserved ends at which nobody looked
     * @param undecided ends at which a change is under way, or not everything is read yet
     * @param down what proves that the session is not established; empty: nothing does
     */
    record NotKnown(SortedSet<HopId> unobserved, SortedSet<HopId> undecided, List<Evidence> down) implements Crossing {
        public NotKnown {
            unobserved = Collections.unmodifiableSortedSet(new TreeSet<>(unobserved));
            undecided = Collections.unmodifiableSortedSet(new TreeSet<>(undecided));
            down = List.copyOf(down);
        }
    }

    /** Why an edge should not pass a prefix on. */
    enum Reason {
        /** The upstream end does not have it, or does not use it. */
        UPSTREAM_LACKS,
        /** It is the upstream end's own, and only what it learnt goes that way. */
        OWN,
        /** It was learnt from an internal peer, and the downstream end is another (RFC 4271 section 9.2.1). */
        INTERNAL,
        /** The upstream end has it from the downstream end. */
        BACK_TO_PEER,
        /** The upstream end does not show from whom it has it. */
        NOT_SHOWN
    }
}
