package dev.hoplog.api.projector;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Consumers of the log: of committed records only, and never with a position that nobody chose. */
public final class LogConsumer {
    private LogConsumer() {}

    /**
     * A consumer without a position: assign or subscribe, then seek.
     *
     * @param properties the brokers, at least, and whatever security they want
     */
    public static KafkaConsumer<byte[], byte[]> of(Map<String, Object> properties, int batchRecords) {
        var all = new HashMap<>(properties);
        // A killed projector gives its partitions up after so long; brokers permit no less by default.
        all.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, "6000");
        all.putIfAbsent(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, "2000");
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        // A position out of range is an error to look at: any reset would be a hole in the projection, or double rows.
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, batchRecords);
        all.remove(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG);
        all.remove(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG);
        return new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
