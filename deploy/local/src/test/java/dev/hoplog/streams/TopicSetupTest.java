package dev.hoplog.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hoplog.local.EmbeddedKafka;
import dev.hoplog.wire.Topics;
import io.quarkus.runtime.StartupEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TopicSetupTest {
    private static final Map<String, String> RIGHT =
            Map.of("message.timestamp.type", "LogAppendTime", "retention.ms", "-1", "cleanup.policy", "delete");

    @TempDir
    private Path directory;

    private static final TopicsConfig CONFIG = new TopicsConfig() {
        @Override
        public int partitions() {
            return 2;
        }

        @Override
        public short replicationFactor() {
            return 1;
        }

        @Override
        public Duration snapshotRetention() {
            return Duration.ofDays(7);
        }

        @Override
        public Duration rejectedRetention() {
            return Duration.ofDays(30);
        }
    };

    @Test
    void shouldNotStartOnATopicThatWouldForgetChains() throws Exception {
        try (var kafka = EmbeddedKafka.start(directory);
                var admin =
                        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
            var setup = new TopicSetup(CONFIG, kafka.bootstrapServers());
            setup.onStart(new StartupEvent());
            assertThat(admin.listTopics().names().get()).contains(Topics.CHAIN);
            setup.onStart(new StartupEvent()); // what it made itself is right

            for (var wrong : List.of(Map.entry("retention.ms", "604800000"), Map.entry("cleanup.policy", "compact"))) {
                var settings = new HashMap<>(RIGHT);
                settings.put(wrong.getKey(), wrong.getValue());
                admin.deleteTopics(List.of(Topics.CHAIN)).all().get();
                admin.createTopics(List.of(
                                new NewTopic(Topics.CHAIN, Optional.of(2), Optional.of((short) 1)).configs(settings)))
                        .all()
                        .get();

                assertThatIllegalStateException()
                        .isThrownBy(() -> setup.onStart(new StartupEvent()))
                        .withMessageContaining(
                                "topic " + Topics.CHAIN + " has " + wrong.getKey() + "=" + wrong.getValue());
            }
        }
    }
}
