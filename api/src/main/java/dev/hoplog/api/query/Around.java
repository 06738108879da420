package dev.hoplog.api.query;

import dev.hoplog.api.db.Columns;
import dev.hoplog.api.db.Times;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.Prefix;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Routes that were, or may have been, in a table at an instant, each with the last change up to then and every change
 * whose bounds have the instant inside: all that decides its state there.
 *
 * <pre>
 *   changes     (a    b]      (c     d]
 *                          (e        |   f]        (g     h]
 *   instant                       ^
 *   fetched     b: the last before it;  d and f: around it;  not h, nor any after it
 * </pre>
 *
 * Bounds of successive changes overlap by the time that a reading took, so more than one may lie around the instant; and
 * which of them leaves open whether the route was usable is not for SQL to say. Bounds go forward, so those around it
 * follow one another, and what this costs follows what it finds, not the length of the history.
 */
final class Around {
    /** Which prefixes, in relation to one that is given. */
    enum Relation {
        /** That one in any case: when it was withdrawn may be what proves its absence. */
        SAME("p.prefix = CAST(? AS cidr)", "p.prefix"),
        INSIDE("p.prefix <<= CAST(? AS cidr)" + STAYS, "p.prefix"),
        AROUND("p.prefix >>= CAST(? AS cidr)" + STAYS, "masklen(p.prefix) DESC");

        private final String condition;
        private final String order;

        Relation(String condition, String order) {
            this.condition = condition;
            this.order = order;
        }
    }

    /** A stay counts unless it certainly began after the instant or was over at it. */
    private static final String STAYS = """
             AND EXISTS (SELECT FROM presence stay
                    WHERE stay.prefix_id = p.id AND stay.rib_id = asked.rib_id AND stay.began_after < asked.instant
                        AND (stay.ended_at_or_before IS NULL OR stay.ended_at_or_before > asked.instant))""";

    /** The changes of prefix {@code p} that decide its state in table {@code asked.rib_id} at {@code asked.instant}. */
    static final String CHANGES = changes("route_event", "prefix_id = p.id AND rib_id = asked.rib_id");

    /** The same of the rows of some table that a condition names. */
    static String changes(String table, String condition) {
        return """
                (SELECT * FROM <table> WHERE <condition>
                    AND at_or_before <= asked.instant ORDER BY at_or_before DESC LIMIT 1)
                UNION ALL
                (SELECT * FROM <table> WHERE <condition>
                    AND at_or_before > asked.instant AND after < asked.instant
                    AND at_or_before < coalesce(
                        (SELECT at_or_before FROM <table> WHERE <condition>
                            AND at_or_before > asked.instant AND after >= asked.instant
                        ORDER BY at_or_before LIMIT 1), 'infinity'))
            """.replace("<table>", table).replace("<condition>", condition);
    }

    private static final String SQL = """
            SELECT <columns>
            FROM unnest(?::int4[], ?::timestamptz[]) AS asked (rib_id, instant)
            CROSS JOIN LATERAL (
                SELECT p.id, p.prefix FROM prefix p
                WHERE <relation>
                ORDER BY <order> LIMIT ?) AS p
            CROSS JOIN LATERAL (<changes>) AS e
            <dictionaries>
            ORDER BY e.rib_id, e.at_or_before
            """;

    private Around() {}

    /**
     * Finds them.
     *
     * @param instants by table id
     * @param limit of prefixes for each table
     * @return by table id and prefix, the most specific or the lowest first; the events of each ascending
     */
    static Map<Integer, Map<Prefix, List<RouteEvent>>> find(
            ReadTransaction transaction,
            Collection<KnownTable> tables,
            Map<Integer, Instant> instants,
            Relation relation,
            Prefix prefix,
            int limit)
            throws SQLException {
        var asked = new Columns("int4", "timestamptz");
        instants.forEach((table, instant) -> asked.row(table, Times.text(instant)));
        var found = new HashMap<Integer, Map<Prefix, List<RouteEvent>>>();
        if (asked.isEmpty()) {
            return found;
        }
        var events = new Events(transaction, tables);
        var sql = SQL.replace("<columns>", Events.COLUMNS)
                .replace("<relation>", relation.condition)
                .replace("<order>", relation.order)
                .replace("<changes>", CHANGES)
                .replace("<dictionaries>", Events.DICTIONARIES);
        try (var statement = transaction.connection().prepareStatement(sql)) {
            asked.bind(statement);
            statement.setString(3, prefix.toString());
            statement.setInt(4, limit);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    var event = events.event(row);
                    found.computeIfAbsent(row.getInt("rib_id"), table -> new TreeMap<>(order(relation)))
                            .computeIfAbsent(Events.prefix(event), key -> new ArrayList<>())
                            .add(event);
                }
            }
        }
        return found;
    }

    private static Comparator<Prefix> order(Relation relation) {
        return relation == Relation.AROUND
                ? Comparator.comparingInt(Prefix::length).reversed()
                : Comparator.naturalOrder();
    }

    /** The events of one table and prefix. */
    static List<RouteEvent> of(Map<Integer, Map<Prefix, List<RouteEvent>>> found, KnownTable table, Prefix prefix) {
        return Optional.ofNullable(found.get(table.id()))
                .flatMap(byPrefix -> Optional.ofNullable(byPrefix.get(prefix)))
                .orElse(List.of());
    }
}
