package dev.hoplog.gap;

import dev.hoplog.model.Bounds;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;

/** Bounds of what takes several things. */
final class Moments {
    private Moments() {}

    /** When both of two things had happened. */
    static Bounds later(Bounds a, Bounds b) {
        var last = a.atOrBefore().isBefore(b.atOrBefore()) ? b : a;
        var after = Stream.of(a, b).map(Bounds::after).flatMap(Optional::stream).max(Instant::compareTo);
        var bounds = new Bounds(after, last.atOrBefore(), Optional.empty());
        // The other may have come after the estimate, unless it was over by then.
        var first = last == a ? b : a;
        return last.bestEstimate()
                .filter(estimate -> !estimate.isBefore(first.atOrBefore()))
                .map(bounds::withEstimate)
                .orElse(bounds);
    }

    /** When the first of two things had happened. */
    static Bounds earlier(Bounds a, Bounds b) {
        var first = b.atOrBefore().isBefore(a.atOrBefore()) ? b : a;
        var after = a.after().flatMap(x -> b.after().map(y -> x.isBefore(y) ? x : y));
        return new Bounds(after, first.atOrBefore(), Optional.empty());
    }

    /** At an instant that is known. */
    static Bounds exactly(Instant instant) {
        return Bounds.between(instant.minus(1, ChronoUnit.MICROS), instant);
    }
}
