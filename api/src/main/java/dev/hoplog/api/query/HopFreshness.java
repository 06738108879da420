package dev.hoplog.api.query;

import dev.hoplog.api.db.Times;
import dev.hoplog.model.View;
import dev.hoplog.wire.Topics;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import javax.sql.DataSource;

/**
 * How fresh every hop is and how far the projection stands, in one cheap look for who looks often: it reads the end of
 * each table's history and nothing of what happened before, however long that is.
 *
 * @param groups the tables of one view of one hop, whatever their number: a route server has thousands of neighbours
 * @param positions by topic and partition: the first offset that is not projected
 */
public record HopFreshness(List<Group> groups, Map<String, SortedMap<Integer, Long>> positions) {
    /**
     * As {@link HopStatus} judges: blind is a table whose last scrape failed. Materialized, or each aggregate would look
     * for itself.
     */
    private static final String SELECT = """
            WITH known AS MATERIALIZED (
                SELECT rib.*,
                    (SELECT CASE WHEN count(covered_to) = projection.partitions THEN min(covered_to) END
                     FROM generate_series(0, projection.partitions - 1) AS log (partition)
                     CROSS JOIN LATERAL (
                        SELECT covered_to FROM coverage
                        WHERE rib_id = rib.id AND log_partition = log.partition ORDER BY covered_from DESC LIMIT 1) last
                    ) AS until,
                    (SELECT last_failed_at FROM blind
                     WHERE rib_id = rib.id AND log_partition = 0 ORDER BY first_failed_at DESC LIMIT 1) AS failed
                FROM rib CROSS JOIN projection)
            SELECT network, node, daemon, table_name, view,
                count(*) FILTER (WHERE until IS NOT NULL AND (failed IS NULL OR failed <= until)) AS observed,
                count(*) FILTER (WHERE failed > until OR (until IS NULL AND failed IS NOT NULL)) AS blind,
                count(*) FILTER (WHERE until IS NULL AND failed IS NULL) AS unread,
                min(until) AS oldest, max(until) AS newest
            FROM known
            GROUP BY network, node, daemon, table_name, view
            ORDER BY network, node, daemon, table_name, view
            """;

    /**
     * The tables of one view of one hop.
     *
     * @param hop with its node
     * @param observed how many were observed whole when they were last asked for
     * @param blind how many were not, though asked for
     * @param unread how many nothing is known of yet
     * @param oldest up to when the table is known that is known for the shortest; empty: none is
     * @param newest up to when the table is known that is known for the longest
     */
    public record Group(
            String network,
            String node,
            String hop,
            View view,
            long observed,
            long blind,
            long unread,
            Optional<Instant> oldest,
            Optional<Instant> newest) {}

    /** @param limit after which the database gives up */
    public static HopFreshness read(DataSource dataSource, Duration limit) throws SQLException {
        var groups = new ArrayList<Group>();
        try (var transaction = ReadTransaction.begin(dataSource, limit)) {
            try (var statement = transaction.connection().prepareStatement(SELECT);
                    var row = statement.executeQuery()) {
                while (row.next()) {
                    var node = row.getString("node");
                    groups.add(new Group(
                            row.getString("network"),
                            node,
                            node + "/" + row.getString("daemon") + "/" + row.getString("table_name"),
                            View.parse(row.getString("view")),
                            row.getLong("observed"),
                            row.getLong("blind"),
                            row.getLong("unread"),
                            Times.optionalInstant(row, "oldest"),
                            Times.optionalInstant(row, "newest")));
                }
            }
            return new HopFreshness(
                    groups,
                    Map.of(
                            Topics.ROUTE_EVENT,
                            transaction.positions(transaction.allPartitions()),
                            Topics.GAP_EVENT,
                            FinalGaps.known(transaction, transaction.allPartitions()),
                            Topics.REJECTED,
                            Rejected.positions(transaction)));
        }
    }
}
