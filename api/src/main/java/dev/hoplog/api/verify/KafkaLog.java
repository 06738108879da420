package dev.hoplog.api.verify;

import dev.hoplog.api.projector.LogConsumer;
import dev.hoplog.api.projector.LogReader;
import dev.hoplog.api.projector.PositionLost;
import dev.hoplog.wire.Topics;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** The log at a broker, read without a consumer group. */
public final class KafkaLog implements Log, AutoCloseable {
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final int SILENT_POLLS = 30;
    private static final int BATCH_RECORDS = 5_000;

    private final KafkaConsumer<byte[], byte[]> consumer;

    /** @param properties the brokers, at least, and whatever security they want */
    public KafkaLog(Map<String, Object> properties) {
        this.consumer = LogConsumer.of(properties, BATCH_RECORDS);
    }

    @Override
    public int partitions() {
        return consumer.partitionsFor(Topics.ROUTE_EVENT).size();
    }

    @Override
    public long beginning(int partition) {
        return consumer.beginningOffsets(List.of(of(partition)))
                .values()
                .iterator()
                .next();
    }

    @Override
    public long end(int partition) {
        return consumer.endOffsets(List.of(of(partition))).values().iterator().next();
    }

    @Override
    public void read(int partition, long to, Sink sink) throws SQLException, PositionLost {
        var of = of(partition);
        consumer.assign(List.of(of));
        long from = beginning(partition);
        consumer.seek(of, from);
        int silent = 0;
        while (from < to) {
            var records = consumer.poll(POLL).records(of).stream()
                    .filter(record -> record.offset() < to)
                    .toList();
            // Beyond the last record may lie ends of transactions, which are no records.
            long next = Math.min(to, consumer.position(of));
            if (next > from) {
                sink.accept(LogReader.batch(partition, from, next, records));
                from = next;
                silent = 0;
            } else if (++silent == SILENT_POLLS) {
                throw new IllegalStateException("partition " + partition + " of the log gives nothing after offset "
                        + from + ": is the broker well, and is a transaction open?");
            }
        }
    }

    private static TopicPartition of(int partition) {
        return new TopicPartition(Topics.ROUTE_EVENT, partition);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
