package dev.hoplog.api.projector;

import dev.hoplog.api.db.Columns;
import dev.hoplog.api.db.Ids;
import dev.hoplog.api.db.Times;
import dev.hoplog.model.RibId;
import dev.hoplog.model.SnapshotHeader;
import dev.hoplog.wire.Topics;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Counts refused input: table {@code rejected}. Like {@link Projection}, a batch's rows and the position after it are one
 * transaction, and the position comes first. A RIB all of whose input was refused becomes known by it: its hop exists,
 * and nothing was ever observed of it.
 *
 * <p>Thread-safe: it has no state.
 */
public final class RejectedProjection implements Destination {
    /** What the topic no longer has when the count gets there was never counted: the topic is kept for a limited time. */
    private static final String LOCATE = """
            INSERT INTO rejected_position AS known (log_partition, first_offset, next_offset)
            VALUES (?, ?, ?) ON CONFLICT (log_partition) DO UPDATE
            SET next_offset = greatest(known.next_offset, excluded.next_offset) RETURNING next_offset
            """;

    private static final String[] TYPES = {
        "int4", "int4", "int8", "int8", "timestamptz", "int2", "text", "uuid", "text", "int8", "int4", "int8"
    };
    private static final String UPSERT = "INSERT INTO rejected AS known (log_partition, rib_id, records, last_offset,"
            + " rejected_at, reason, detail, snapshot_id, scraper, scraper_epoch, source_partition, source_offset)"
            + " SELECT * FROM " + Columns.unnest(TYPES)
            + """
             ON CONFLICT (log_partition, rib_id) DO UPDATE
            SET records = known.records + excluded.records, last_offset = excluded.last_offset,
                rejected_at = excluded.rejected_at, reason = excluded.reason, detail = excluded.detail,
                snapshot_id = excluded.snapshot_id, scraper = excluded.scraper,
                scraper_epoch = excluded.scraper_epoch, source_partition = excluded.source_partition,
                source_offset = excluded.source_offset
            """;

    private final DataSource dataSource;

    public RejectedProjection(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** How many were refused, and the last of them. */
    private record Tally(long records, RejectedInput last) {
        static Tally sum(Tally earlier, Tally later) {
            return new Tally(earlier.records + later.records, later.last);
        }
    }

    @Override
    public String topic() {
        return Topics.REJECTED;
    }

    /** Any number will do: nothing depends on which partition a refusal is in. */
    @Override
    public void begin(int partitions) {}

    @Override
    public long position(int partition, long beginning) throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(LOCATE)) {
            statement.setInt(1, partition);
            statement.setLong(2, beginning);
            statement.setLong(3, beginning);
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    @Override
    public void write(int partition, long from, long to, List<ConsumerRecord<byte[], byte[]>> records)
            throws SQLException, PositionLost {
        write(RejectedBatch.of(partition, from, to, records));
    }

    /**
     * Counts a batch and moves the position, or does nothing.
     *
     * @throws PositionLost if the position is not at the batch's start
     */
    public void write(RejectedBatch batch) throws SQLException, PositionLost {
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                holdOffSwap(connection);
                move(connection, batch);
                count(connection, batch);
                connection.commit();
            } catch (SQLException | PositionLost | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    private static void holdOffSwap(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT FROM projection")) {
            statement.execute();
        }
    }

    private static void move(Connection connection, RejectedBatch batch) throws SQLException, PositionLost {
        try (var statement = connection.prepareStatement(
                "UPDATE rejected_position SET next_offset = ? WHERE log_partition = ? AND next_offset = ?")) {
            statement.setLong(1, batch.to());
            statement.setInt(2, batch.partition());
            statement.setLong(3, batch.from());
            if (statement.executeUpdate() == 0) {
                throw new PositionLost(batch.place());
            }
        }
    }

    private static void count(Connection connection, RejectedBatch batch) throws SQLException {
        var tallies = new TreeMap<String, Tally>();
        var ribs = new HashSet<RibId>();
        for (var input : batch.inputs()) {
            input.rib().ifPresent(ribs::add);
            tallies.merge(input.rib().map(RibId::key).orElse(""), new Tally(1, input), Tally::sum);
        }
        var ids = Surrogates.RIBS.ids(connection, ribs);
        var rows = new Columns(TYPES);
        tallies.values().forEach(tally -> add(rows, batch.partition(), tally, ids));
        rows.update(connection, UPSERT);
    }

    private static void add(Columns rows, int partition, Tally tally, Map<RibId, Integer> ids) {
        var last = tally.last;
        rows.row(
                partition,
                last.rib().flatMap(rib -> Optional.ofNullable(ids.get(rib))),
                tally.records,
                last.offset(),
                Times.text(last.at()),
                (short) last.reason().getNumber(),
                BlindRows.printable(last.detail()),
                last.header().map(header -> Ids.uuid(header.id())),
                last.header()
                        .map(header -> BlindRows.printable(header.scraper().name()))
                        .orElse(""),
                last.header().map(SnapshotHeader::scraperEpoch),
                last.sourcePartition(),
                last.sourceOffset());
    }
}
