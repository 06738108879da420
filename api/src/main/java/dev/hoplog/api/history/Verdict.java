package dev.hoplog.api.history;

import dev.hoplog.history.RouteHistory;
import dev.hoplog.history.Truth;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a prefix stopped reaching, judged at an instant.
 *
 * <pre>
 *   state at the instant     stops so far      outcome
 *   not known                                  UNKNOWN, with the last known state
 *   usable                   none              STILL_REACHING
 *   usable                   some              STOPPED_AND_BACK, the last of them
 *   not usable               some              STOPPED, the last of them
 *   not usable               never usable      NEVER_SEEN
 * </pre>
 *
 * A stop counts if the route may have been out of use by it at an instant of the window, also if it began before. One
 * exception: a route that is out of use when judged after the window is answered with its last stop, though it began later.
 *
 * @param judgedAt empty if nothing is known of the table
 * @param now what is known at the judged instant
 * @param stop the last stop before the judged instant
 * @param firstReached the first change up to the judged instant that made it usable, whatever the window
 * @param reachedSince the change that began the stay that the stop ended or that is judged
 * @param otherStops how many other stops count
 * @param firstStop the first of the others
 * @param lastKnown UNKNOWN only: the last instant at which the state was known
 * @param lastUsable the route as it was last seen usable, up to the judged instant
 * @param changedUnseen proofs of changes that nobody saw, in the window and up to the judged instant
 */
public record Verdict(
        Outcome outcome,
        Optional<Instant> judgedAt,
        Truth now,
        Optional<Stop> stop,
        Optional<RouteEvent> firstReached,
        Optional<RouteEvent> reachedSince,
        int otherStops,
        Optional<Stop> firstStop,
        Optional<Instant> lastKnown,
        Optional<Change.Seen> lastUsable,
        List<RouteEvent> changedUnseen) {

    /** The five answers. */
    public enum Outcome {
        STOPPED,
        STOPPED_AND_BACK,
        STILL_REACHING,
        NEVER_SEEN,
        UNKNOWN
    }

    /**
     * Judges a history.
     *
     * @param at when to judge; empty: at the end of what is known, or of the window if that is earlier; but not before the
     *     window, of which nothing is known then
     */
    public static Verdict of(RouteHistory history, Optional<Instant> at, Window window) {
        var judgedAt = at.or(() -> history.knownTo()
                .map(end -> window.to().filter(end::isAfter).orElse(end))
                .map(end -> window.from().filter(end::isBefore).orElse(end)));
        if (judgedAt.isEmpty()) {
            var nothing = new Truth.NotObserved(window.to().orElse(Instant.EPOCH));
            return new Verdict(
                    Outcome.UNKNOWN,
                    judgedAt,
                    nothing,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of());
        }
        return judged(history, judgedAt.get(), window);
    }

    private static Verdict judged(RouteHistory history, Instant judgedAt, Window window) {
        var now = history.reachAt(judgedAt);
        var stops = stops(history, judgedAt);
        var counted = new ArrayList<>(
                stops.stream().filter(stop -> stop.meets(window)).toList());
        if (counted.isEmpty() && now.isKnown() && !now.isUsable() && !stops.isEmpty()) {
            counted.add(stops.getLast());
        }
        var stop = counted.isEmpty() ? Optional.<Stop>empty() : Optional.of(counted.getLast());
        return new Verdict(
                outcome(now, stop),
                Optional.of(judgedAt),
                now,
                stop,
                reached(history, judgedAt).findFirst(),
                stop.map(Stop::began).orElseGet(() -> reached(history, judgedAt).reduce((earlier, later) -> later)),
                Math.max(0, counted.size() - 1),
                counted.size() > 1 ? Optional.of(counted.getFirst()) : Optional.empty(),
                now.isKnown() ? Optional.empty() : history.lastKnown(judgedAt),
                lastUsable(history, judgedAt),
                history.events().stream()
                        .filter(event -> event.change() instanceof Change.ChangedUnseen
                                && !event.bounds().atOrBefore().isAfter(judgedAt)
                                && window.meets(event.bounds()))
                        .toList());
    }

    private static Outcome outcome(Truth now, Optional<Stop> stop) {
        if (!now.isKnown()) {
            return Outcome.UNKNOWN;
        }
        if (now.isUsable()) {
            return stop.isPresent() ? Outcome.STOPPED_AND_BACK : Outcome.STILL_REACHING;
        }
        return stop.isPresent() ? Outcome.STOPPED : Outcome.NEVER_SEEN;
    }

    /** All stops that are over at the instant, each with the return that is. */
    private static List<Stop> stops(RouteHistory history, Instant upTo) {
        var stops = new ArrayList<Stop>();
        var began = Optional.<RouteEvent>empty();
        var stopped = Optional.<RouteEvent>empty();
        for (var event : history.events()) {
            if (event.bounds().atOrBefore().isAfter(upTo)) {
                break;
            }
            boolean before = history.isUsableBefore(event);
            boolean after = history.isUsableAfter(event);
            if (before && !after) {
                stopped = Optional.of(event);
            } else if (!before && after) {
                if (stopped.isPresent()) {
                    stops.add(new Stop(began, stopped.get(), Optional.of(event)));
                    stopped = Optional.empty();
                }
                began = Optional.of(event);
            }
        }
        if (stopped.isPresent()) {
            stops.add(new Stop(began, stopped.get(), Optional.empty()));
        }
        return stops;
    }

    /** The changes that made it usable, ascending. */
    private static Stream<RouteEvent> reached(RouteHistory history, Instant upTo) {
        return history.events().stream()
                .filter(event -> !event.bounds().atOrBefore().isAfter(upTo)
                        && !history.isUsableBefore(event)
                        && history.isUsableAfter(event));
    }

    /** Before a stop the route is known as the event saw it last; otherwise as the last event left it. */
    private static Optional<Change.Seen> lastUsable(RouteHistory history, Instant upTo) {
        return history.events().stream()
                .filter(event -> !event.bounds().atOrBefore().isAfter(upTo))
                .filter(event -> history.isUsableAfter(event) || history.isUsableBefore(event))
                .reduce((earlier, later) -> later)
                .flatMap(event -> history.isUsableAfter(event)
                        ? event.change().after()
                        : event.change().before());
    }
}
