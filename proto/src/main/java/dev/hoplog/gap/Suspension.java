package dev.hoplog.gap;

import dev.hoplog.model.RibId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A time in which it was not known whether a gap lasts.
 *
 * @param from since when, inclusive
 * @param resumed when it was certain again that it lasts; empty: it ended before that, or nobody has seen as far as is known
 * @param unobserved the tables that were not observed when it began: of its ends or, if these were, of other hops that may
 *     have the prefix; ascending
 */
public record Suspension(Instant from, Optional<Instant> resumed, List<RibId> unobserved) {
    public Suspension {
        unobserved = List.copyOf(unobserved);
    }

    Suspension resumed(Instant at) {
        return new Suspension(from, Optional.of(at), unobserved);
    }
}
