package dev.hoplog.api.query;

import dev.hoplog.model.Prefix;
import dev.hoplog.model.RowKey;
import dev.hoplog.wire.Topics;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.sql.DataSource;

/**
 * One answer's view of the projection: read-only and repeatable, so that positions, coverage and events are of one
 * moment. Nothing read in it, surrogate ids above all, is kept beyond it.
 */
final class ReadTransaction implements AutoCloseable {
    private final Connection connection;
    private final int partitions;
    private final SortedMap<Integer, Long> positions;

    private ReadTransaction(Connection connection, int partitions, SortedMap<Integer, Long> positions) {
        this.connection = connection;
        this.partitions = partitions;
        this.positions = positions;
    }

    /** @param limit after which the database gives up */
    static ReadTransaction begin(DataSource dataSource, Duration limit) throws SQLException {
        var connection = dataSource.getConnection();
        try {
            connection.setAutoCommit(false);
            // Of this transaction, not of the connection: the pool's next borrower may be the projector.
            try (var statement = connection.createStatement()) {
                statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;"
                        + " SET LOCAL statement_timeout = " + Math.max(1, limit.toMillis()));
            }
            return begun(connection);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** Reads {@code projection} first: it waits for a swap of schemas, and holds off the next until the end. */
    private static ReadTransaction begun(Connection connection) throws SQLException {
        int partitions = 0;
        var positions = new TreeMap<Integer, Long>();
        try (var statement = connection.prepareStatement("SELECT partitions, log_partition, next_offset"
                        + " FROM projection LEFT JOIN projection_position ON true");
                var row = statement.executeQuery()) {
            while (row.next()) {
                partitions = row.getInt("partitions");
                long position = row.getLong("next_offset");
                if (!row.wasNull()) {
                    positions.put(row.getInt("log_partition"), position);
                }
            }
        }
        return new ReadTransaction(connection, partitions, Collections.unmodifiableSortedMap(positions));
    }

    Connection connection() {
        return connection;
    }

    /** The partition of the log that has everything about a prefix. */
    int partitionOf(Prefix prefix) {
        return partitions == 0 ? 0 : Topics.partitionOf(RowKey.of(prefix), partitions);
    }

    /** The partitions of a prefix and of all that contain it, whether or not any table ever had them. */
    Set<Integer> partitionsAround(Prefix prefix) {
        var around = new TreeSet<Integer>();
        for (int length = 0; length <= prefix.length(); length++) {
            around.add(partitionOf(Prefix.around(prefix.address(), length)));
        }
        return around;
    }

    Set<Integer> allPartitions() {
        var all = new TreeSet<Integer>();
        for (int partition = 0; partition < Math.max(1, partitions); partition++) {
            all.add(partition);
        }
        return all;
    }

    SortedMap<Integer, Long> positions(Collection<Integer> of) {
        var some = new TreeMap<Integer, Long>();
        of.forEach(partition -> some.put(partition, positions.getOrDefault(partition, 0L)));
        return some;
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            connection.rollback();
        }
    }
}
