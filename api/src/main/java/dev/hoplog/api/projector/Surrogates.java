package dev.hoplog.api.projector;

import dev.hoplog.api.db.Attributes;
import dev.hoplog.api.db.Ids;
import dev.hoplog.log.LogEntry.OfTable;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.log.LogEntry.SourceRestart;
import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.HopId;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.RibId;
import dev.hoplog.model.Route;
import dev.hoplog.model.ScraperClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The ids of everything that a batch speaks of. Valid within one transaction. */
final class Surrogates {
    static final Dictionary<RibId> RIBS = new Dictionary<>(
            "rib",
            List.of("key", "network", "node", "daemon", "table_name", "family", "view", "peer", "route_distinguisher"),
            List.of("text", "text", "text", "text", "text", "text", "text", "text", "text"),
            Surrogates::columns);
    private static final Dictionary<Reading> SNAPSHOTS = new Dictionary<>(
            "snapshot",
            List.of("snapshot_id", "scraper", "clock_error_us"),
            List.of("uuid", "text", "int8"),
            reading -> new Object[] {
                reading.snapshot(),
                BlindRows.printable(reading.by().name()),
                Math.ceilDiv(reading.by().error().toNanos(), 1_000)
            });
    private static final Dictionary<Prefix> PREFIXES =
            new Dictionary<>("prefix", List.of("prefix"), List.of("cidr"), prefix -> new Object[] {prefix});
    private static final Dictionary<Attributes> ATTRIBUTES = new Dictionary<>(
            "attributes",
            List.of("digest", "observed", "route"),
            List.of("uuid", "int8", "bytea"),
            content -> new Object[] {
                content.digest(), content.observed(), content.route().toByteArray()
            });

    /** A snapshot, and on whose clock it was read. */
    private record Reading(UUID snapshot, ScraperClock by) implements Comparable<Reading> {
        static Reading of(RouteEvent event) {
            return new Reading(Ids.uuid(event.snapshot()), event.readBy());
        }

        static Reading of(SourceRestart restart) {
            return new Reading(Ids.uuid(restart.snapshot()), restart.readBy());
        }

        @Override
        public int compareTo(Reading other) {
            return snapshot.compareTo(other.snapshot);
        }
    }

    private final Map<RibId, Integer> ribs;
    private final Map<Reading, Integer> snapshots;
    private final Map<Prefix, Integer> prefixes;
    private final Map<Attributes, Integer> attributes;
    private final Map<Seen, Attributes> contents;

    private Surrogates(
            Map<RibId, Integer> ribs,
            Map<Reading, Integer> snapshots,
            Map<Prefix, Integer> prefixes,
            Map<Attributes, Integer> attributes,
            Map<Seen, Attributes> contents) {
        this.ribs = ribs;
        this.snapshots = snapshots;
        this.prefixes = prefixes;
        this.attributes = attributes;
        this.contents = contents;
    }

    /** Finds or makes them: always in the order of this method, which is why two projectors cannot deadlock. */
    static Surrogates of(Connection connection, Batch batch) throws SQLException {
        var events = batch.routes().stream().map(Logged::entry).toList();
        var contents = new HashMap<Seen, Attributes>();
        events.stream()
                .flatMap(event -> Stream.concat(event.change().before().stream(), event.change().after().stream()))
                .forEach(seen -> contents.computeIfAbsent(seen, Attributes::of));
        var snapshots = Stream.concat(
                Stream.concat(events.stream(), batch.sessions().stream().map(Logged::entry))
                        .map(Reading::of),
                batch.multicast(SourceRestart.class).stream().map(Logged::entry).map(Reading::of));
        return new Surrogates(
                RIBS.ids(
                        connection,
                        new HashSet<>(batch.entries().stream()
                                .flatMap(logged -> logged.entry() instanceof OfTable entry
                                        ? Stream.of(entry.rib())
                                        : Stream.empty())
                                .toList())),
                SNAPSHOTS.ids(connection, new HashSet<>(snapshots.toList())),
                PREFIXES.ids(
                        connection,
                        new HashSet<>(events.stream().map(Surrogates::prefixOf).toList())),
                ATTRIBUTES.ids(connection, new HashSet<>(contents.values())),
                contents);
    }

    int rib(RibId rib) {
        return known(ribs.get(rib), rib);
    }

    int snapshot(RouteEvent event) {
        return known(snapshots.get(Reading.of(event)), event.snapshot());
    }

    int snapshot(SourceRestart restart) {
        return known(snapshots.get(Reading.of(restart)), restart.snapshot());
    }

    int prefix(RouteEvent event) {
        return known(prefixes.get(prefixOf(event)), event.key());
    }

    int attributes(Seen seen) {
        return known(attributes.get(known(contents.get(seen), seen)), seen);
    }

    private static <V> V known(@Nullable V id, Object key) {
        if (id == null) {
            throw new IllegalStateException("not in this batch: " + key);
        }
        return id;
    }

    private static Prefix prefixOf(RouteEvent event) {
        var seen = event.change().after().or(event.change()::before).orElseThrow();
        return ((Route) seen.row()).prefix();
    }

    private static Object[] columns(RibId rib) {
        HopId hop = rib.hop();
        return new Object[] {
            rib.key(),
            rib.network(),
            hop.node(),
            hop.daemon(),
            hop.table(),
            rib.family(),
            rib.view(),
            rib.peer().map(PeerId::toString).orElse(""),
            rib.routeDistinguisher().orElse("")
        };
    }
}
