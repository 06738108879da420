package dev.hoplog.api.projector;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * How a projector runs.
 *
 * @param consumer Kafka consumer properties: the brokers, at least
 * @param group the consumer group that shares the partitions out between projectors; it keeps no offsets
 * @param batchRecords at most so many records in one transaction
 * @param paused partitions that are not read, for tests and repairs: answers then claim no more than is projected
 * @param retryAfter how long to wait when the database failed
 */
public record ProjectorSettings(
        Map<String, Object> consumer, String group, int batchRecords, Set<Integer> paused, Duration retryAfter) {
    public static final String DEFAULT_GROUP = "hoplog-projector";

    public ProjectorSettings {
        consumer = Map.copyOf(consumer);
        paused = Set.copyOf(paused);
        if (batchRecords < 1) {
            throw new IllegalArgumentException("hoplog.projector.batch-records is " + batchRecords + ": at least 1");
        }
    }

    /** The same for the refused input. */
    ProjectorSettings ofRejected() {
        return beside("-rejected");
    }

    /** The same for gaps. */
    ProjectorSettings ofGaps() {
        return beside("-gaps");
    }

    private ProjectorSettings beside(String suffix) {
        return new ProjectorSettings(consumer, group + suffix, batchRecords, Set.of(), retryAfter);
    }

    public static ProjectorSettings of(Map<String, Object> consumer) {
        return new ProjectorSettings(consumer, DEFAULT_GROUP, 5_000, Set.of(), Duration.ofSeconds(1));
    }
}
