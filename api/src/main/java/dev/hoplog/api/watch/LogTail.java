package dev.hoplog.api.watch;

import dev.hoplog.api.projector.LogConsumer;
import dev.hoplog.api.query.CurrentState.Positions;
import dev.hoplog.model.Id;
import dev.hoplog.wire.Topics;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** The log and that of gaps at a broker, from some positions on and for ever, in small pieces. Not thread-safe. */
final class LogTail implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    /** Of one poll. */
    private static final int MOST_RECORDS = 500;
    /** What a watch costs in memory, whatever the log has: one fetch, of a piece of each partition. */
    private static final int FETCH_OCTETS = 1 << 20;

    private static final int PARTITION_FETCH_OCTETS = 256 << 10;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final List<TopicPartition> ofGaps;
    /** The first offset of each that was not handed out. */
    private final Map<TopicPartition, Long> handedOut = new HashMap<>();

    /**
     * Which logs these are. Another topic of the same name has another id.
     *
     * @param id of the log of tables
     * @param gaps of the log of gaps
     * @param partitions of either
     */
    record Log(Id id, Id gaps, int partitions) {}

    /** What came in one partition. */
    record Piece(TopicPartition of, long from, long to, List<ConsumerRecord<byte[], byte[]>> records) {
        boolean isOfGaps() {
            return of.topic().equals(Topics.GAP_EVENT);
        }
    }

    static Log find(Map<String, Object> kafka) {
        try (var admin = Admin.create(kafka)) {
            var topics = admin.describeTopics(List.of(Topics.ROUTE_EVENT, Topics.GAP_EVENT))
                    .allTopicNames()
                    .get();
            var log = Objects.requireNonNull(topics.get(Topics.ROUTE_EVENT));
            var gaps = Objects.requireNonNull(topics.get(Topics.GAP_EVENT));
            return new Log(
                    id(log.topicId()), id(gaps.topicId()), log.partitions().size());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException failure ? failure : new KafkaException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }

    private static Id id(Uuid topic) {
        return Id.ofOctets(ByteBuffer.allocate(Id.OCTETS)
                .putLong(topic.getMostSignificantBits())
                .putLong(topic.getLeastSignificantBits())
                .array());
    }

    /** @param positions the first offsets to read */
    LogTail(Map<String, Object> kafka, Positions positions) {
        var properties = new HashMap<>(kafka);
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_OCTETS);
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_FETCH_OCTETS);
        this.consumer = LogConsumer.of(properties, MOST_RECORDS);
        positions.log().forEach((partition, offset) -> handedOut.put(of(Topics.ROUTE_EVENT, partition), offset));
        positions.gaps().forEach((partition, offset) -> handedOut.put(of(Topics.GAP_EVENT, partition), offset));
        this.partitions = List.copyOf(handedOut.keySet());
        this.ofGaps = partitions.stream()
                .filter(partition -> partition.topic().equals(Topics.GAP_EVENT))
                .toList();
        consumer.assign(partitions);
        handedOut.forEach(consumer::seek);
    }

    /**
     * What comes next; nothing, if nothing comes for a moment.
     *
     * @param withGaps whether the log of gaps is read on
     * @throws LogMoved if a log does not have it
     */
    List<Piece> next(boolean withGaps) {
        if (withGaps) {
            consumer.resume(ofGaps);
        } else {
            consumer.pause(ofGaps);
        }
        try {
            var records = consumer.poll(POLL);
            var pieces = new ArrayList<Piece>();
            for (var partition : partitions) {
                long from = Objects.requireNonNull(handedOut.get(partition));
                // Beyond the last record may lie ends of transactions, which are no records.
                long to = consumer.position(partition);
                if (to > from) {
                    pieces.add(new Piece(partition, from, to, records.records(partition)));
                    handedOut.put(partition, to);
                }
            }
            return pieces;
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

    private static TopicPartition of(String topic, int partition) {
        return new TopicPartition(topic, partition);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
