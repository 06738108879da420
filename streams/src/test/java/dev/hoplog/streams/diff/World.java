package dev.hoplog.streams.diff;

import dev.hoplog.log.LogEntry;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.Id;
import dev.hoplog.model.TimeSpan;
import dev.hoplog.model.TimeSpans;
import dev.hoplog.wire.SnapshotPart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ObjIntConsumer;

/** One RIB's rules over plain maps, and all that came of them. */
public final class World implements Memory {
    RibState state = RibState.unknown();
    final List<LogEntry> log = new ArrayList<>();
    final List<Rejection> rejections = new ArrayList<>();
    int duplicates;
    private final TreeMap<Integer, StoredLeaf> leaves = new TreeMap<>();
    private final Map<Instant, Id> takenIn = new HashMap<>();

    World take(List<SnapshotPart> parts) {
        parts.forEach(part -> take(part, Instant.EPOCH));
        return this;
    }

    public World take(SnapshotPart part) {
        return take(part, Instant.EPOCH);
    }

    World take(SnapshotPart part, Instant appendedAt) {
        state = RibRules.apply(state, part, appendedAt, this, effect -> {
            switch (effect) {
                case Effect.Append append -> log.add(append.entry());
                case Effect.Store store -> leaves.put(store.leaf(), store.stored());
                case Effect.Drop drop -> leaves.remove(drop.leaf());
                case Effect.Remember remember ->
                    takenIn.put(
                            remember.takenIn().capturedTo(), remember.takenIn().id());
                case Effect.Reject reject -> rejections.add(reject.rejection());
                case Effect.CountDuplicate _ -> duplicates++;
            }
        });
        return this;
    }

    public List<LogEntry> log() {
        return log;
    }

    public List<Rejection> rejections() {
        return rejections;
    }

    List<RouteEvent> events() {
        return log.stream()
                .filter(RouteEvent.class::isInstance)
                .map(RouteEvent.class::cast)
                .toList();
    }

    /** Kinds and rows of the events, in order: {@code Appeared 10.0.0.0/8}. */
    List<String> told() {
        return events().stream()
                .map(event -> event.change().getClass().getSimpleName() + " "
                        + (event.change()
                                                .after()
                                                .or(event.change()::before)
                                                .orElseThrow()
                                                .row()
                                        instanceof dev.hoplog.model.Route route
                                ? route.prefix()
                                : event.key()))
                .toList();
    }

    TimeSpans covered() {
        return log.stream()
                .filter(LogEntry.CoverageMark.class::isInstance)
                .map(LogEntry.CoverageMark.class::cast)
                .map(mark -> TimeSpans.of(TimeSpan.closed(mark.coveredFrom(), mark.coveredTo())))
                .reduce(TimeSpans.none(), TimeSpans::union);
    }

    @Override
    public Optional<StoredLeaf> leaf(int number) {
        return Optional.ofNullable(leaves.get(number));
    }

    @Override
    public void forEachLeaf(ObjIntConsumer<StoredLeaf> action) {
        leaves.forEach((number, leaf) -> action.accept(leaf, number));
    }

    @Override
    public Optional<Id> takenInAt(Instant capturedTo) {
        return Optional.ofNullable(takenIn.get(capturedTo));
    }
}
