package dev.hoplog.history;

import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.Change;
import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.Route;
import dev.hoplog.model.TimeSpan;
import dev.hoplog.model.TimeSpans;
import dev.hoplog.model.View;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Everything that happened to one route in one table, and when the table was observed.
 *
 * <pre>
 *   covered      |———————————————————|          |————————————|
 *   events            (a    b]                (c     d]
 *   truth     ?  old  |  ?  |  new    |    ?         | newer |  ?
 * </pre>
 *
 * Between observed instants without a change the state is the old one. Strictly inside the bounds of a change it is
 * undecided; at exactly their end the new state holds, since it was seen there, even where coverage has not reached that
 * instant yet. Bounds of successive changes may overlap, by the time that a reading took.
 *
 * @param view of the table: what usable means
 * @param events of the route in this table, ascending
 * @param covered when the table was observed whole and all its events up to there are in {@code events}
 */
public record RouteHistory(View view, List<RouteEvent> events, TimeSpans covered) {
    public RouteHistory {
        events = List.copyOf(events);
        for (int i = 1; i < events.size(); i++) {
            if (!end(events.get(i - 1)).isBefore(end(events.get(i)))) {
                throw new IllegalArgumentException("events out of order at " + end(events.get(i)));
            }
        }
    }

    /** What is known of the route at an instant, its attributes included. */
    public Truth at(Instant instant) {
        return at(instant, event -> true);
    }

    /**
     * The same where only reaching counts, so only {@link Truth#isUsable} and {@link Truth#isKnown} of it mean something
     * inside a change: one from a usable route to another leaves no doubt that there was a usable one. A change that
     * nobody saw does: what it changed to in between is not known.
     */
    public Truth reachAt(Instant instant) {
        return at(instant, event -> leavesOpen(event, this::isUsable));
    }

    /**
     * The same where only the longest match counts, so only {@link Truth#isSelected} and {@link Truth#isKnown} of it mean
     * something inside a change.
     */
    public Truth selectionAt(Instant instant) {
        return at(instant, event -> leavesOpen(event, this::isSelected));
    }

    /**
     * The same where only something counts, so only that means something inside a change that leaves no doubt of it.
     *
     * @param doubtful whether a change does
     */
    public Truth at(Instant instant, Predicate<RouteEvent> doubtful) {
        var last = lastAt(instant);
        boolean proven = last.filter(event -> end(event).equals(instant)).isPresent();
        if (!covered.contains(instant) && !proven) {
            return new Truth.NotObserved(instant);
        }
        var around = changesAround(instant).stream().filter(doubtful).findFirst();
        if (around.isPresent()) {
            return new Truth.Undecided(around.get());
        }
        return last.<Truth>flatMap(event -> event.change().after().map(seen -> present(seen, event)))
                .orElseGet(() -> new Truth.Absent(last));
    }

    /** The changes inside whose bounds the instant lies, ascending. */
    public List<RouteEvent> changesAround(Instant instant) {
        int from = countUpTo(instant);
        int to = from;
        while (to < events.size() && isInside(events.get(to), instant)) {
            to++;
        }
        return events.subList(from, to);
    }

    /** How many changes are over at the instant. */
    private int countUpTo(Instant instant) {
        int from = 0;
        int to = events.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (end(events.get(middle)).isAfter(instant)) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return from;
    }

    /** When it is certain that the table would use the route: where {@link #reachAt} says so. */
    public TimeSpans usable() {
        return certain(this::isUsable);
    }

    /**
     * When it is certain that a lookup that ends at the route leads nowhere, as at a blackhole: selected and not usable. What
     * is neither here nor in {@link #usable} is not selected, or not certain.
     */
    public TimeSpans leadingNowhere() {
        return certain(seen -> isSelected(seen) && !isUsable(seen));
    }

    private TimeSpans certain(Predicate<Seen> holds) {
        var spans = new ArrayList<TimeSpan>();
        var seen = new ArrayList<TimeSpan>();
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i).change().after().filter(holds).isPresent()) {
                var from = end(events.get(i));
                spans.add(new TimeSpan(from, i + 1 < events.size() ? end(events.get(i + 1)) : Instant.MAX));
                seen.add(TimeSpan.closed(from, from));
            }
        }
        var undecided = events.stream()
                .filter(event -> leavesOpen(event, holds))
                .map(RouteHistory::inside)
                .flatMap(Optional::stream);
        return TimeSpans.of(spans).intersect(covered.union(TimeSpans.of(seen))).minus(TimeSpans.of(undecided.toList()));
    }

    /** The last instant up to the given one at which it is known whether the route was usable; empty: none. */
    public Optional<Instant> lastKnown(Instant upTo) {
        var candidate = lastObserved(upTo);
        while (candidate.isPresent() && reachAt(candidate.get()) instanceof Truth.Undecided(var change)) {
            // Back to where the old state was proven, which is strictly earlier.
            candidate = change.bounds().after().flatMap(this::lastObserved);
        }
        return candidate;
    }

    /** The end of what is known of this route; empty if its table was never observed. */
    public Optional<Instant> knownTo() {
        return lastObserved(Instant.MAX);
    }

    /** The last instant up to the given one that is covered or that a change was proven at. */
    public Optional<Instant> lastObserved(Instant upTo) {
        var ofCoverage = covered.spans().stream()
                .filter(span -> !span.from().isAfter(upTo))
                .reduce((earlier, later) -> later)
                .map(RouteHistory::last)
                .map(last -> last.isBefore(upTo) ? last : upTo);
        var ofEvents = lastAt(upTo).map(RouteHistory::end);
        return ofCoverage.isEmpty()
                ? ofEvents
                : ofEvents.filter(end -> end.isAfter(ofCoverage.get())).or(() -> ofCoverage);
    }

    /** The last change that is over at the instant. */
    public Optional<RouteEvent> lastAt(Instant instant) {
        int count = countUpTo(instant);
        return count == 0 ? Optional.empty() : Optional.of(events.get(count - 1));
    }

    /** The changes that are over at the instant. */
    public List<RouteEvent> eventsUpTo(Instant instant) {
        return events.subList(0, countUpTo(instant));
    }

    /** Whether it was usable before the change. */
    public boolean isUsableBefore(RouteEvent event) {
        return event.change().before().filter(this::isUsable).isPresent();
    }

    /** Whether it was usable after the change. */
    public boolean isUsableAfter(RouteEvent event) {
        return event.change().after().filter(this::isUsable).isPresent();
    }

    /** Whether it is not certain, inside its bounds, whether there was a usable route. */
    public boolean leavesReachOpen(RouteEvent event) {
        return leavesOpen(event, this::isUsable);
    }

    private static boolean leavesOpen(RouteEvent event, Predicate<Seen> holds) {
        var change = event.change();
        return change instanceof Change.ChangedUnseen
                || change.before().filter(holds).isPresent()
                        != change.after().filter(holds).isPresent();
    }

    private boolean isUsable(Seen seen) {
        return seen.row() instanceof Route route && route.isUsable(view);
    }

    private boolean isSelected(Seen seen) {
        return seen.row() instanceof Route route && route.isSelected(view);
    }

    private Truth.Present present(Seen seen, RouteEvent since) {
        return new Truth.Present(seen, isUsable(seen), isSelected(seen), since);
    }

    private static Instant end(RouteEvent event) {
        return event.bounds().atOrBefore();
    }

    /** At exactly the end the new state was seen: only what lies strictly before it is undecided. */
    private static boolean isInside(RouteEvent event, Instant instant) {
        return event.bounds().contains(instant) && instant.isBefore(end(event));
    }

    private static Optional<TimeSpan> inside(RouteEvent event) {
        var from = event.bounds()
                .after()
                .map(after -> after.plus(1, ChronoUnit.MICROS))
                .orElse(Instant.MIN);
        return from.isBefore(end(event)) ? Optional.of(new TimeSpan(from, end(event))) : Optional.empty();
    }

    /** The last instant of a span, on a clock that ticks in microseconds. */
    private static Instant last(TimeSpan span) {
        return span.to().minus(1, ChronoUnit.MICROS);
    }
}
