package dev.hoplog.api.query;

import dev.hoplog.api.db.Ids;
import dev.hoplog.api.db.Times;
import dev.hoplog.log.v1.RejectReason;
import dev.hoplog.model.Id;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Input that was refused, and the last of it.
 *
 * @param count of records
 * @param at when the broker took the last refusal
 * @param scrape empty: the record does not say
 * @param sourcePartition where it stood in {@code hoplog.rib-snapshot.v1}
 */
public record Rejected(
        long count,
        Instant at,
        RejectReason reason,
        String detail,
        Optional<Scrape> scrape,
        int sourcePartition,
        long sourceOffset) {

    /** What the record was a part of, and in which life of which scraper. */
    public record Scrape(Id snapshot, String scraper, long scraperEpoch) {}

    /**
     * All that was refused.
     *
     * @param byTable by table id
     * @param ofNoTable what names none
     * @param positions by partition of {@code hoplog.rejected.v1}: the first offset that is not counted
     */
    record All(Map<Integer, Rejected> byTable, Optional<Rejected> ofNoTable, SortedMap<Integer, Long> positions) {}

    /** A RIB's records share a partition, unless one came under a foreign key: then the latest is the last. */
    private Rejected plus(Rejected other) {
        var last = other.at.isBefore(at) ? this : other;
        return new Rejected(
                count + other.count,
                last.at,
                last.reason,
                last.detail,
                last.scrape,
                last.sourcePartition,
                last.sourceOffset);
    }

    static All read(ReadTransaction transaction) throws SQLException {
        var byTable = new HashMap<Integer, Rejected>();
        Optional<Rejected> ofNoTable = Optional.empty();
        try (var statement =
                        transaction.connection().prepareStatement("SELECT * FROM rejected ORDER BY log_partition");
                var row = statement.executeQuery()) {
            while (row.next()) {
                var rejected = of(row);
                int ribId = row.getInt("rib_id");
                if (row.wasNull()) {
                    ofNoTable = Optional.of(ofNoTable.map(rejected::plus).orElse(rejected));
                } else {
                    byTable.merge(ribId, rejected, Rejected::plus);
                }
            }
        }
        return new All(byTable, ofNoTable, positions(transaction));
    }

    static SortedMap<Integer, Long> positions(ReadTransaction transaction) throws SQLException {
        var positions = new TreeMap<Integer, Long>();
        try (var statement = transaction
                        .connection()
                        .prepareStatement("SELECT log_partition, next_offset FROM rejected_position");
                var row = statement.executeQuery()) {
            while (row.next()) {
                positions.put(row.getInt("log_partition"), row.getLong("next_offset"));
            }
        }
        return positions;
    }

    private static Rejected of(ResultSet row) throws SQLException {
        var snapshot = Optional.ofNullable(row.getObject("snapshot_id", UUID.class));
        var scraper = row.getString("scraper");
        long epoch = row.getLong("scraper_epoch");
        return new Rejected(
                row.getLong("records"),
                Times.instant(row, "rejected_at"),
                Optional.ofNullable(RejectReason.forNumber(row.getInt("reason")))
                        .orElse(RejectReason.REJECT_REASON_UNSPECIFIED),
                row.getString("detail"),
                snapshot.map(id -> new Scrape(Ids.id(id), scraper, epoch)),
                row.getInt("source_partition"),
                row.getLong("source_offset"));
    }
}
