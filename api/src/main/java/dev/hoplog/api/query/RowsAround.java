package dev.hoplog.api.query;

import dev.hoplog.api.db.Times;
import dev.hoplog.api.history.Window;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.View;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The rows of one table, one after the other in the order of their keys, each with the changes that decide its state at one
 * instant or at two. A table of any size is read with the memory of some of its rows.
 */
final class RowsAround {
    private static final int FETCH = 1_000;

    /** Prefixes that were, or may have been, in the table at an instant. */
    private static final String THERE = """
            SELECT stay.prefix_id, 0 AS changes FROM presence stay
            WHERE stay.rib_id = ? AND stay.began_after < ?::timestamptz
                AND (stay.ended_at_or_before IS NULL OR stay.ended_at_or_before > ?::timestamptz)
            GROUP BY stay.prefix_id
            """;

    /** Prefixes that changed, or may have changed, between two instants. */
    private static final String CHANGED = """
            SELECT prefix_id, count(*) AS changes FROM route_event
            WHERE rib_id = ? AND at_or_before > ?::timestamptz AND after < ?::timestamptz
            GROUP BY prefix_id
            """;

    private static final String SQL = """
            SELECT <columns>, asked.position, chosen.changes
            FROM (<chosen>) AS chosen
            JOIN prefix p ON p.id = chosen.prefix_id
            CROSS JOIN (SELECT ?::int4 AS rib_id, instant, position
                FROM unnest(?::timestamptz[]) WITH ORDINALITY AS each (instant, position)) AS asked
            CROSS JOIN LATERAL (<changes>) AS e
            <dictionaries>
            ORDER BY p.prefix, asked.position, e.at_or_before
            """.replace("<columns>", Events.COLUMNS)
            .replace("<changes>", Around.CHANGES)
            .replace("<dictionaries>", Events.DICTIONARIES);

    private final ReadTransaction transaction;
    private final KnownTable table;

    RowsAround(ReadTransaction transaction, KnownTable table) {
        this.transaction = transaction;
        this.table = table;
    }

    /** Takes a row. */
    interface Sink {
        /**
         * @param first the changes around the first instant, ascending
         * @param second those around the second instant, if there is one
         * @param changes how many there were between the two
         */
        void row(List<RouteEvent> first, List<RouteEvent> second, int changes);
    }

    /** Every row that was there at the instant, or may have been; some that certainly were not are among them. */
    void at(Instant instant, Sink sink) throws SQLException {
        if (table.rib().view() == View.SESSIONS) {
            sessions(instant, instant, sink);
        } else {
            routes(THERE, List.of(instant), instant, instant, sink);
        }
    }

    /** Every row that changed between the two, or may have changed. */
    void between(Instant from, Instant to, Sink sink) throws SQLException {
        if (table.rib().view() == View.SESSIONS) {
            sessions(from, to, (first, second, changes) -> {
                if (changes > 0) {
                    sink.row(first, second, changes);
                }
            });
        } else {
            routes(CHANGED, List.of(from, to), from, to, sink);
        }
    }

    private void routes(String chosen, List<Instant> instants, Instant from, Instant to, Sink sink)
            throws SQLException {
        var events = new Events(transaction, List.of(table));
        try (var statement = transaction.connection().prepareStatement(SQL.replace("<chosen>", chosen))) {
            statement.setFetchSize(FETCH);
            statement.setInt(1, table.id());
            statement.setString(2, Times.text(from));
            statement.setString(3, Times.text(to));
            statement.setInt(4, table.id());
            statement.setArray(
                    5,
                    statement
                            .getConnection()
                            .createArrayOf(
                                    "timestamptz",
                                    instants.stream().map(Times::text).toArray()));
            try (var row = statement.executeQuery()) {
                read(row, events, sink);
            }
        }
    }

    private static void read(ResultSet row, Events events, Sink sink) throws SQLException {
        Optional<RowKey> key = Optional.empty();
        var first = new ArrayList<RouteEvent>();
        var second = new ArrayList<RouteEvent>();
        int changes = 0;
        while (row.next()) {
            var event = events.event(row);
            if (key.filter(event.key()::equals).isEmpty()) {
                if (key.isPresent()) {
                    sink.row(List.copyOf(first), List.copyOf(second), changes);
                }
                key = Optional.of(event.key());
                first.clear();
                second.clear();
            }
            changes = row.getInt("changes");
            (row.getInt("position") == 1 ? first : second).add(event);
        }
        if (key.isPresent()) {
            sink.row(List.copyOf(first), List.copyOf(second), changes);
        }
    }

    /** A session table has few rows, and its events are read whole. */
    private void sessions(Instant from, Instant to, Sink sink) throws SQLException {
        var upTo = new Window(Optional.empty(), Optional.of(to));
        var events = new SessionEvents(transaction).in(upTo, List.of(table), Events.MOST + 1);
        if (events.size() > Events.MOST) {
            throw new QueryFailure.TooMuch(
                    "more than " + Events.MOST + " changes of sessions: ask about an earlier time");
        }
        var byKey = new TreeMap<RowKey, List<RouteEvent>>();
        events.forEach(event ->
                byKey.computeIfAbsent(event.key(), key -> new ArrayList<>()).add(event));
        byKey.values()
                .forEach(all -> sink.row(
                        all.stream().filter(event -> begins(event, from)).toList(), all, (int) all.stream()
                                .filter(event -> event.bounds().atOrBefore().isAfter(from))
                                .count()));
    }

    private static boolean begins(RouteEvent event, Instant instant) {
        return !event.bounds().atOrBefore().isAfter(instant)
                || event.bounds().after().map(after -> after.isBefore(instant)).orElse(true);
    }
}
