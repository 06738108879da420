package dev.hoplog.api.watch;

import dev.hoplog.api.projector.Batch;
import dev.hoplog.api.projector.LogConsumer;
import dev.hoplog.api.projector.LogReader;
import dev.hoplog.model.Id;
import dev.hoplog.wire.Topics;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** The log at a broker, from some positions on and for ever, in small pieces. Not thread-safe. */
final class LogTail implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    /** Of one poll. */
    private static final int MOST_RECORDS = 500;
    /** What a watch costs in memory, whatever the log has: one fetch, of a piece of each partition. */
    private static final int FETCH_OCTETS = 1 << 20;

    private static final int PARTITION_FETCH_OCTETS = 256 << 10;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;

    /** Which log it is. Another topic of the same name has another id. */
    record Log(Id id, int partitions) {}

    static Log find(Map<String, Object> kafka) {
        try (var admin = Admin.create(kafka)) {
            var topic = admin.describeTopics(List.of(Topics.ROUTE_EVENT))
                    .allTopicNames()
                    .get()
                    .values()
                    .iterator()
                    .next();
            var octets = ByteBuffer.allocate(Id.OCTETS)
                    .putLong(topic.topicId().getMostSignificantBits())
                    .putLong(topic.topicId().getLeastSignificantBits())
                    .array();
            return new Log(Id.ofOctets(octets), topic.partitions().size());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException failure ? failure : new KafkaException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }

    /** @param positions by partition: the first offset to read */
    LogTail(Map<String, Object> kafka, SortedMap<Integer, Long> positions) {
        var properties = new HashMap<>(kafka);
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_OCTETS);
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_FETCH_OCTETS);
        this.consumer = LogConsumer.of(properties, MOST_RECORDS);
        this.partitions = positions.keySet().stream().map(LogTail::of).toList();
        consumer.assign(partitions);
        positions.forEach((partition, offset) -> consumer.seek(of(partition), offset));
    }

    /**
     * What comes next; nothing, if nothing comes for a moment.
     *
     * @param follower says where each partition stands
     * @throws LogMoved if the log does not have it
     */
    List<Batch> next(Follower follower) {
        try {
            var records = consumer.poll(POLL);
            var batches = new ArrayList<Batch>();
            for (var partition : partitions) {
                long from = follower.position(partition.partition());
                // Beyond the last record may lie ends of transactions, which are no records.
                long to = consumer.position(partition);
                if (to > from) {
                    batches.add(LogReader.batch(partition.partition(), from, to, records.records(partition)));
                }
            }
            return batches;
        } catch (OffsetOutOfRangeException e) {
            throw new LogMoved("the log does not have what comes after " + e.offsetOutOfRangePartitions()
                    + ": it was cut, or made anew; begin anew, without a resume_token");
        }
    }

    /** Records that are to come; empty: not known now. */
    OptionalLong behind() {
        long sum = 0;
        for (var partition : partitions) {
            var lag = consumer.currentLag(partition);
            if (lag.isEmpty()) {
                return OptionalLong.empty();
            }
            sum += lag.getAsLong();
        }
        return OptionalLong.of(sum);
    }

    private static TopicPartition of(int partition) {
        return new TopicPartition(Topics.ROUTE_EVENT, partition);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
