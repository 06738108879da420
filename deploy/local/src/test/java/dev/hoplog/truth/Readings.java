package dev.hoplog.truth;

import dev.hoplog.log.LogEntry;
import dev.hoplog.log.LogEntry.CoverageMark;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.Id;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.RibId;
import dev.hoplog.model.Route;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** A log, sorted by what read it: the good readings of each table, and the events that each of them proved. */
record Readings(Map<RibId, List<Reading>> byRib, Map<RibId, Map<Prefix, List<RouteEvent>>> events) {

    /** A snapshot that was read whole, between the two times, both inclusive. */
    record Reading(Id snapshot, Instant from, Instant to) {}

    static Readings of(List<LogEntry> log) {
        var snapshots = new HashMap<RibId, LinkedHashMap<Id, Reading>>();
        var events = new HashMap<RibId, Map<Prefix, List<RouteEvent>>>();
        for (var entry : log) {
            if (entry instanceof CoverageMark mark) {
                snapshots
                        .computeIfAbsent(mark.rib(), rib -> new LinkedHashMap<>())
                        .put(mark.snapshot(), new Reading(mark.snapshot(), mark.capturedFrom(), mark.coveredTo()));
            } else if (entry instanceof RouteEvent event
                    && event.change()
                                    .after()
                                    .or(event.change()::before)
                                    .orElseThrow()
                                    .row()
                            instanceof Route route) {
                events.computeIfAbsent(event.rib(), rib -> new HashMap<>())
                        .computeIfAbsent(route.prefix(), prefix -> new ArrayList<>())
                        .add(event);
            }
        }
        var byRib = new HashMap<RibId, List<Reading>>();
        snapshots.forEach((rib, readings) -> byRib.put(rib, List.copyOf(readings.values())));
        return new Readings(byRib, events);
    }

    List<RouteEvent> eventsOf(RibId rib, Prefix prefix) {
        return events.getOrDefault(rib, Map.of()).getOrDefault(prefix, List.of());
    }

    Optional<RouteEvent> eventOf(RibId rib, Prefix prefix, Reading reading) {
        return eventsOf(rib, prefix).stream()
                .filter(event -> event.snapshot().equals(reading.snapshot()))
                .findFirst();
    }

    /** Every prefix that ever occurred in the table. */
    TreeSet<Prefix> prefixesOf(RibId rib) {
        return new TreeSet<>(events.getOrDefault(rib, Map.of()).keySet());
    }
}
