package dev.hoplog.truth;

import dev.hoplog.gap.Histories;
import dev.hoplog.history.Readers;
import dev.hoplog.history.RouteHistory;
import dev.hoplog.log.LogEntry;
import dev.hoplog.log.LogEntry.BlindMark;
import dev.hoplog.log.LogEntry.CoverageMark;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.RibId;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.TimeSpan;
import dev.hoplog.model.TimeSpans;
import dev.hoplog.model.View;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** A whole log in memory. */
final class LogHistories implements Histories {
    private record Row(RibId rib, RowKey key) {}

    private final Map<Row, List<RouteEvent>> events = new HashMap<>();
    private final Map<RibId, List<TimeSpan>> covered = new HashMap<>();
    private final Map<RibId, Instant> settled = new HashMap<>();
    private final Map<RibId, Readers> readers = new HashMap<>();

    LogHistories(List<LogEntry> log) {
        for (var entry : log) {
            switch (entry) {
                case RouteEvent event ->
                    events.computeIfAbsent(new Row(event.rib(), event.key()), _ -> new ArrayList<>())
                            .add(event);
                case CoverageMark mark -> {
                    var known = covered.computeIfAbsent(mark.rib(), _ -> new ArrayList<>());
                    var coveredTo = known.stream()
                            .map(span -> span.to().minus(1, ChronoUnit.MICROS))
                            .max(Instant::compareTo);
                    readers.put(
                            mark.rib(),
                            readBy(mark.rib()).with(mark.readBy(), mark.coveredFrom(), mark.capturedFrom(), coveredTo));
                    known.add(TimeSpan.closed(mark.coveredFrom(), mark.coveredTo()));
                    settle(mark.rib(), mark.coveredTo());
                }
                case BlindMark mark -> settle(mark.rib(), mark.lastFailedAt());
                case LogEntry.SourceRestart _, LogEntry.ChainPublished _ -> {}
            }
        }
    }

    private void settle(RibId rib, Instant instant) {
        settled.merge(rib, instant, (a, b) -> a.isAfter(b) ? a : b);
    }

    /** All that were ever in a table. */
    SortedSet<Prefix> prefixes() {
        return new TreeSet<>(events.keySet().stream()
                .filter(row -> row.rib().view() != View.SESSIONS)
                .map(row ->
                        Prefix.ofNlri(row.rib().family().version(), row.key().octets()))
                .toList());
    }

    @Override
    public RouteHistory of(RibId rib, RowKey row) {
        return new RouteHistory(
                rib.view(),
                events.getOrDefault(new Row(rib, row), List.of()),
                TimeSpans.of(covered.getOrDefault(rib, List.of())));
    }

    @Override
    public Optional<Instant> settledTo(RibId rib) {
        return Optional.ofNullable(settled.get(rib));
    }

    @Override
    public Readers readBy(RibId rib) {
        return readers.getOrDefault(rib, Readers.none());
    }
}
