package dev.hoplog.streams;

import dev.hoplog.wire.Topics;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Makes the topics before the stream starts, or checks those that exist: nothing relies on automatic creation. */
@ApplicationScoped
public class TopicSetup {
    private static final Logger LOG = Logger.getLogger(TopicSetup.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration ASK_AGAIN = Duration.ofMillis(100);

    /** Settings that a topic which somebody else made must have all the same. */
    private static final List<String> CRITICAL =
            List.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG);

    private final TopicsConfig config;
    private final String bootstrapServers;

    TopicSetup(TopicsConfig config, @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        this.config = config;
        this.bootstrapServers = bootstrapServers;
    }

    void onStart(@Observes @Priority(1) StartupEvent event) throws InterruptedException {
        try (var admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            for (var topic : wanted()) {
                create(admin, topic);
            }
            checkPartitions(admin);
            checkSettings(admin);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(
                    "cannot make the topics at " + bootstrapServers
                            + ": is the broker up, and is kafka.bootstrap.servers right?",
                    e);
        }
    }

    private static final Set<String> KEPT_FOR_EVER = Set.of(Topics.CHAIN, Topics.GAP_EVENT);

    /** Neither deleted from nor compacted. */
    private static final Map<String, String> KEPT = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_DELETE,
            TopicConfig.RETENTION_MS_CONFIG,
            "-1",
            TopicConfig.RETENTION_BYTES_CONFIG,
            "-1");

    private List<NewTopic> wanted() {
        return List.of(
                topic(Topics.RIB_SNAPSHOT, Map.of(TopicConfig.RETENTION_MS_CONFIG, millis(config.snapshotRetention()))),
                topic(
                        Topics.ROUTE_EVENT,
                        Map.of(
                                TopicConfig.CLEANUP_POLICY_CONFIG,
                                TopicConfig.CLEANUP_POLICY_COMPACT,
                                TopicConfig.RETENTION_MS_CONFIG,
                                "-1")),
                topic(Topics.CHAIN, KEPT),
                topic(Topics.GAP_EVENT, KEPT),
                topic(Topics.REJECTED, Map.of(TopicConfig.RETENTION_MS_CONFIG, millis(config.rejectedRetention()))));
    }

    private NewTopic topic(String name, Map<String, String> settings) {
        var all = new java.util.HashMap<>(settings);
        all.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
        return new NewTopic(name, Optional.of(config.partitions()), Optional.of(config.replicationFactor()))
                .configs(all);
    }

    private static String millis(Duration duration) {
        return String.valueOf(duration.toMillis());
    }

    private static void create(Admin admin, NewTopic topic)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            admin.createTopics(List.of(topic)).all().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            LOG.infof("made topic=%s partitions=%d", topic.name(), topic.numPartitions());
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    /** A log that is deleted after a week, or times that come from clients, would be found out too late. */
    private void checkSettings(Admin admin) throws ExecutionException, InterruptedException, TimeoutException {
        var resources = wanted().stream().map(TopicSetup::resource).toList();
        var described = admin.describeConfigs(resources).all().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        for (var topic : wanted()) {
            var actual = Objects.requireNonNull(described.get(resource(topic)));
            topic.configs().forEach((name, value) -> checkSetting(topic.name(), name, value, actual.get(name)));
        }
    }

    private static ConfigResource resource(NewTopic topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
    }

    private static void checkSetting(String topic, String name, String wanted, @Nullable ConfigEntry actual) {
        var value = actual == null ? "nothing" : actual.value();
        // The log is never deleted from because it is compacted; chains and gaps are neither.
        boolean isCritical = CRITICAL.contains(name) || KEPT_FOR_EVER.contains(topic);
        if (isCritical && !wanted.equals(value)) {
            throw new IllegalStateException("topic " + topic + " has " + name + "=" + value + " and must have " + wanted
                    + ": alter it (kafka-configs.sh), or delete the topic if nothing is in it");
        }
    }

    private void checkPartitions(Admin admin) throws ExecutionException, InterruptedException, TimeoutException {
        for (var topic : described(admin).values()) {
            int partitions = topic.partitions().size();
            if (partitions != config.partitions() && !topic.name().equals(Topics.REJECTED)) {
                throw new IllegalStateException("topic " + topic.name() + " has " + partitions + " partitions and"
                        + " hoplog.topics.partitions says " + config.partitions()
                        + ": the number is fixed once the topic exists, set the configuration to it");
            }
        }
    }

    /** A broker may learn of a topic a moment after another one has made it. */
    private static Map<String, TopicDescription> described(Admin admin)
            throws ExecutionException, InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (true) {
            try {
                return admin.describeTopics(List.of(
                                Topics.RIB_SNAPSHOT,
                                Topics.ROUTE_EVENT,
                                Topics.CHAIN,
                                Topics.GAP_EVENT,
                                Topics.REJECTED))
                        .allTopicNames()
                        .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || System.nanoTime() - deadline > 0) {
                    throw e;
                }
                LockSupport.parkNanos(ASK_AGAIN.toNanos());
            }
        }
    }
}
