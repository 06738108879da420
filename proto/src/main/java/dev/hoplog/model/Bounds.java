package dev.hoplog.model;

import java.time.Instant;
import java.util.Optional;

/**
 * When something happened: ({@code after}, {@code atOrBefore}]. Inside, it is undecided.
 *
 * @param after exclusive: the start of the read that last proved the old state; empty: no earlier proof, open to the past
 * @param atOrBefore inclusive: the end of the read that first proved the new state
 * @param bestEstimate the middle of what the source's own word leaves open, always inside the bounds
 */
public record Bounds(Optional<Instant> after, Instant atOrBefore, Optional<Instant> bestEstimate) {
    public Bounds {
        after.ifPresent(a -> {
            if (!a.isBefore(atOrBefore)) {
                throw new IllegalArgumentException("empty bounds (" + a + ", " + atOrBefore + "]");
            }
        });
        bestEstimate.ifPresent(best -> {
            if (best.isAfter(atOrBefore) || after.filter(a -> !a.isBefore(best)).isPresent()) {
                throw new IllegalArgumentException("the estimate " + best + " lies outside its bounds");
            }
        });
    }

    public static Bounds between(Instant after, Instant atOrBefore) {
        return new Bounds(Optional.of(after), atOrBefore, Optional.empty());
    }

    /** Adds an estimate that lies inside. */
    public Bounds withEstimate(Instant estimate) {
        return new Bounds(after, atOrBefore, Optional.of(estimate));
    }

    public boolean contains(Instant instant) {
        return !instant.isAfter(atOrBefore)
                && after.map(a -> a.isBefore(instant)).orElse(true);
    }

    @Override
    public String toString() {
        return "(" + after.map(Instant::toString).orElse("open") + ", " + atOrBefore + "]";
    }
}
