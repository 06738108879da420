package dev.hoplog.api.watch;

import dev.hoplog.api.projector.GapBatch;
import dev.hoplog.api.query.FinalGaps;
import dev.hoplog.api.query.FinalGaps.Said;
import dev.hoplog.api.query.Scope;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Follows a scope through some partitions of the log of gaps. Whether an event is said for the first time, and of which gap,
 * is known once it is projected; until then it is held back, and so is whatever comes after it. Not thread-safe.
 */
final class GapFollower {
    private final FinalGaps projected;
    private final Scope scope;
    private final SortedMap<Integer, Long> positions;
    private final Deque<GapBatch> held = new ArrayDeque<>();

    /** @param positions of the partitions that may have gaps of the scope: the first offset that is not to be left out */
    GapFollower(FinalGaps projected, Scope scope, SortedMap<Integer, Long> positions) {
        this.projected = projected;
        this.scope = scope;
        this.positions = new TreeMap<>(positions);
    }

    /** By partition: the first offset that was neither told nor found to be nothing of it. */
    SortedMap<Integer, Long> positions() {
        return Collections.unmodifiableSortedMap(positions);
    }

    /** The next of its partition. */
    void take(GapBatch batch) {
        held.add(batch);
    }

    /** Whether some of what was taken is not told yet: no more of it is wanted meanwhile. */
    boolean isHoldingBack() {
        return !held.isEmpty();
    }

    /** How many records are held back. */
    int heldBack() {
        return held.stream().mapToInt(batch -> batch.entries().size()).sum();
    }

    /** Tells what can be told now, in the order of the log, each event before the position moves past the next. */
    void tell(Consumer<Said> client) throws SQLException {
        var waiting = new ArrayDeque<GapBatch>();
        while (!held.isEmpty()) {
            var batch = held.remove();
            var said = projected.said(scope, batch);
            if (said.isEmpty()) {
                waiting.add(batch);
                continue;
            }
            said.get().forEach((offset, one) -> {
                positions.put(batch.partition(), offset + 1);
                client.accept(one);
            });
            positions.put(batch.partition(), batch.to());
        }
        held.addAll(waiting);
    }
}
