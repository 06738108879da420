package dev.hoplog.api.watch;

import dev.hoplog.api.query.Scope;
import dev.hoplog.api.watch.Watch.Observed;
import dev.hoplog.log.LogEntry;
import dev.hoplog.log.LogEntry.CoverageMark;
import dev.hoplog.log.LogEntry.OfTable;
import dev.hoplog.model.RibId;
import dev.hoplog.model.TimeSpan;
import dev.hoplog.model.TimeSpans;
import dev.hoplog.model.View;
import dev.hoplog.wire.Topics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Follows a scope through some partitions of the log, entry by entry: what of it is to be told, and how far it has come.
 * Entries that every partition has are told once, out of {@link Topics#SPOKESMAN}. Not thread-safe.
 */
final class Follower {
    private final Scope scope;
    private final Set<Integer> ofRoutes;
    private final SortedMap<Integer, Long> positions;
    /** By table and partition: what was observed since the beginning. */
    private final SortedMap<RibId, Map<Integer, TimeSpans>> covered = new TreeMap<>();

    private final Map<RibId, TimeSpans> told = new HashMap<>();
    private final Set<RibId> grown = new HashSet<>();

    /**
     * @param scope of a network
     * @param ofRoutes the partitions that may have its routes
     * @param positions of these and of {@link Topics#SPOKESMAN}: the first offset that is not to be left out
     */
    Follower(Scope scope, Set<Integer> ofRoutes, SortedMap<Integer, Long> positions) {
        this.scope = scope;
        this.ofRoutes = Set.copyOf(ofRoutes);
        this.positions = new TreeMap<>(positions);
    }

    /** By partition: the first offset that was not looked at. */
    SortedMap<Integer, Long> positions() {
        return Collections.unmodifiableSortedMap(positions);
    }

    long position(int partition) {
        return Objects.requireNonNull(positions.get(partition), "a partition that nobody follows");
    }

    /**
     * Takes the next entry of a partition.
     *
     * @return what is to be told of it; empty: nothing
     * @throws IllegalStateException if it was taken before
     */
    Optional<OfTable> take(int partition, long offset, LogEntry entry) {
        if (offset < position(partition)) {
            throw new IllegalStateException("partition " + partition + " stands at offset " + position(partition)
                    + ", and offset " + offset + " comes again");
        }
        positions.put(partition, offset + 1);
        if (!(entry instanceof OfTable ofTable) || !scope.covers(ofTable)) {
            return Optional.empty();
        }
        if (entry instanceof CoverageMark mark) {
            grow(partition, mark);
            return Optional.empty();
        }
        return Scope.isOfAHop(entry) && partition != Topics.SPOKESMAN ? Optional.empty() : Optional.of(ofTable);
    }

    /** Up to before this offset there is nothing more: ends of transactions take offsets and are no entries. */
    void pass(int partition, long offset) {
        positions.merge(partition, offset, Math::max);
    }

    private void grow(int partition, CoverageMark mark) {
        var span = TimeSpans.of(TimeSpan.closed(mark.coveredFrom(), mark.coveredTo()));
        covered.computeIfAbsent(mark.rib(), rib -> new HashMap<>()).merge(partition, span, TimeSpans::union);
        grown.add(mark.rib());
    }

    /** What became known since the last call, ordered by table and time. */
    List<Observed> progress() {
        var progress = new ArrayList<Observed>();
        covered.forEach((rib, byPartition) -> {
            if (grown.contains(rib)) {
                var known = known(rib, byPartition);
                var before = told.getOrDefault(rib, TimeSpans.none());
                known.spans().stream()
                        .filter(span -> !TimeSpans.of(span).minus(before).isEmpty())
                        .forEach(span -> progress.add(new Observed(rib, span)));
                told.put(rib, known);
            }
        });
        grown.clear();
        return progress;
    }

    /** In every partition that has anything of the table. */
    private TimeSpans known(RibId rib, Map<Integer, TimeSpans> byPartition) {
        var partitions = rib.view() == View.SESSIONS ? Set.of(Topics.SPOKESMAN) : ofRoutes;
        return partitions.stream()
                .map(partition -> byPartition.getOrDefault(partition, TimeSpans.none()))
                .reduce(TimeSpans::intersect)
                .orElse(TimeSpans.none());
    }
}
