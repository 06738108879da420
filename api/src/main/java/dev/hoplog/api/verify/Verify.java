package dev.hoplog.api.verify;

import com.google.protobuf.ByteString;
import dev.hoplog.api.db.Attributes;
import dev.hoplog.api.db.Ids;
import dev.hoplog.api.db.Times;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.Route;
import dev.hoplog.model.View;
import dev.hoplog.wire.ChainCodec;
import dev.hoplog.wire.MalformedRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Every invariant of the projection, on live data: those that the schema cannot say, and, since constraints can be
 * dropped and disks lie, what follows from those that it can. Reads only, in one snapshot.
 */
public final class Verify {
    /** Of one invariant, so many examples are shown. */
    private static final int EXAMPLES = 5;

    private static final String ATTRIBUTES_DECODE =
            "attributes decode, are what their digest says, and make a route usable where its events say so";
    private static final String CHAINS_DECODE =
            "versions of a chain decode, and are of the network, name and times that their rows say";

    private static final String ROUTES =
            "(SELECT prefix_id, rib_id, at_or_before, after, kind, usable, attributes_id, before_attributes_id,"
                    + " lag(kind) OVER w AS kind_before, lag(after) OVER w AS after_before FROM route_event"
                    + " WINDOW w AS (PARTITION BY prefix_id, rib_id ORDER BY at_or_before)) AS e";
    private static final String ROUTE_NAME = "coalesce((SELECT prefix::text FROM prefix WHERE id = e.prefix_id),"
            + " 'prefix ' || e.prefix_id) || ' in ' || coalesce((SELECT key FROM rib WHERE id = e.rib_id), 'rib ' || e.rib_id)";
    private static final Map<String, String> CHECKS = checks();

    private final DataSource dataSource;

    public Verify(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** An invariant that does not hold, and where. */
    public record Finding(String invariant, String where) {}

    /** Empty if all is well. */
    public List<Finding> run() throws SQLException {
        var findings = new ArrayList<Finding>();
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            for (var check : CHECKS.entrySet()) {
                run(connection, check.getKey(), check.getValue(), findings);
            }
            contents(connection, findings);
            chains(connection, findings);
            connection.rollback();
        }
        return findings;
    }

    /** What is looked for, in words. */
    public static List<String> invariants() {
        var all = new ArrayList<>(CHECKS.keySet());
        all.add(ATTRIBUTES_DECODE);
        all.add(CHAINS_DECODE);
        return all;
    }

    private static void run(Connection connection, String invariant, String sql, List<Finding> findings)
            throws SQLException {
        try (var statement = connection.prepareStatement(sql + " LIMIT " + EXAMPLES);
                var row = statement.executeQuery()) {
            while (row.next()) {
                findings.add(new Finding(invariant, row.getString(1)));
            }
        }
    }

    private static Map<String, String> checks() {
        var checks = new LinkedHashMap<String, String>();
        checks.put(
                "a route appears only when it is not there, and changes or goes only when it is",
                "SELECT " + ROUTE_NAME + " || ' at ' || at_or_before FROM " + ROUTES
                        + " WHERE (kind = 1) <> (kind_before IS NULL OR kind_before = 3)");
        checks.put(
                "bounds of successive changes of a route go forward",
                "SELECT " + ROUTE_NAME + " || ' at ' || at_or_before FROM " + ROUTES + " WHERE after < after_before");
        checks.put(
                "only the first change of a route may be open to the past",
                "SELECT " + ROUTE_NAME + " || ' at ' || at_or_before FROM " + ROUTES
                        + " WHERE after = '-infinity' AND kind_before IS NOT NULL");
        checks.put(
                "stays are what the events give",
                "WITH begun AS (SELECT prefix_id, rib_id, after, at_or_before, row_number() OVER"
                        + " (PARTITION BY prefix_id, rib_id ORDER BY at_or_before) AS sequence FROM route_event WHERE kind = 1),"
                        + " ended AS (SELECT prefix_id, rib_id, after, at_or_before, row_number() OVER"
                        + " (PARTITION BY prefix_id, rib_id ORDER BY at_or_before) AS sequence FROM route_event WHERE kind = 3),"
                        + " replayed AS (SELECT prefix_id, rib_id, sequence, begun.after AS began_after,"
                        + " begun.at_or_before AS began_at_or_before, ended.after AS ended_after,"
                        + " ended.at_or_before AS ended_at_or_before"
                        + " FROM begun LEFT JOIN ended USING (prefix_id, rib_id, sequence))"
                        + " SELECT " + ROUTE_NAME + " || ' stay ' || e.sequence FROM"
                        + " ((TABLE replayed EXCEPT SELECT prefix_id, rib_id, sequence, began_after, began_at_or_before,"
                        + " ended_after, ended_at_or_before FROM presence) UNION ALL"
                        + " (SELECT prefix_id, rib_id, sequence, began_after, began_at_or_before, ended_after,"
                        + " ended_at_or_before FROM presence EXCEPT TABLE replayed)) AS e");
        checks.put(
                "stays of a route are numbered without holes, do not overlap, and only the last is open",
                "SELECT " + ROUTE_NAME + " || ' stay ' || e.sequence FROM (SELECT *, row_number() OVER w AS expected,"
                        + " lead(began_at_or_before) OVER w AS next_began FROM presence"
                        + " WINDOW w AS (PARTITION BY prefix_id, rib_id ORDER BY sequence)) AS e"
                        + " WHERE sequence <> expected OR next_began <= ended_at_or_before"
                        + " OR next_began IS NOT NULL AND ended_at_or_before IS NULL");
        checks.put(
                "a row of a session table appears only when it is not there, and changes or goes only when it is",
                "SELECT (SELECT key FROM rib WHERE id = e.rib_id) || ' at ' || at_or_before FROM (SELECT *,"
                        + " lag(kind) OVER (PARTITION BY rib_id, row_key ORDER BY at_or_before) AS kind_before"
                        + " FROM session_event) AS e WHERE (kind = 1) <> (kind_before IS NULL OR kind_before = 3)");
        checks.put(
                "stretches of coverage neither overlap nor touch",
                "SELECT (SELECT key FROM rib WHERE id = e.rib_id) || ' partition ' || log_partition || ' at ' || covered_to"
                        + " FROM (SELECT *, lead(covered_from) OVER (PARTITION BY rib_id, log_partition ORDER BY covered_from)"
                        + " AS next_from FROM coverage) AS e WHERE next_from <= covered_to + interval '1 microsecond'");
        checks.put(
                "coverage never runs ahead of the position",
                "SELECT (SELECT key FROM rib WHERE id = c.rib_id) || ' from ' || c.covered_from || ', partition '"
                        + " || log_partition || ' offset ' || c.last_offset FROM coverage c"
                        + " LEFT JOIN projection_position p USING (log_partition)"
                        + " WHERE p.next_offset IS NULL OR p.next_offset <= c.last_offset");
        checks.put(
                "what was observed has a reader, and another one only where that changes",
                "SELECT (SELECT key FROM rib WHERE id = e.rib_id) || ' since ' || since FROM (SELECT *,"
                        + " lag((scraper, clock_error_us)) OVER (PARTITION BY rib_id ORDER BY since) AS before"
                        + " FROM table_reader) AS e WHERE before = (scraper, clock_error_us) UNION ALL"
                        + " SELECT (SELECT key FROM rib WHERE id = e.rib_id) || ' without one' FROM reading e"
                        + " WHERE NOT EXISTS (SELECT FROM table_reader WHERE rib_id = e.rib_id)");
        checks.put(
                "refused input is counted up to its position and no further",
                "SELECT 'partition ' || log_partition || ' of ' || coalesce((SELECT key FROM rib WHERE id = e.rib_id),"
                        + " 'no table') || ': ' || records || ', the last at offset ' || last_offset"
                        + " FROM (SELECT *, sum(records) OVER (PARTITION BY log_partition) AS counted FROM rejected) e"
                        + " JOIN rejected_position p USING (log_partition)"
                        + " WHERE last_offset >= next_offset OR last_offset < first_offset"
                        + " OR counted > next_offset - first_offset");
        checks.put(
                "positions are of partitions that the log has",
                "SELECT 'partition ' || log_partition FROM projection_position"
                        + " WHERE log_partition >= coalesce((SELECT partitions FROM projection), 0)");
        checks.put(
                "every gap has breaks, numbered without holes, that end at its hop",
                "SELECT g.prefix || ' at ' || g.hop || ' since ' || g.certain_at FROM gap g LEFT JOIN gap_break b"
                        + " USING (gap_id) GROUP BY g.gap_id HAVING count(b.ordinal) = 0"
                        + " OR max(b.ordinal) <> count(b.ordinal) OR bool_or(b.hops[cardinality(b.hops)] <> g.hop)");
        checks.put(
                "what is said of gaps is said of gaps that are there",
                "SELECT 'event ' || event_id || ' of gap ' || gap_id FROM gap_event e"
                        + " WHERE NOT EXISTS (SELECT FROM gap WHERE gap_id = e.gap_id)");
        checks.put(
                "events and stays refer to what is there",
                "SELECT 'route_event of ' || " + ROUTE_NAME + " || ' at ' || at_or_before FROM route_event e"
                        + " WHERE NOT EXISTS (SELECT FROM prefix WHERE id = e.prefix_id)"
                        + " OR NOT EXISTS (SELECT FROM rib WHERE id = e.rib_id)"
                        + " OR NOT EXISTS (SELECT FROM snapshot WHERE id = e.snapshot_id)"
                        + " OR e.attributes_id IS NOT NULL AND NOT EXISTS (SELECT FROM attributes WHERE id = e.attributes_id)"
                        + " OR e.before_attributes_id IS NOT NULL"
                        + " AND NOT EXISTS (SELECT FROM attributes WHERE id = e.before_attributes_id)");
        checks.put(
                "nothing in a dictionary is unused",
                "SELECT * FROM (SELECT 'prefix ' || prefix AS what FROM prefix d"
                        + " WHERE NOT EXISTS (SELECT FROM route_event WHERE prefix_id = d.id) UNION ALL"
                        + " SELECT 'attributes ' || digest FROM attributes d WHERE NOT EXISTS (SELECT FROM route_event e"
                        + " WHERE d.id IN (e.attributes_id, e.before_attributes_id))) AS unused");
        checks.put(
                "prefixes are of the family of their table",
                "SELECT " + ROUTE_NAME
                        + " FROM presence e JOIN prefix p ON p.id = e.prefix_id JOIN rib r ON r.id = e.rib_id"
                        + " WHERE family(p.prefix) <> CASE r.family WHEN 'ipv4-unicast' THEN 4 ELSE 6 END"
                        + " OR r.view = 'sessions'");
        return checks;
    }

    /** What only code can check: octets, and what they mean to a view. */
    private static void contents(Connection connection, List<Finding> findings) throws SQLException {
        var invariant = ATTRIBUTES_DECODE;
        var sql = "SELECT DISTINCT a.id, a.digest, a.observed, a.route, r.view, e.usable, family(p.prefix) AS version"
                + " FROM attributes a JOIN route_event e ON e.attributes_id = a.id JOIN rib r ON r.id = e.rib_id"
                + " JOIN prefix p ON p.id = e.prefix_id";
        try (var statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(1_000);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    var route = ByteString.copyFrom(row.getBytes("route"));
                    long observed = row.getLong("observed");
                    var digest = Attributes.digest(observed, route);
                    var prefix = Prefix.parse(row.getInt("version") == 4 ? "0.0.0.0/0" : "::/0");
                    var seen = new Attributes(digest, observed, route).of(prefix, Optional.empty());
                    boolean usable = ((Route) seen.row()).isUsable(View.parse(row.getString("view")));
                    if (!digest.toString().equals(row.getString("digest")) || usable != row.getBoolean("usable")) {
                        findings.add(new Finding(invariant, "attributes " + row.getString("digest")));
                    }
                }
            }
        } catch (IllegalArgumentException | IllegalStateException e) {
            findings.add(new Finding(invariant, String.valueOf(e.getMessage())));
        }
    }

    private static void chains(Connection connection, List<Finding> findings) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT * FROM chain_version ORDER BY network, version_id");
                var row = statement.executeQuery()) {
            while (row.next()) {
                var where = "chain " + row.getString("version_id") + " of " + row.getString("network");
                try {
                    var version = ChainCodec.decode(row.getBytes("octets"));
                    boolean isAsItsRow = version.network().equals(row.getString("network"))
                            && Ids.uuid(version.id()).equals(row.getObject("version_id"))
                            && version.inForceFrom().equals(Times.open(row, "in_force_from"))
                            && version.publishedAt().equals(Times.instant(row, "published_at"));
                    if (!isAsItsRow) {
                        findings.add(new Finding(CHAINS_DECODE, where));
                    }
                } catch (MalformedRecord e) {
                    findings.add(new Finding(CHAINS_DECODE, where + ": " + e.problem()));
                }
            }
        }
    }
}
