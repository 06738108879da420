package dev.hoplog.api.history;

import dev.hoplog.model.Bounds;
import java.time.Instant;
import java.util.Optional;

/**
 * A stretch of time that somebody asks about.
 *
 * @param from inclusive; empty: open
 * @param to inclusive; empty: open
 */
public record Window(Optional<Instant> from, Optional<Instant> to) {
    public Window {
        if (from.isPresent() && to.filter(end -> end.isBefore(from.get())).isPresent()) {
            throw new IllegalArgumentException("a window that ends before it begins: from " + from.get() + " to "
                    + to.map(Instant::toString).orElse("") + ": swap the two");
        }
    }

    public static Window open() {
        return new Window(Optional.empty(), Optional.empty());
    }

    /** Whether something with these bounds may have happened in it. */
    public boolean meets(Bounds bounds) {
        boolean endsBefore = from.filter(bounds.atOrBefore()::isBefore).isPresent();
        boolean beginsAfter = to.filter(end ->
                        bounds.after().filter(after -> !after.isBefore(end)).isPresent())
                .isPresent();
        return !endsBefore && !beginsAfter;
    }
}
