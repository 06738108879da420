package dev.hoplog.api.history;

import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.TimeSpan;
import dev.hoplog.model.TimeSpans;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A route went out of use.
 *
 * @param began the change that made it usable before; empty if the history does not have it
 * @param stopped the change after which it was not usable any more
 * @param returned the change that made it usable again; empty: none so far
 */
public record Stop(Optional<RouteEvent> began, RouteEvent stopped, Optional<RouteEvent> returned) {
    /**
     * Whether the prefix left the table at any time before it was back; else it was there all the while, and nothing used
     * it. A route on its way out is often read once without being usable before it is gone.
     *
     * @param events of the route, up to the instant that is judged
     */
    public boolean isWithdrawal(List<RouteEvent> events) {
        var from = stopped.bounds().atOrBefore();
        var to = returned.map(event -> event.bounds().atOrBefore()).orElse(Instant.MAX);
        return events.stream()
                .filter(event -> !event.bounds().atOrBefore().isBefore(from)
                        && event.bounds().atOrBefore().isBefore(to))
                .anyMatch(event -> event.change().after().isEmpty());
    }

    /**
     * Whether it may have been out of use at an instant of the window: what was away when the window began counts, though
     * it stopped before. Where it was proven to be back, it was there.
     */
    boolean meets(Window window) {
        boolean mayHaveBegun = new Window(Optional.empty(), window.to()).meets(stopped.bounds());
        boolean wasBack = returned.flatMap(back -> window.from()
                        .filter(from -> !from.isBefore(back.bounds().atOrBefore())))
                .isPresent();
        return mayHaveBegun && !wasBack;
    }

    /** When it was certainly out of use, up to an instant; empty if no instant is certain. */
    public TimeSpans certain(Instant upTo) {
        var from = stopped.bounds().atOrBefore();
        var to = returned.flatMap(event -> event.bounds().after())
                .filter(after -> after.isBefore(upTo))
                .orElse(upTo);
        return from.isAfter(to) ? TimeSpans.none() : TimeSpans.of(TimeSpan.closed(from, to));
    }

    Bounds bounds() {
        return stopped.bounds();
    }
}
