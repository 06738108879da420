package dev.hoplog.api.query;

import com.google.protobuf.ByteString;
import dev.hoplog.api.db.Attributes;
import dev.hoplog.api.db.Ids;
import dev.hoplog.api.db.Kinds;
import dev.hoplog.api.db.Times;
import dev.hoplog.api.history.Window;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.Change;
import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.ChangeStamp;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.RibId;
import dev.hoplog.model.RowKey;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Route events as they stood in the log, but for the change stamps of the states before them, which are not projected.
 *
 * <p>For one answer: equal attributes are decoded once.
 */
final class Events {
    /** A flapping route has many events; an answer that had to read more of them would take too long. */
    static final int MOST = 100_000;

    static final String COLUMNS = """
            e.rib_id, p.prefix::text AS prefix, e.at_or_before, e.after, e.best_estimate, e.event_id,
                e.kind, coalesce(e.clock_suspect_us, 0) AS clock_suspect_us,
                e.stamp_kind, e.stamp_earliest, coalesce(e.stamp_width, 0) AS stamp_width, s.snapshot_id, s.scraper, s.clock_error_us,
                a.digest AS after_digest, a.observed AS after_observed, a.route AS after_route,
                b.digest AS before_digest, b.observed AS before_observed, b.route AS before_route
            """;
    static final String DICTIONARIES = """
            JOIN snapshot s ON s.id = e.snapshot_id
            LEFT JOIN attributes a ON a.id = e.attributes_id
            LEFT JOIN attributes b ON b.id = e.before_attributes_id
            """;
    private static final String OF_PREFIX =
            "SELECT " + COLUMNS + " FROM prefix p JOIN route_event e ON e.prefix_id = p.id "
                    + DICTIONARIES
                    + " WHERE p.prefix = CAST(? AS cidr) AND e.rib_id = ANY (?) ORDER BY e.at_or_before, e.rib_id LIMIT ?";
    private static final String AROUND =
            "SELECT " + COLUMNS + " FROM prefix p JOIN route_event e ON e.prefix_id = p.id "
                    + DICTIONARIES
                    + " WHERE p.prefix >> CAST(? AS cidr) AND e.rib_id = ANY (?) ORDER BY e.at_or_before, e.rib_id LIMIT ?";

    private static final String OF_PREFIXES =
            "SELECT " + COLUMNS + " FROM prefix p JOIN route_event e ON e.prefix_id = p.id "
                    + DICTIONARIES
                    + " WHERE p.prefix = ANY (CAST(? AS cidr[])) AND e.rib_id = ANY (?)"
                    + " ORDER BY e.at_or_before, e.rib_id LIMIT ?";

    private static final String IN_WINDOW =
            "SELECT " + COLUMNS + " FROM prefix p JOIN route_event e ON e.prefix_id = p.id "
                    + DICTIONARIES
                    + " WHERE p.prefix = CAST(? AS cidr) AND e.rib_id = ANY (?)"
                    + " AND e.at_or_before >= ?::timestamptz AND e.after < ?::timestamptz"
                    + " ORDER BY e.at_or_before, e.event_id LIMIT ?";

    private final Collection<KnownTable> tables;
    private final Map<UUID, Attributes> attributes = new HashMap<>();
    private final ReadTransaction transaction;

    Events(ReadTransaction transaction, Collection<KnownTable> tables) {
        this.transaction = transaction;
        this.tables = tables;
    }

    /** The first events of a prefix whose bounds meet a window, ascending. */
    List<RouteEvent> in(Window window, Prefix prefix, Collection<KnownTable> tables, int limit) throws SQLException {
        var events = new ArrayList<RouteEvent>();
        try (var statement = transaction.connection().prepareStatement(IN_WINDOW)) {
            statement.setString(1, prefix.toString());
            statement.setArray(2, Parameters.ids(statement, tables));
            statement.setString(3, Parameters.from(window));
            statement.setString(4, Parameters.to(window));
            statement.setInt(5, limit);
            read(statement, (id, event) -> events.add(event));
        }
        return events;
    }

    /** All events of a prefix, by table, ascending. */
    Map<Integer, List<RouteEvent>> of(Prefix prefix, Collection<KnownTable> tables) throws SQLException {
        var byTable = new HashMap<Integer, List<RouteEvent>>();
        read(
                OF_PREFIX,
                prefix,
                tables,
                (id, event) ->
                        byTable.computeIfAbsent(id, key -> new ArrayList<>()).add(event));
        return byTable;
    }

    /** All events of some prefixes, by table and prefix, ascending. */
    Map<RibId, Map<Prefix, List<RouteEvent>>> of(Collection<Prefix> prefixes, Collection<KnownTable> tables)
            throws SQLException {
        var byTable = new HashMap<RibId, Map<Prefix, List<RouteEvent>>>();
        try (var statement = transaction.connection().prepareStatement(OF_PREFIXES)) {
            statement.setArray(
                    1,
                    statement
                            .getConnection()
                            .createArrayOf(
                                    "text",
                                    prefixes.stream().map(Prefix::toString).toArray(String[]::new)));
            statement.setArray(2, Parameters.ids(statement, tables));
            statement.setInt(3, MOST + 1);
            read(
                    statement,
                    (id, event) -> byTable.computeIfAbsent(event.rib(), key -> new HashMap<>())
                            .computeIfAbsent(prefix(event), key -> new ArrayList<>())
                            .add(event));
        }
        return byTable;
    }

    /** All events of all prefixes around a prefix, itself left out, by table and prefix, ascending. */
    Map<Integer, Map<Prefix, List<RouteEvent>>> around(Prefix prefix, Collection<KnownTable> tables)
            throws SQLException {
        var byTable = new HashMap<Integer, Map<Prefix, List<RouteEvent>>>();
        read(
                AROUND,
                prefix,
                tables,
                (id, event) -> byTable.computeIfAbsent(id, key -> new HashMap<>())
                        .computeIfAbsent(prefix(event), key -> new ArrayList<>())
                        .add(event));
        return byTable;
    }

    /** Takes an event of the table with that id. */
    private interface Sink {
        void accept(int ribId, RouteEvent event);
    }

    private void read(String sql, Prefix prefix, Collection<KnownTable> tables, Sink sink) throws SQLException {
        try (var statement = transaction.connection().prepareStatement(sql)) {
            statement.setString(1, prefix.toString());
            statement.setArray(2, Parameters.ids(statement, tables));
            statement.setInt(3, MOST + 1);
            read(statement, sink);
        }
    }

    private void read(PreparedStatement statement, Sink sink) throws SQLException {
        int count = 0;
        try (var row = statement.executeQuery()) {
            while (row.next()) {
                if (++count > MOST) {
                    throw new QueryFailure.TooMuch("more than " + MOST + " events: ask about fewer hops");
                }
                sink.accept(row.getInt("rib_id"), event(row));
            }
        }
    }

    static Prefix prefix(RouteEvent event) {
        var seen = event.change().after().or(event.change()::before).orElseThrow();
        return ((dev.hoplog.model.Route) seen.row()).prefix();
    }

    /** An event from a row with {@link #COLUMNS}. */
    RouteEvent event(ResultSet row) throws SQLException {
        var prefix = Prefix.parse(row.getString("prefix"));
        return new RouteEvent(
                Ids.id(row.getObject("event_id", UUID.class)),
                KnownTable.rib(tables, row.getInt("rib_id")),
                RowKey.of(prefix),
                Ids.id(row.getObject("snapshot_id", UUID.class)),
                Times.bounds(row),
                Times.readBy(row),
                row.getLong("clock_suspect_us"),
                change(row, prefix));
    }

    private Change change(ResultSet row, Prefix prefix) throws SQLException {
        return switch (row.getShort("kind")) {
            case Kinds.APPEARED -> new Change.Appeared(after(row, prefix));
            case Kinds.CHANGED -> new Change.Changed(before(row, prefix), after(row, prefix));
            case Kinds.WITHDRAWN -> new Change.Withdrawn(before(row, prefix));
            default -> new Change.ChangedUnseen(before(row, prefix), after(row, prefix));
        };
    }

    private Seen before(ResultSet row, Prefix prefix) throws SQLException {
        return attributes(row, "before_").of(prefix, Optional.empty());
    }

    private Seen after(ResultSet row, Prefix prefix) throws SQLException {
        return attributes(row, "after_").of(prefix, stamp(row));
    }

    private Attributes attributes(ResultSet row, String which) throws SQLException {
        var digest = row.getObject(which + "digest", UUID.class);
        var known = attributes.get(digest);
        if (known == null) {
            known = new Attributes(
                    digest, row.getLong(which + "observed"), ByteString.copyFrom(row.getBytes(which + "route")));
            attributes.put(digest, known);
        }
        return known;
    }

    private static Optional<ChangeStamp> stamp(ResultSet row) throws SQLException {
        long earliest = row.getLong("stamp_earliest");
        if (row.wasNull()) {
            return Optional.empty();
        }
        var kind = Kinds.stamp(row.getShort("stamp_kind"));
        return Optional.of(new ChangeStamp(kind, earliest, earliest + row.getLong("stamp_width")));
    }
}
