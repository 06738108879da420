package dev.hoplog.api.history;

import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.DaemonState;
import dev.hoplog.model.RibId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A daemon goes by another router id or AS number than before: every neighbour meets a stranger, whether it restarted or
 * not.
 *
 * @param rib the session table that proves it
 * @param before what it last said of itself as the old one
 * @param after what it first said of itself as the new one
 */
public record IdentityChange(RibId rib, DaemonState before, DaemonState after, Bounds bounds) {
    /** Who it was, and when the reading began that last proved it; empty: not known, open to the past. */
    private record Known(DaemonState daemon, Optional<Instant> lastProof) {}

    /**
     * The last one that the events of one session table prove, over withdrawals and over readings that did not say who it
     * was.
     *
     * @param events of the daemon's row, ascending; others are passed over
     */
    public static Optional<IdentityChange> last(List<RouteEvent> events) {
        Optional<IdentityChange> last = Optional.empty();
        Optional<Known> known = Optional.empty();
        for (var event : events) {
            var was = identified(event.change().before());
            var is = identified(event.change().after());
            if (was.isPresent()) {
                known = Optional.of(new Known(was.get(), event.bounds().after()));
            }
            if (is.isPresent()) {
                if (known.isPresent() && differ(known.get().daemon, is.get())) {
                    last = Optional.of(
                            new IdentityChange(event.rib(), known.get().daemon, is.get(), bounds(known.get(), event)));
                }
                known = Optional.of(new Known(is.get(), event.bounds().after()));
            }
        }
        return last;
    }

    /** Empty unless it says who it is. */
    private static Optional<DaemonState> identified(Optional<Seen> seen) {
        return seen.map(Seen::row)
                .filter(DaemonState.class::isInstance)
                .map(DaemonState.class::cast)
                .filter(daemon ->
                        daemon.routerId().isPresent() || daemon.localAsn().isPresent());
    }

    private static boolean differ(DaemonState one, DaemonState other) {
        return contradict(one.routerId(), other.routerId()) || contradict(one.localAsn(), other.localAsn());
    }

    /** What is not said contradicts nothing. */
    private static <T> boolean contradict(Optional<T> one, Optional<T> other) {
        return one.isPresent() && other.isPresent() && !one.equals(other);
    }

    /** The event's own, unless the old identity was last proven before an absence. */
    private static Bounds bounds(Known old, RouteEvent event) {
        return old.lastProof.equals(event.bounds().after())
                ? event.bounds()
                : new Bounds(old.lastProof, event.bounds().atOrBefore(), Optional.empty());
    }
}
