package dev.hoplog.streams.gap;

import dev.hoplog.gap.Beginnings;
import dev.hoplog.gap.Histories;
import dev.hoplog.gap.Learnt;
import dev.hoplog.history.Readers;
import dev.hoplog.history.RouteHistory;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.RibId;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.TimeSpan;
import dev.hoplog.model.TimeSpans;
import dev.hoplog.model.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What is kept of a subject's histories: enough to know everything from its cursor on. */
final class KeptHistories implements Histories {
    private final Memory memory;
    private final Map<RibId, List<RouteEvent>> rows;
    private final Instant givenUpTo;

    /** @param givenUpTo a table that did not tell of itself by then was not observed up to there */
    KeptHistories(Memory memory, Map<RibId, List<RouteEvent>> rows, Instant givenUpTo) {
        this.memory = memory;
        this.rows = rows;
        this.givenUpTo = givenUpTo;
    }

    @Override
    public RouteHistory of(RibId rib, RowKey row) {
        var decided = memory.table(rib).decided();
        if (rib.view() != View.SESSIONS) {
            return new RouteHistory(rib.view(), rows.getOrDefault(rib, List.of()), decided);
        }
        var events = memory.session(rib, row);
        boolean isCut = events.size() == GapRules.MOST_OF_A_SESSION;
        return new RouteHistory(
                rib.view(),
                events,
                isCut
                        ? decided.intersect(TimeSpans.of(
                                new TimeSpan(events.getFirst().bounds().atOrBefore(), Instant.MAX)))
                        : decided);
    }

    @Override
    public Optional<Instant> settledTo(RibId rib) {
        return memory.table(rib).settledTo().map(told -> told.isBefore(givenUpTo) ? givenUpTo : told);
    }

    @Override
    public Readers readBy(RibId rib) {
        return memory.table(rib).readers();
    }

    /**
     * Those of a row's events that say anything of an instant from the given one on: all that end later and, of the others,
     * the last of each kind that a question goes back to.
     */
    static List<RouteEvent> pruned(View view, List<RouteEvent> events, Instant at) {
        var history = new RouteHistory(view, events, TimeSpans.none());
        var past = history.eventsUpTo(at);
        var turned = turned(history, past);
        var arrived = arrived(past);
        var kept = new ArrayList<RouteEvent>();
        for (var event : past) {
            boolean isKept = turned.contains(event)
                    || event.equals(past.getLast())
                    || arrived.contains(event)
                    || isLast(event, past, history::leavesReachOpen)
                    || isLast(event, past, each -> Beginnings.isOfRow(each.change()))
                    || isLast(event, past, history::isUsableBefore)
                    || isLast(event, past, each -> history.isUsableBefore(each) != history.isUsableAfter(each));
            if (isKept) {
                kept.add(event);
            }
        }
        kept.addAll(events.subList(past.size(), events.size()));
        return kept;
    }

    /**
     * Since when an edge should pass it on goes by from whom the hop had it before. Which edges there are may change: so the last
     * change away from each.
     */
    private static Set<RouteEvent> turned(RouteHistory history, List<RouteEvent> past) {
        var turned = new HashMap<Learnt, RouteEvent>();
        for (var event : past.reversed()) {
            if (history.isUsableBefore(event) != history.isUsableAfter(event)) {
                break;
            }
            event.change().before().filter(_ -> history.isUsableBefore(event)).ifPresent(before -> {
                var from = Learnt.of(before);
                if (!event.change().after().map(Learnt::of).equals(Optional.of(from))) {
                    turned.putIfAbsent(from, event);
                }
            });
        }
        return Set.copyOf(turned.values());
    }

    /**
     * A cause may stand on since when a path has been there, or used: so the last changes with which each that is there came and
     * was taken.
     */
    private static Set<RouteEvent> arrived(List<RouteEvent> past) {
        if (past.isEmpty()) {
            return Set.of();
        }
        var arrived = new HashSet<RouteEvent>();
        past.getLast().change().after().stream()
                .flatMap(seen -> Beginnings.namesOfPaths(seen).stream())
                .forEach(name -> {
                    last(past, event -> Beginnings.isOfPath(event.change(), name))
                            .ifPresent(arrived::add);
                    last(past, event -> Beginnings.isOfUse(event.change(), name))
                            .ifPresent(arrived::add);
                });
        return arrived;
    }

    private static boolean isLast(RouteEvent event, List<RouteEvent> past, Predicate<RouteEvent> kind) {
        return last(past, kind).filter(event::equals).isPresent();
    }

    private static Optional<RouteEvent> last(List<RouteEvent> past, Predicate<RouteEvent> kind) {
        return past.reversed().stream().filter(kind).findFirst();
    }
}
