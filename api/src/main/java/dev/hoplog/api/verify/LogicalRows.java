package dev.hoplog.api.verify;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;

/**
 * What a projection says, whichever way it came about: every row by its natural keys, in their order. Surrogate ids are no
 * part of it, nor is how the log was cut into batches.
 */
public final class LogicalRows {
    private static final int FETCH = 10_000;
    private static final String EVENT_BOUNDS = "e.after, e.at_or_before, e.best_estimate";
    private static final Map<String, String> TABLES = tables();

    /** How many rows, and the SHA-256 over all of them. */
    public record TableHash(long rows, String sha256) {}

    private LogicalRows() {}

    /** By table, in a fixed order. */
    public static Map<String, TableHash> hash(DataSource dataSource) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            var hashes = hash(connection);
            connection.rollback();
            return hashes;
        }
    }

    /** The same within a transaction of the caller's. */
    static Map<String, TableHash> hash(Connection connection) throws SQLException {
        var hashes = new LinkedHashMap<String, TableHash>();
        for (var table : TABLES.entrySet()) {
            hashes.put(table.getKey(), hash(connection, table.getValue()));
        }
        return hashes;
    }

    private static TableHash hash(Connection connection, String sql) throws SQLException {
        var sha256 = sha256();
        long rows = 0;
        try (var statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(FETCH);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    sha256.update(row.getString(1).getBytes(StandardCharsets.UTF_8));
                    sha256.update((byte) '\n');
                    rows++;
                }
            }
        }
        return new TableHash(rows, HexFormat.of().formatHex(sha256.digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private static Map<String, String> tables() {
        var tables = new LinkedHashMap<String, String>();
        tables.put("projection", "SELECT partitions::text FROM projection");
        tables.put(
                "projection_position",
                "SELECT ROW (log_partition, next_offset)::text FROM projection_position ORDER BY log_partition");
        tables.put("rib", "SELECT key FROM rib ORDER BY key COLLATE \"C\"");
        tables.put("prefix", "SELECT prefix::text FROM prefix ORDER BY prefix");
        tables.put(
                "snapshot",
                "SELECT ROW (snapshot_id, scraper, clock_error_us)::text FROM snapshot ORDER BY snapshot_id");
        tables.put("attributes", "SELECT ROW (digest, observed, sha256(route))::text FROM attributes ORDER BY digest");
        tables.put(
                "route_event",
                "SELECT ROW (p.prefix, r.key, " + EVENT_BOUNDS + ", e.event_id, s.snapshot_id, e.kind, e.usable,"
                        + " a.digest, b.digest, e.clock_suspect_us, e.stamp_kind, e.stamp_earliest, e.stamp_width)::text"
                        + " FROM route_event e LEFT JOIN prefix p ON p.id = e.prefix_id LEFT JOIN rib r ON r.id = e.rib_id"
                        + " LEFT JOIN snapshot s ON s.id = e.snapshot_id LEFT JOIN attributes a ON a.id = e.attributes_id"
                        + " LEFT JOIN attributes b ON b.id = e.before_attributes_id"
                        + " ORDER BY p.prefix, r.key COLLATE \"C\", e.at_or_before");
        tables.put(
                "presence",
                "SELECT ROW (p.prefix, r.key, e.sequence, e.began_after, e.began_at_or_before, e.ended_after,"
                        + " e.ended_at_or_before)::text FROM presence e LEFT JOIN prefix p ON p.id = e.prefix_id"
                        + " LEFT JOIN rib r ON r.id = e.rib_id ORDER BY p.prefix, r.key COLLATE \"C\", e.sequence");
        tables.put(
                "session_event",
                "SELECT ROW (r.key, e.row_key, " + EVENT_BOUNDS + ", e.event_id, s.snapshot_id, e.kind, e.before_row,"
                        + " e.after_row, e.clock_suspect_us)::text FROM session_event e"
                        + " LEFT JOIN rib r ON r.id = e.rib_id LEFT JOIN snapshot s ON s.id = e.snapshot_id"
                        + " ORDER BY r.key COLLATE \"C\", e.row_key, e.at_or_before");
        tables.put(
                "restart",
                "SELECT ROW (r.key, " + EVENT_BOUNDS + ", s.snapshot_id, e.evidence)::text FROM restart e"
                        + " LEFT JOIN rib r ON r.id = e.rib_id LEFT JOIN snapshot s ON s.id = e.snapshot_id"
                        + " ORDER BY r.key COLLATE \"C\", e.at_or_before");
        tables.put(
                "coverage",
                "SELECT ROW (r.key, e.log_partition, e.covered_from, e.covered_to, e.last_offset)::text FROM coverage e"
                        + " LEFT JOIN rib r ON r.id = e.rib_id"
                        + " ORDER BY r.key COLLATE \"C\", e.log_partition, e.covered_from");
        tables.put(
                "blind",
                "SELECT ROW (r.key, e.log_partition, e.first_failed_at, e.last_failed_at, e.failures, e.reason,"
                        + " e.detail, e.command)::text FROM blind e LEFT JOIN rib r ON r.id = e.rib_id"
                        + " ORDER BY r.key COLLATE \"C\", e.log_partition, e.first_failed_at");
        tables.put(
                "reading",
                "SELECT ROW (r.key, e.snapshot_id, e.captured_from, e.captured_to, e.row_count, e.command,"
                        + " e.unknown_items, e.daemon_version)::text FROM reading e LEFT JOIN rib r ON r.id = e.rib_id"
                        + " ORDER BY r.key COLLATE \"C\"");
        tables.put(
                "table_reader",
                "SELECT ROW (r.key, e.since, e.scraper, e.clock_error_us)::text FROM table_reader e"
                        + " LEFT JOIN rib r ON r.id = e.rib_id ORDER BY r.key COLLATE \"C\", e.since");
        tables.put(
                "chain_version",
                "SELECT ROW (network, version_id, in_force_from, published_at, sha256(octets))::text FROM chain_version"
                        + " ORDER BY network COLLATE \"C\", version_id");
        tables.put(
                "gap_position",
                "SELECT ROW (log_partition, next_offset)::text FROM gap_position ORDER BY log_partition");
        tables.put("gap_event", "SELECT ROW (event_id, gap_id, log_offset)::text FROM gap_event ORDER BY event_id");
        tables.put("gap", "SELECT ROW (gap.*)::text FROM gap ORDER BY gap_id");
        tables.put("gap_break", "SELECT ROW (b.*)::text FROM gap_break b ORDER BY gap_id, ordinal");
        tables.put(
                "gap_affected",
                "SELECT ROW (a.*)::text FROM gap_affected a ORDER BY gap_id, hop COLLATE \"C\", affected_from");
        tables.put(
                "gap_explanation",
                "SELECT ROW (e.*)::text FROM gap_explanation e ORDER BY gap_id, break_ordinal, explained_from");
        tables.put("gap_suspension", "SELECT ROW (s.*)::text FROM gap_suspension s ORDER BY gap_id, suspended_from");
        tables.put(
                "rejected_position",
                "SELECT ROW (log_partition, first_offset, next_offset)::text FROM rejected_position"
                        + " ORDER BY log_partition");
        tables.put(
                "rejected",
                "SELECT ROW (e.log_partition, r.key, e.records, e.last_offset, e.rejected_at, e.reason, e.detail,"
                        + " e.snapshot_id, e.scraper, e.scraper_epoch, e.source_partition, e.source_offset)::text"
                        + " FROM rejected e LEFT JOIN rib r ON r.id = e.rib_id"
                        + " ORDER BY e.log_partition, r.key COLLATE \"C\"");
        return tables;
    }
}
