package dev.hoplog.local.stack;

import dev.hoplog.v1.LogPosition;
import dev.hoplog.wire.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the snapshots and the logs have been read, by partition.
 *
 * <pre>
 *   snapshots ──▶ diffed ──▶ log ──▶ projected
 *        the group of streams │     the position in each of the API's answers
 *                             ╰──▶ judged ──▶ log of gaps ──▶ projected
 *                     the group of streams
 * </pre>
 */
public final class Pipeline implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final Admin admin;
    private final String bootstrapServers;

    public Pipeline(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        this.admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                String.valueOf(LIMIT.toMillis()),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                String.valueOf(LIMIT.toMillis() / 2)));
    }

    /** The offsets after the last snapshot parts. */
    public Map<Integer, Long> snapshotEnds() throws IOException {
        return ends(Topics.RIB_SNAPSHOT);
    }

    /** The offsets after the last entries of the log, committed or about to be. */
    public Map<Integer, Long> logEnds() throws IOException {
        return ends(Topics.ROUTE_EVENT);
    }

    /** The offsets after the last records that the diff refused. */
    public Map<Integer, Long> rejectedEnds() throws IOException {
        return ends(Topics.REJECTED);
    }

    /** The offsets after the last records of the log of gaps. */
    public Map<Integer, Long> gapEnds() throws IOException {
        return ends(Topics.GAP_EVENT);
    }

    private Map<Integer, Long> ends(String topic) throws IOException {
        var described = get(admin.describeTopics(List.of(topic)).allTopicNames());
        var wanted = described.values().stream()
                .flatMap(description -> description.partitions().stream())
                .collect(Collectors.toMap(
                        info -> new TopicPartition(topic, info.partition()), info -> OffsetSpec.latest()));
        // Open transactions included: the diff's offsets may be seen before the last marks of their transaction.
        var ends = get(admin.listOffsets(wanted).all());
        var byPartition = new HashMap<Integer, Long>();
        ends.forEach((partition, end) -> byPartition.put(partition.partition(), end.offset()));
        return byPartition;
    }

    /** Where the diff stands in the snapshots. What comes before is in the log. */
    public Map<Integer, Long> diffed() throws IOException {
        return streamsIn(Topics.RIB_SNAPSHOT);
    }

    /** Where the gap step stands in the log. What it found before is in the log of gaps. */
    public Map<Integer, Long> judged() throws IOException {
        return streamsIn(Topics.ROUTE_EVENT);
    }

    private Map<Integer, Long> streamsIn(String topic) throws IOException {
        var committed = get(admin.listConsumerGroupOffsets(Topics.DIFF_GROUP).partitionsToOffsetAndMetadata());
        var byPartition = new HashMap<Integer, Long>();
        committed.forEach((partition, offset) -> {
            if (offset != null && partition.topic().equals(topic)) {
                byPartition.put(partition.partition(), offset.offset());
            }
        });
        return byPartition;
    }

    /** Where an answer of the API stands in a topic, by partition. */
    public static Map<Integer, Long> positions(List<LogPosition> positions) {
        return positions.stream().collect(Collectors.toMap(LogPosition::getPartition, LogPosition::getNextOffset));
    }

    /** How many offsets are missing. A partition that was never read stands at 0. */
    public static long behind(Map<Integer, Long> goal, Map<Integer, Long> reached) {
        return goal.entrySet().stream()
                .mapToLong(entry -> Math.max(0, entry.getValue() - reached.getOrDefault(entry.getKey(), 0L)))
                .sum();
    }

    private <T> T get(KafkaFuture<T> answer) throws IOException {
        try {
            return answer.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            var cause = failed.getCause() == null ? failed : failed.getCause();
            throw new IOException("Kafka at " + bootstrapServers + " does not answer: " + cause.getMessage(), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking Kafka at " + bootstrapServers, interrupted);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
