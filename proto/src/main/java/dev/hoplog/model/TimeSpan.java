package dev.hoplog.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A stretch of time [{@code from}, {@code to}), never empty.
 *
 * @param from inclusive
 * @param to exclusive
 */
public record TimeSpan(Instant from, Instant to) {
    public TimeSpan {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("an empty span [" + from + ", " + to + ")");
        }
    }

    /** The span that holds both ends, in a world whose clock ticks in microseconds. */
    public static TimeSpan closed(Instant first, Instant last) {
        return new TimeSpan(first, last.plus(1, ChronoUnit.MICROS));
    }

    public boolean contains(Instant instant) {
        return !instant.isBefore(from) && instant.isBefore(to);
    }

    @Override
    public String toString() {
        return "[" + from + ", " + to + ")";
    }
}
