package dev.hoplog.api.projector;

import dev.hoplog.wire.Topics;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Projects what is said of gaps for good: the tables {@code gap*}. Like {@link Projection}, a batch's rows and the position
 * after it are one transaction, and the position comes first.
 *
 * <p>Thread-safe: it has no state.
 */
public final class GapProjection implements Destination {
    private static final String LOCATE = """
            INSERT INTO gap_position AS known (log_partition, next_offset) VALUES (?, ?)
            ON CONFLICT (log_partition) DO UPDATE SET next_offset = known.next_offset RETURNING next_offset
            """;

    private final DataSource dataSource;

    public GapProjection(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public String topic() {
        return Topics.GAP_EVENT;
    }

    /** Nothing to be said: it has the partitions of the log, whose projection checks their number. */
    @Override
    public void begin(int partitions) {}

    @Override
    public long position(int partition, long beginning) throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(LOCATE)) {
            statement.setInt(1, partition);
            statement.setLong(2, beginning);
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    @Override
    public void write(int partition, long from, long to, List<ConsumerRecord<byte[], byte[]>> records)
            throws SQLException, PositionLost {
        write(GapBatch.of(partition, from, to, records));
    }

    /**
     * Writes a batch and moves the position, or does nothing.
     *
     * @throws PositionLost if the position is not at the batch's start
     * @throws LogContradiction if the batch cannot follow on what is there
     */
    public void write(GapBatch batch) throws SQLException, PositionLost {
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                holdOffSwap(connection);
                move(connection, batch);
                GapRows.write(connection, batch.entries());
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                if (Projection.isContradiction(e)) {
                    throw contradiction(batch, "the database refused it: " + e.getMessage(), e);
                }
                throw e;
            } catch (IllegalArgumentException e) {
                connection.rollback();
                throw contradiction(batch, String.valueOf(e.getMessage()), e);
            } catch (PositionLost | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    private static LogContradiction contradiction(GapBatch batch, String what, Exception cause) {
        return new LogContradiction(Topics.GAP_EVENT, batch.place(), what, cause);
    }

    private static void holdOffSwap(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT FROM projection")) {
            statement.execute();
        }
    }

    private static void move(Connection connection, GapBatch batch) throws SQLException, PositionLost {
        try (var statement = connection.prepareStatement(
                "UPDATE gap_position SET next_offset = ? WHERE log_partition = ? AND next_offset = ?")) {
            statement.setLong(1, batch.to());
            statement.setInt(2, batch.partition());
            statement.setLong(3, batch.from());
            if (statement.executeUpdate() == 0) {
                throw new PositionLost("gaps, " + batch.place());
            }
        }
    }
}
