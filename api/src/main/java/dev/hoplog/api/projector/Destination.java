package dev.hoplog.api.projector;

import java.sql.SQLException;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Where a topic is projected to: rows, and with them the position of each partition. */
interface Destination {
    /** The topic that is projected. */
    String topic();

    /** Says of how many partitions the topic is. */
    void begin(int partitions) throws SQLException;

    /** Where to go on in a partition, whose first record stands at {@code beginning}. */
    long position(int partition, long beginning) throws SQLException;

    /**
     * Projects what stands at the offsets from {@code from} to before {@code to}, and moves the position, or does nothing.
     *
     * @throws PositionLost if the position is not at {@code from}
     * @throws LogContradiction if this cannot follow on what is there: trying again would not help
     */
    void write(int partition, long from, long to, List<ConsumerRecord<byte[], byte[]>> records)
            throws SQLException, PositionLost;
}
