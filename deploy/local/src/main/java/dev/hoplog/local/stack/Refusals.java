package dev.hoplog.local.stack;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.hoplog.log.v1.RejectedRecord;
import dev.hoplog.wire.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What the diff refused of the records that one replay published, out of {@code hoplog.rejected.v1}.
 *
 * @param records how many
 * @param firstDetail what was wrong with the first of them, for a person
 */
public record Refusals(long records, Optional<String> firstDetail) {
    private static final Duration POLL = Duration.ofMillis(200);

    /**
     * Reads what was refused between two states of the topic.
     *
     * @param from by partition, inclusive: where the topic ended before the replay
     * @param to by partition, exclusive: where it ended when the diff had read the replay
     * @param published by partition of the snapshots' topic, the offset after the last record of the replay
     */
    static Refusals read(
            String kafka, Map<Integer, Long> from, Map<Integer, Long> to, Map<Integer, Long> published, String network)
            throws IOException {
        var left = new HashMap<>(to);
        left.entrySet().removeIf(end -> from.getOrDefault(end.getKey(), 0L) >= end.getValue());
        if (left.isEmpty()) {
            return new Refusals(0, Optional.empty());
        }
        try (var consumer = consumer(kafka)) {
            consumer.assign(left.keySet().stream().map(Refusals::partition).toList());
            left.keySet().forEach(partition -> consumer.seek(partition(partition), from.getOrDefault(partition, 0L)));
            return count(consumer, left, published, network);
        } catch (KafkaException | InvalidProtocolBufferException failed) {
            throw new IOException(Topics.REJECTED + " cannot be read: " + failed.getMessage(), failed);
        }
    }

    private static Refusals count(
            KafkaConsumer<byte[], byte[]> consumer,
            Map<Integer, Long> left,
            Map<Integer, Long> published,
            String network)
            throws InvalidProtocolBufferException {
        long count = 0;
        Optional<String> first = Optional.empty();
        while (left.entrySet().stream().anyMatch(end -> consumer.position(partition(end.getKey())) < end.getValue())) {
            for (var record : consumer.poll(POLL)) {
                var refused = RejectedRecord.parseFrom(record.value());
                // Others may replay at the same time, into networks of their own.
                if (refused.getOriginalKey().toStringUtf8().startsWith(network + "/")
                        && refused.getOffset() < published.getOrDefault(refused.getPartition(), 0L)) {
                    count++;
                    first = first.or(() -> Optional.of(refused.getDetail()));
                }
            }
        }
        return new Refusals(count, first);
    }

    private static TopicPartition partition(int number) {
        return new TopicPartition(Topics.REJECTED, number);
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String kafka) {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        kafka,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
