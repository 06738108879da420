package dev.hoplog.api.verify;

import dev.hoplog.api.projector.GapBatch;
import dev.hoplog.api.projector.LogConsumer;
import dev.hoplog.api.projector.LogReader;
import dev.hoplog.api.projector.PositionLost;
import dev.hoplog.api.projector.RejectedBatch;
import dev.hoplog.wire.Topics;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
        return beginning(of(partition));
    }

    @Override
    public long end(int partition) {
        return end(of(partition));
    }

    @Override
    public void read(int partition, long to, Sink sink) throws SQLException, PositionLost {
        read(of(partition), to, (from, next, records) -> sink.accept(LogReader.batch(partition, from, next, records)));
    }

    @Override
    public Beside<RejectedBatch> rejected() {
        return beside(Topics.REJECTED, RejectedBatch::of);
    }

    @Override
    public Beside<GapBatch> gaps() {
        return beside(Topics.GAP_EVENT, GapBatch::of);
    }

    /** Records of a stretch to a batch. */
    private interface Batches<B> {
        B of(int partition, long from, long to, List<ConsumerRecord<byte[], byte[]>> records);
    }

    private <B> Beside<B> beside(String topic, Batches<B> batches) {
        return new Beside<>() {
            @Override
            public long beginning(int partition) {
                return KafkaLog.this.beginning(new TopicPartition(topic, partition));
            }

            @Override
            public long end(int partition) {
                return KafkaLog.this.end(new TopicPartition(topic, partition));
            }

            @Override
            public void read(int partition, long to, Beside.Sink<B> sink) throws SQLException, PositionLost {
                KafkaLog.this.read(
                        new TopicPartition(topic, partition),
                        to,
                        (from, next, records) -> sink.accept(batches.of(partition, from, next, records)));
            }
        };
    }

    private long beginning(TopicPartition of) {
        return consumer.beginningOffsets(List.of(of)).values().iterator().next();
    }

    private long end(TopicPartition of) {
        return consumer.endOffsets(List.of(of)).values().iterator().next();
    }

    /** Takes what stands at the offsets from {@code from} to before {@code to}. */
    private interface Stretches {
        void accept(long from, long to, List<ConsumerRecord<byte[], byte[]>> records) throws SQLException, PositionLost;
    }

    private void read(TopicPartition of, long to, Stretches sink) throws SQLException, PositionLost {
        consumer.assign(List.of(of));
        long from = beginning(of);
        consumer.seek(of, from);
        int silent = 0;
        while (from < to) {
            var records = consumer.poll(POLL).records(of).stream()
                    .filter(record -> record.offset() < to)
                    .toList();
            // Beyond the last record may lie ends of transactions, which are no records.
            long next = Math.min(to, consumer.position(of));
            if (next > from) {
                sink.accept(from, next, records);
                from = next;
                silent = 0;
            } else if (++silent == SILENT_POLLS) {
                throw new IllegalStateException(of + " gives nothing after offset " + from
                        + ": is the broker well, and is a transaction open?");
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
