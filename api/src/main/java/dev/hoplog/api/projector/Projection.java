package dev.hoplog.api.projector;

import dev.hoplog.wire.Topics;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The projection of the log in PostgreSQL, to write to. A batch's rows and the position after it are one transaction:
 *
 * <pre>
 *   position: from ─▶ to, or let go   ─▶  dictionaries  ─▶  rows, one {@link Rows} after the other  ─▶  commit
 * </pre>
 *
 * The position comes first: its row lock keeps a second projector of the same partition out until the end. Two that
 * project different partitions meet in the dictionaries only, in one order. Whatever instant the process dies at, the
 * position says exactly which rows are there.
 *
 * <p>Thread-safe: it has no state. The schema is the one that the data source's connections name.
 */
public final class Projection implements Destination {
    private static final List<Rows> ROWS = List.of(
            // First: it knows which record does not fit, where a constraint only knows that one does not.
            new PresenceRows(),
            new RouteEventRows(),
            new SessionEventRows(),
            new RestartRows(),
            new CoverageRows(),
            new BlindRows(),
            new ChainRows(),
            // Before the reading: it asks up to when the table was covered until now.
            new TableReaderRows(),
            new ReadingRows());

    private final DataSource dataSource;

    public Projection(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public String topic() {
        return Topics.ROUTE_EVENT;
    }

    /**
     * Says of how many partitions the log is, which must never change: it decides where a prefix lives.
     *
     * @throws IllegalStateException if the projection was made from a log of another number
     */
    @Override
    public void begin(int partitions) throws SQLException {
        try (var connection = connect()) {
            try (var insert = connection.prepareStatement(
                    "INSERT INTO projection (partitions) VALUES (?) ON CONFLICT DO NOTHING")) {
                insert.setInt(1, partitions);
                insert.executeUpdate();
            }
            try (var select = connection.prepareStatement("SELECT partitions FROM projection");
                    var row = select.executeQuery()) {
                row.next();
                if (row.getInt(1) != partitions) {
                    throw new IllegalStateException("the log has " + partitions + " partitions, and the projection was"
                            + " made from one of " + row.getInt(1)
                            + ": either this is the wrong broker or the wrong database, or the log was made anew;"
                            + " then drop the schema, and it is projected again from the start");
                }
            }
            connection.commit();
        }
    }

    /** Where to go on in a partition; {@code beginning} if it was never projected. */
    @Override
    public long position(int partition, long beginning) throws SQLException {
        try (var connection = connect()) {
            try (var insert = connection.prepareStatement("INSERT INTO projection_position (log_partition, next_offset)"
                    + " VALUES (?, ?) ON CONFLICT DO NOTHING")) {
                insert.setInt(1, partition);
                insert.setLong(2, beginning);
                insert.executeUpdate();
            }
            try (var select = connection.prepareStatement(
                    "SELECT next_offset FROM projection_position WHERE log_partition = ?")) {
                select.setInt(1, partition);
                try (var row = select.executeQuery()) {
                    row.next();
                    long position = row.getLong(1);
                    connection.commit();
                    return position;
                }
            }
        }
    }

    @Override
    public void write(int partition, long from, long to, List<ConsumerRecord<byte[], byte[]>> records)
            throws SQLException, PositionLost {
        write(LogReader.batch(partition, from, to, records));
    }

    /**
     * Writes a batch and moves the position, or does nothing.
     *
     * @throws PositionLost if the position is not at the batch's start
     * @throws LogContradiction if the batch cannot follow on what is there
     * @throws SQLException if the database failed; whether the batch is in is then to be read from the position
     */
    public void write(Batch batch) throws PositionLost, SQLException {
        try (var connection = connect()) {
            try {
                prepare(connection);
                for (var months = Months.missing(connection, batch); !months.isEmpty(); ) {
                    connection.rollback();
                    Months.make(connection, months);
                    prepare(connection);
                    months = Months.missing(connection, batch);
                }
                move(connection, batch);
                var surrogates = Surrogates.of(connection, batch);
                for (var rows : ROWS) {
                    rows.write(connection, batch, surrogates);
                }
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                if (isContradiction(e)) {
                    throw new LogContradiction(batch.place(), "the database refused it: " + e.getMessage(), e);
                }
                throw e;
            } catch (IllegalArgumentException e) {
                connection.rollback();
                throw new LogContradiction(batch.place(), String.valueOf(e.getMessage()), e);
            } catch (PositionLost | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    private static void move(Connection connection, Batch batch) throws SQLException, PositionLost {
        try (var statement = connection.prepareStatement(
                "UPDATE projection_position SET next_offset = ?" + " WHERE log_partition = ? AND next_offset = ?")) {
            statement.setLong(1, batch.to());
            statement.setInt(2, batch.partition());
            statement.setLong(3, batch.from());
            if (statement.executeUpdate() == 0) {
                throw new PositionLost(batch);
            }
        }
    }

    /**
     * Holds off a swap of schemas until the end of the transaction: half a batch here and half there would be wrong in
     * both. And tells the planner, which knows little of the arrays to come and would rather read whole tables, that a
     * batch is some thousand index probes.
     */
    private static void prepare(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT set_config('enable_hashjoin', 'off', true),"
                + " set_config('enable_mergejoin', 'off', true), set_config('enable_seqscan', 'off', true)"
                + " FROM projection")) {
            statement.execute();
        }
    }

    /** Classes 22 (data exception) and 23 (integrity constraint violation): trying again would not help. */
    static boolean isContradiction(SQLException e) {
        var state = e.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23"));
    }

    private Connection connect() throws SQLException {
        var connection = dataSource.getConnection();
        connection.setAutoCommit(false);
        return connection;
    }
}
