package dev.hoplog.api.app;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Asks the broker how far a position is behind the end of its partition. Thread-safe. */
final class LogEnds implements AutoCloseable {
    private final Map<String, Object> properties;
    private final Duration limit;
    /** Made when it is first needed: it looks for the broker as long as it lives. */
    private @Nullable Admin admin;

    /** @param limit after which the broker is given up */
    LogEnds(Map<String, Object> kafka, Duration limit) {
        properties = new HashMap<>(kafka);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) limit.toMillis());
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) limit.toMillis() / 2);
        this.limit = limit;
    }

    /**
     * How many offsets of each partition come after a position, open transactions included.
     *
     * @param positions by topic and partition
     */
    Map<TopicPartition, Long> behind(Map<String, SortedMap<Integer, Long>> positions)
            throws ExecutionException, TimeoutException, InterruptedException {
        var reached = new HashMap<TopicPartition, Long>();
        positions.forEach((topic, offsets) ->
                offsets.forEach((partition, offset) -> reached.put(new TopicPartition(topic, partition), offset)));
        var latest = reached.keySet().stream()
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        var ends = admin().listOffsets(latest).all().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        var behind = new HashMap<TopicPartition, Long>();
        ends.forEach((partition, end) ->
                behind.put(partition, Math.max(0, end.offset() - reached.getOrDefault(partition, 0L))));
        return behind;
    }

    private synchronized Admin admin() {
        if (admin == null) {
            admin = Admin.create(properties);
        }
        return admin;
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
