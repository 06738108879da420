package dev.hoplog.history;

import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.Change.Seen;
import java.time.Instant;
import java.util.Optional;

/** What is known of a route in a table at an instant: law one. */
public sealed interface Truth {
    /**
     * It is in the table.
     *
     * @param selected whether a lookup may end at it, which it also does where the route leads nowhere
     * @param since the last change before the instant
     */
    record Present(Seen seen, boolean usable, boolean selected, RouteEvent since) implements Truth {}

    /**
     * The table was observed and did not have it.
     *
     * @param since its withdrawal; empty: it was never there before
     */
    record Absent(Optional<RouteEvent> since) implements Truth {}

    /** Nobody looked. */
    record NotObserved(Instant instant) implements Truth {}

    /** The instant lies inside the bounds of a change: neither the old nor the new state may be claimed. */
    record Undecided(RouteEvent change) implements Truth {
        /** What it was before that change or, if it was not there, what it became. */
        public Seen nearest() {
            return change.change().before().or(change.change()::after).orElseThrow();
        }
    }

    /** Whether it is known either way. */
    default boolean isKnown() {
        return this instanceof Present || this instanceof Absent;
    }

    /** Whether it is certain that the table would use it. */
    default boolean isUsable() {
        return this instanceof Present present && present.usable();
    }

    /** Whether it is certain that a lookup may end at it. */
    default boolean isSelected() {
        return this instanceof Present present && present.selected();
    }
}
