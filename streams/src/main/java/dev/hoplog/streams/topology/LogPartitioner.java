package dev.hoplog.streams.topology;

import dev.hoplog.log.LogEntry;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.View;
import dev.hoplog.wire.Topics;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * A route event goes to the partition of its prefix. Whatever speaks for a whole RIB (marks, restarts, sessions) or network (chains) goes to
 * every partition, so that in each of them it stands behind the events that it speaks for.
 */
final class LogPartitioner implements StreamPartitioner<byte[], LogEntry> {
    @Override
    public Optional<Set<Integer>> partitions(String topic, byte[] key, LogEntry entry, int partitions) {
        return Optional.of(
                entry instanceof RouteEvent event && event.rib().view() != View.SESSIONS
                        ? Set.of(Topics.partitionOf(event.key(), partitions))
                        : IntStream.range(0, partitions).boxed().collect(Collectors.toUnmodifiableSet()));
    }
}
