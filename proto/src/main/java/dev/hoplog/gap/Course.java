package dev.hoplog.gap;

import dev.hoplog.history.Readers;
import dev.hoplog.history.RouteHistory;
import dev.hoplog.history.Truth;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.RibId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What is known of a row over time.
 *
 * @param rib of which table
 * @param settledTo after this instant nothing may be said yet; empty: nothing is to come
 * @param readers on whose clock, and when
 */
record Course(RibId rib, RouteHistory history, Optional<Instant> settledTo, Readers readers) {
    /**
     * @param truth inside a change that leaves no doubt that there was a usable route: the route before it
     * @param possible the rows that it may be; none, if it is absent or not observed
     */
    record Step(Standing standing, Truth truth, List<Seen> possible) {
        /** Whether something is so of the row, whichever of those it is; empty: there is none, or it depends. */
        Optional<Boolean> all(Predicate<Seen> holds) {
            var answers = possible.stream().map(holds::test).distinct().toList();
            return answers.size() == 1 ? Optional.of(answers.getFirst()) : Optional.empty();
        }
    }

    Step at(Instant instant) {
        var reach = decided(history.reachAt(instant), instant);
        if (reach instanceof Truth.NotObserved
                && settledTo.filter(instant::isAfter).isPresent()) {
            return new Step(Standing.UNDECIDED, reach, List.of());
        }
        return new Step(Standing.of(reach), reach, possible(reach, instant));
    }

    private List<Seen> possible(Truth reach, Instant instant) {
        if (!(reach instanceof Truth.Present present)) {
            return List.of();
        }
        return Stream.concat(
                        Stream.of(present.seen()),
                        history.changesAround(instant).stream().flatMap(event -> event.change().after().stream()))
                .distinct()
                .toList();
    }

    /** The rows that it may be at an instant, and none if it may be absent; nothing, if it is not observed. */
    List<Optional<Seen>> states(Instant instant) {
        if (!history.covered().contains(instant)) {
            return List.of();
        }
        var before = last(instant).flatMap(event -> event.change().after());
        return Stream.concat(
                        Stream.of(before),
                        history.changesAround(instant).stream()
                                .map(event -> event.change().after()))
                .toList();
    }

    /** What is known at an instant, attributes included. */
    Truth truth(Instant instant) {
        return decided(history.at(instant), instant);
    }

    /** What is known where only something counts: {@link RouteHistory#at(Instant, Predicate)}. */
    Truth truth(Instant instant, Predicate<RouteEvent> doubtful) {
        return decided(history.at(instant, doubtful), instant);
    }

    /**
     * What the last reading before a silence has seen is not decided at its end: a change that is seen after the silence
     * may have begun while that reading went on.
     */
    private Truth decided(Truth truth, Instant instant) {
        return history.covered().contains(instant) ? truth : new Truth.NotObserved(instant);
    }

    /** Every instant in (after, upTo] at which something may turn, on a clock that ticks in microseconds. */
    SortedSet<Instant> turns(Instant after, Instant upTo) {
        var turns = new TreeSet<Instant>();
        settledTo.map(Course::next).ifPresent(turns::add);
        for (var event : history.events()) {
            event.bounds().after().map(Course::next).ifPresent(turns::add);
            turns.add(event.bounds().atOrBefore());
        }
        for (var span : history.covered().spans()) {
            turns.add(span.from());
            turns.add(span.to());
        }
        turns.addAll(readers.changes());
        return after.isBefore(upTo) ? turns.subSet(next(after), next(upTo)) : Collections.emptySortedSet();
    }

    /** When the next change is seen, or another scraper goes on, after an instant. */
    Optional<Instant> pending(Instant after) {
        int over = history.eventsUpTo(after).size();
        return Stream.concat(
                        history.events().stream()
                                .skip(over)
                                .limit(1)
                                .map(event -> event.bounds().atOrBefore()),
                        readers.changes().stream().filter(after::isBefore))
                .min(Instant::compareTo);
    }

    /** When the next change that is seen may begin, after an instant. */
    Optional<Instant> pendingBegin(Instant after) {
        int over = history.eventsUpTo(after).size();
        return over < history.events().size()
                ? history.events().get(over).bounds().after().map(Course::next).filter(after::isBefore)
                : Optional.empty();
    }

    /** When it is known already that observation begins or ends, after an instant. */
    Optional<Instant> pendingCoverage(Instant after) {
        return settledTo.flatMap(settled -> history.covered().spans().stream()
                .flatMap(span -> Stream.of(span.from(), span.to()))
                .filter(turn -> turn.isAfter(after) && !turn.isAfter(settled))
                .min(Instant::compareTo));
    }

    /** By how much times of the two may be apart, as they were read at an instant. */
    Duration clockErrorBeside(Course other, Instant at) {
        return readers.at(at)
                .flatMap(clock -> other.readers.at(at).map(clock::errorBeside))
                .orElse(Duration.ZERO);
    }

    /** Since when it has been certain without a break that what is certain at an instant was so. */
    Instant certainSince(Instant instant) {
        return since(instant, history::leavesReachOpen);
    }

    /**
     * Since when it has been certain without a break that something is so of the row, at an instant at which it is.
     *
     * @param begins whether it begins with a change
     */
    Instant since(Instant instant, Predicate<RouteEvent> begins) {
        var stretch = history.covered().spanAt(instant).map(span -> span.from()).orElse(instant);
        return history.eventsUpTo(instant).reversed().stream()
                .filter(begins)
                .findFirst()
                .map(event -> event.bounds().atOrBefore())
                .filter(stretch::isBefore)
                .orElse(stretch);
    }

    /** Every instant in (after, upTo] at which something may begin to be certain. */
    Stream<Instant> beginnings(Instant after, Instant upTo) {
        return Stream.concat(
                        history.events().stream().map(event -> event.bounds().atOrBefore()),
                        history.covered().spans().stream().map(span -> span.from()))
                .filter(begin -> begin.isAfter(after) && !begin.isAfter(upTo));
    }

    /** Since when the hop has had the prefix, or lacked it, at an instant at which one of the two is known. */
    Bounds standingSince(Instant instant) {
        return history.eventsUpTo(instant).reversed().stream()
                .filter(event -> history.isUsableBefore(event) != history.isUsableAfter(event))
                .findFirst()
                .map(RouteEvent::bounds)
                .orElseGet(() -> new Bounds(
                        Optional.empty(),
                        history.covered().spans().stream()
                                .map(span -> span.from())
                                .filter(from -> !from.isAfter(instant))
                                .findFirst()
                                .orElse(instant),
                        Optional.empty()));
    }

    /** Since when nothing was observed of it, at an instant at which nothing is; {@link Instant#MIN}: since ever. */
    Instant unobservedSince(Instant instant) {
        return history.lastObserved(instant).orElse(Instant.MIN);
    }

    /** Whether it was seen up to an instant, and last without a usable route. */
    boolean lackedLast(Instant instant) {
        return history.lastObserved(instant).isPresent()
                && lastSeenUsable(instant).isEmpty();
    }

    /** The row, if it was usable when it was last seen, however long before. */
    Optional<Seen> lastSeenUsable(Instant instant) {
        return last(instant)
                .filter(history::isUsableAfter)
                .flatMap(event -> event.change().after());
    }

    private Optional<RouteEvent> last(Instant instant) {
        var events = history.eventsUpTo(instant);
        return events.isEmpty() ? Optional.empty() : Optional.of(events.getLast());
    }

    /** As if it were observed at an instant, and still what had been seen last. */
    Step asLastSeen(Instant instant) {
        var last = last(instant);
        return lastSeenUsable(instant)
                .map(seen ->
                        new Step(Standing.HAS, new Truth.Present(seen, true, true, last.orElseThrow()), List.of(seen)))
                .orElseGet(() -> new Step(Standing.LACKS, new Truth.Absent(last), List.of()));
    }

    /** The row as it was last seen usable, whether or not it was lost since. */
    Optional<Seen> lastHad(Instant instant) {
        return lastSeenUsable(instant).or(() -> lastUsable(instant));
    }

    /** The row as it was last seen usable before it was lost. */
    Optional<Seen> lastUsable(Instant instant) {
        return history.eventsUpTo(instant).reversed().stream()
                .filter(history::isUsableBefore)
                .findFirst()
                .flatMap(event -> event.change().before());
    }

    /** Whether it had it from that neighbour before it lost it. */
    boolean hadLast(PeerId neighbour, Instant instant) {
        return lastUsable(instant)
                .filter(seen -> Neighbours.isFrom(seen, neighbour))
                .isPresent();
    }

    static Instant next(Instant instant) {
        return instant.equals(Instant.MAX) || instant.equals(Instant.MIN)
                ? instant
                : instant.plus(1, ChronoUnit.MICROS);
    }
}
