package dev.hoplog.api.projector;

import dev.hoplog.log.LogEntry;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.View;
import dev.hoplog.wire.Topics;
import java.util.List;

/**
 * A stretch of one partition of the log, to be projected in one transaction.
 *
 * @param from the first offset that is not projected yet, inclusive
 * @param to where the next batch begins, exclusive; may lie beyond the last entry (transaction markers take offsets too)
 * @param entries ascending by offset
 */
public record Batch(int partition, long from, long to, List<Logged<LogEntry>> entries) {
    public Batch {
        entries = List.copyOf(entries);
        if (from > to || entries.stream().anyMatch(logged -> logged.offset() < from || logged.offset() >= to)) {
            throw new IllegalArgumentException("entries outside [" + from + ", " + to + ")");
        }
    }

    /** The entries of one kind. */
    public <E extends LogEntry> List<Logged<E>> of(Class<E> kind) {
        return entries.stream()
                .filter(logged -> kind.isInstance(logged.entry()))
                .map(logged -> new Logged<>(logged.offset(), kind.cast(logged.entry())))
                .toList();
    }

    /** The same, of what every partition has: empty in all partitions but one. */
    public <E extends LogEntry> List<Logged<E>> multicast(Class<E> kind) {
        return partition == Topics.SPOKESMAN ? of(kind) : List.of();
    }

    /** Changes of routes. */
    public List<Logged<RouteEvent>> routes() {
        return of(RouteEvent.class).stream()
                .filter(logged -> logged.entry().rib().view() != View.SESSIONS)
                .toList();
    }

    /** Changes of neighbours and daemons. */
    public List<Logged<RouteEvent>> sessions() {
        return multicast(RouteEvent.class).stream()
                .filter(logged -> logged.entry().rib().view() == View.SESSIONS)
                .toList();
    }

    /** Where in the log this is, for error messages. */
    public String place() {
        return "partition " + partition + ", offsets " + from + " to " + (to - 1);
    }
}
