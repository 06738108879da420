package dev.hoplog.streams.gap;

import dev.hoplog.model.RibId;
import java.time.Instant;
import java.util.Optional;

/**
 * What a subject waits for.
 *
 * @param until the table must be settled up to there; empty: it must fall silent, be observed again, or change, if it is a
 *     session table
 */
public record Wait(RibId table, Optional<Instant> until) {
    static Wait until(RibId table, Instant until) {
        return new Wait(table, Optional.of(until));
    }

    static Wait forTurn(RibId table) {
        return new Wait(table, Optional.empty());
    }
}
