package dev.hoplog.streams.gap;

import dev.hoplog.gap.Histories;
import dev.hoplog.history.Readers;
import dev.hoplog.history.RouteHistory;
import dev.hoplog.log.LogEntry;
import dev.hoplog.log.LogEntry.BlindMark;
import dev.hoplog.log.LogEntry.CoverageMark;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.RibId;
import dev.hoplog.model.RowKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A whole log in memory: all events that there are, and when each table was observed as far as that is decided. */
public final class DecidedHistories implements Histories {
    private record Row(RibId table, RowKey key) {}

    private final Map<Row, List<RouteEvent>> events = new HashMap<>();
    private final Map<RibId, TableTrack> tables = new HashMap<>();

    public DecidedHistories(Collection<LogEntry> log) {
        for (var entry : log) {
            switch (entry) {
                case RouteEvent event ->
                    events.computeIfAbsent(new Row(event.rib(), event.key()), _ -> new ArrayList<>())
                            .add(event);
                case CoverageMark mark ->
                    tables.put(mark.rib(), track(mark.rib()).with(mark));
                case BlindMark mark -> tables.put(mark.rib(), track(mark.rib()).with(mark));
                case LogEntry.SourceRestart _, LogEntry.ChainPublished _ -> {}
            }
        }
    }

    private TableTrack track(RibId table) {
        return tables.getOrDefault(table, TableTrack.unknown());
    }

    /** Up to when all of some tables are settled; one that was never heard of is not waited for. */
    public Instant settledTo(Collection<RibId> some) {
        return some.stream()
                .flatMap(table -> settledTo(table).stream())
                .min(Instant::compareTo)
                .orElse(Instant.MIN);
    }

    @Override
    public RouteHistory of(RibId rib, RowKey row) {
        return new RouteHistory(
                rib.view(),
                events.getOrDefault(new Row(rib, row), List.of()),
                track(rib).decided());
    }

    @Override
    public Optional<Instant> settledTo(RibId rib) {
        return track(rib).settledTo();
    }

    @Override
    public Readers readBy(RibId rib) {
        return track(rib).readers();
    }
}
