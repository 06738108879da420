package dev.hoplog.streams.gap;

import dev.hoplog.chain.ChainTimeline;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.gap.GapEvent;
import dev.hoplog.log.LogEntry;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.HopId;
import dev.hoplog.model.RibId;
import dev.hoplog.model.RowKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The gap step over plain maps, and all that came of it. */
public class MemoryInMaps implements Memory {
    private record Row(RibId table, RowKey key) {}

    private final Map<RibId, TableTrack> tables = new HashMap<>();
    private final Map<Subject, Map<RibId, List<RouteEvent>>> rows = new HashMap<>();
    private final Map<Row, List<RouteEvent>> sessions = new HashMap<>();
    private final Map<Subject, SubjectState> states = new LinkedHashMap<>();
    private final Map<String, List<ChainVersion>> chains = new HashMap<>();
    private final List<String> due = new ArrayList<>();
    private final Map<Subject, List<GapEvent>> told = new LinkedHashMap<>();

    public MemoryInMaps take(LogEntry entry) {
        GapRules.apply(entry, this, this::tell);
        while (!due.isEmpty()) {
            var network = due.removeLast();
            List.copyOf(rows.keySet()).stream()
                    .filter(subject -> subject.network().equals(network))
                    .forEach(subject -> GapRules.look(subject, this, this::tell));
        }
        return this;
    }

    private void tell(Subject subject, GapEvent event) {
        told.computeIfAbsent(subject, _ -> new ArrayList<>()).add(event);
    }

    /** What happened to the gaps of each subject, in the order in which it was said. */
    public Map<Subject, List<GapEvent>> told() {
        return told;
    }

    /** How many events are kept of the row that has most. */
    int longestRow() {
        return rows.values().stream()
                .flatMap(byTable -> byTable.values().stream())
                .mapToInt(List::size)
                .max()
                .orElse(0);
    }

    @Override
    public TableTrack table(RibId table) {
        return tables.getOrDefault(table, TableTrack.unknown());
    }

    @Override
    public void table(RibId table, TableTrack track) {
        tables.put(table, track);
    }

    @Override
    public Map<RibId, TableTrack> tablesOf(String network, HopId hop) {
        return tables.entrySet().stream()
                .filter(entry -> isOf(entry.getKey(), network, hop))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public Map<RibId, List<RouteEvent>> rows(Subject subject) {
        return Map.copyOf(rows.getOrDefault(subject, Map.of()));
    }

    @Override
    public void row(Subject subject, RibId table, List<RouteEvent> events) {
        rows.computeIfAbsent(subject, _ -> new TreeMap<>()).put(table, List.copyOf(events));
    }

    @Override
    public List<RouteEvent> session(RibId table, RowKey row) {
        return sessions.getOrDefault(new Row(table, row), List.of());
    }

    @Override
    public void session(RibId table, RowKey row, List<RouteEvent> events) {
        sessions.put(new Row(table, row), List.copyOf(events));
    }

    @Override
    public Optional<SubjectState> state(Subject subject) {
        return Optional.ofNullable(states.get(subject));
    }

    @Override
    public void state(Subject subject, SubjectState state) {
        states.put(subject, state);
    }

    @Override
    public Map<Subject, Collection<Wait>> waiting(RibId table) {
        var waiting = new LinkedHashMap<Subject, Collection<Wait>>();
        states.forEach((subject, state) -> {
            var waits = state.waits().stream()
                    .filter(wait -> wait.table().equals(table))
                    .toList();
            if (!waits.isEmpty()) {
                waiting.put(subject, waits);
            }
        });
        return waiting;
    }

    @Override
    public Collection<Subject> waiting(String network, HopId hop) {
        return states.entrySet().stream()
                .filter(entry -> entry.getValue().waits().stream().anyMatch(wait -> isOf(wait.table(), network, hop)))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isOf(RibId table, String network, HopId hop) {
        return table.network().equals(network) && table.hop().equals(hop);
    }

    @Override
    public ChainTimeline chains(String network) {
        return ChainTimeline.of(chains.getOrDefault(network, List.of()));
    }

    @Override
    public void chain(ChainVersion version) {
        chains.computeIfAbsent(version.network(), _ -> new ArrayList<>()).add(version);
    }

    @Override
    public void recheck(String network) {
        due.add(network);
    }
}
