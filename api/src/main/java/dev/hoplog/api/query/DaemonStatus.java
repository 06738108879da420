package dev.hoplog.api.query;

import static java.util.stream.Collectors.groupingBy;

import dev.hoplog.api.history.IdentityChange;
import dev.hoplog.log.LogEntry;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.log.LogEntry.SourceRestart;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.DaemonState;
import dev.hoplog.model.HopId;
import dev.hoplog.model.RibId;
import dev.hoplog.model.View;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the daemon of a hop last said of itself, and what it did to itself, as far as the log proves it.
 *
 * <p>A daemon with tables of two families tells everything twice, each time with bounds of its own. Told is what one of
 * them proves: that whose old state was proven the longest, as nothing that happened later is proven by the others.
 *
 * @param said empty: it has no session table, or the last reading of that does not have it
 * @param lastRestart as any table of the hop proves it
 * @param lastIdentityChange as a session table of the hop proves it
 */
public record DaemonStatus(
        Optional<DaemonState> said, Optional<SourceRestart> lastRestart, Optional<IdentityChange> lastIdentityChange) {
    private static final Comparator<Bounds> BY_LAST_PROOF = Comparator.<Bounds, Instant>comparing(
                    bounds -> bounds.after().orElse(Instant.MIN))
            .thenComparing(Bounds::atOrBefore, Comparator.reverseOrder());

    /** A hop in its network. */
    public record Place(String network, HopId hop) {
        public static Place of(RibId rib) {
            return new Place(rib.network(), rib.hop());
        }
    }

    /** Of the hop of each of these tables. */
    static Map<Place, DaemonStatus> of(ReadTransaction transaction, Collection<KnownTable> tables) throws SQLException {
        var sessions = tables.stream()
                .filter(table -> table.rib().view() == View.SESSIONS)
                .toList();
        var events = new SessionEvents(transaction);
        var last = byPlace(events.lastOfDaemons(sessions), LogEntry.OfTable::rib);
        var restarts = byPlace(events.lastRestarts(tables), LogEntry.OfTable::rib);
        var changes = byPlace(identityChanges(events.changesOfDaemons(sessions)), IdentityChange::rib);

        var statuses = new HashMap<Place, DaemonStatus>();
        for (var table : tables) {
            statuses.computeIfAbsent(
                    Place.of(table.rib()),
                    place -> new DaemonStatus(
                            latest(last.getOrDefault(place, List.of()), RouteEvent::bounds)
                                    .flatMap(DaemonStatus::daemon),
                            latest(restarts.getOrDefault(place, List.of()), SourceRestart::bounds),
                            latest(changes.getOrDefault(place, List.of()), IdentityChange::bounds)));
        }
        return statuses;
    }

    private static <T> Map<Place, List<T>> byPlace(List<T> all, Function<T, RibId> rib) {
        return all.stream().collect(groupingBy(each -> Place.of(rib.apply(each))));
    }

    private static List<IdentityChange> identityChanges(List<RouteEvent> events) {
        return events.stream().collect(groupingBy(RouteEvent::rib)).values().stream()
                .flatMap(ofTable -> IdentityChange.last(ofTable).stream())
                .toList();
    }

    private static <T> Optional<T> latest(List<T> all, Function<T, Bounds> bounds) {
        return all.stream().max(Comparator.comparing(bounds, BY_LAST_PROOF));
    }

    private static Optional<DaemonState> daemon(RouteEvent event) {
        return event.change().after().map(seen -> (DaemonState) seen.row());
    }
}
