package dev.hoplog.local;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** How the one node of {@link EmbeddedKafka} is configured, and why it differs from Kafka's defaults. */
final class KafkaSettings {

    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private KafkaSettings() {}

    /**
     * @param broker host and port for clients
     * @param controller host and port for the broker's own connection to its controller
     */
    static Properties of(Path logs, String broker, String controller) {
        var settings = new Properties();
        settings.putAll(node(logs, broker, controller));
        settings.putAll(SINGLE_COPY);
        settings.putAll(SMALL);
        settings.putAll(PROMPT);
        return settings;
    }

    private static Map<String, String> node(Path logs, String broker, String controller) {
        return Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                String.valueOf(NODE_ID),
                "log.dirs",
                logs.toString(),
                "listeners",
                "PLAINTEXT://" + broker + "," + CONTROLLER_LISTENER + "://" + controller,
                "advertised.listeners",
                "PLAINTEXT://" + broker,
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT",
                "controller.listener.names",
                CONTROLLER_LISTENER,
                "controller.quorum.voters",
                NODE_ID + "@" + controller);
    }

    /** One broker holds the only copy of everything. Topics are made on purpose, never by a misspelt name. */
    private static final Map<String, String> SINGLE_COPY = Map.of(
            "auto.create.topics.enable", "false",
            "default.replication.factor", "1",
            "min.insync.replicas", "1",
            "offsets.topic.replication.factor", "1",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "share.coordinator.state.topic.replication.factor", "1",
            "share.coordinator.state.topic.min.isr", "1",
            // With no second copy to fall back on, what was acknowledged is on disk within this time.
            "log.flush.interval.ms", "1000");

    /** For a machine with few cores that has other work: 8 partitions for 50, and 8 MB for the cleaner's 128. */
    private static final Map<String, String> SMALL = Map.of(
            "offsets.topic.num.partitions", "8",
            "transaction.state.log.num.partitions", "8",
            "share.coordinator.state.topic.num.partitions", "8",
            "num.network.threads", "2",
            "num.io.threads", "4",
            "background.threads", "2",
            "log.cleaner.dedupe.buffer.size", String.valueOf(8 << 20));

    private static final Map<String, String> PROMPT = Map.of(
            "group.initial.rebalance.delay.ms", "0",
            // By default a transaction of 10 s that is abandoned blocks its readers for up to 20 s.
            "transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000",
            // After a kill the controller refuses the restarted broker until the killed one's session has run out: 9 s.
            "broker.session.timeout.ms", "3000",
            "broker.heartbeat.interval.ms", "500");
}
