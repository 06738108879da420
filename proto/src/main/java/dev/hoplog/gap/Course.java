package dev.hoplog.gap;

import dev.hoplog.history.RouteHistory;
import dev.hoplog.history.Truth;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.Change;
import dev.hoplog.model.RibId;
import dev.hoplog.model.Route;
import dev.hoplog.model.RowKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is known of a row over time, as a step function.
 *
 * @param history where it comes from
 * @param steps from each instant to the next; the first is {@link Instant#MIN}
 */
record Course(RouteHistory history, NavigableMap<Instant, Step> steps) {
    /** The standing, and the truth that it comes from. */
    record Step(Standing standing, Truth truth) {}

    static Course of(Histories histories, RibId rib, RowKey row) {
        var history = histories.of(rib, row);
        var settledTo = histories.settledTo(rib);
        var steps = new TreeMap<Instant, Step>();
        for (var instant : turns(history, settledTo)) {
            var truth = history.at(instant);
            boolean isOpen = truth instanceof Truth.NotObserved
                    && settledTo.filter(instant::isAfter).isPresent();
            steps.put(instant, new Step(isOpen ? Standing.UNDECIDED : Standing.of(truth), truth));
        }
        return new Course(history, steps);
    }

    Step at(Instant instant) {
        return steps.floorEntry(instant).getValue();
    }

    SortedSet<Instant> turns() {
        return steps.navigableKeySet();
    }

    /** Since when the hop has had the prefix, or lacked it, at an instant at which one of the two is known. */
    Bounds standingSince(Instant instant) {
        return history.eventsUpTo(instant).reversed().stream()
                .filter(event -> history.isUsableBefore(event) != history.isUsableAfter(event))
                .findFirst()
                .map(RouteEvent::bounds)
                .orElseGet(() -> new Bounds(
                        Optional.empty(),
                        history.covered().spans().isEmpty()
                                ? instant
                                : history.covered().spans().getFirst().from(),
                        Optional.empty()));
    }

    /** The route as it was last seen usable before it was lost. */
    Optional<Route> lastUsable(Instant instant) {
        return history.eventsUpTo(instant).reversed().stream()
                .filter(history::isUsableBefore)
                .findFirst()
                .flatMap(event -> event.change().before())
                .map(Change.Seen::row)
                .filter(Route.class::isInstance)
                .map(Route.class::cast);
    }

    /** Every instant at which something may turn, on a clock that ticks in microseconds. */
    private static SortedSet<Instant> turns(RouteHistory history, Optional<Instant> settledTo) {
        var turns = new TreeSet<Instant>();
        turns.add(Instant.MIN);
        settledTo.map(Course::next).ifPresent(turns::add);
        for (var event : history.events()) {
            event.bounds().after().map(Course::next).ifPresent(turns::add);
            turns.add(event.bounds().atOrBefore());
            // A change that was seen is proven at that instant even where coverage has not reached it.
            turns.add(next(event.bounds().atOrBefore()));
        }
        for (var span : history.covered().spans()) {
            turns.add(span.from());
            turns.add(span.to());
        }
        return turns;
    }

    static Instant next(Instant instant) {
        return instant.plus(1, ChronoUnit.MICROS);
    }
}
