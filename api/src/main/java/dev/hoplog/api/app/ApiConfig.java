package dev.hoplog.api.app;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Keys {@code hoplog.api.*} and {@code hoplog.projector.*}; the defaults stand in application.properties. */
@ConfigMapping(prefix = "hoplog")
public interface ApiConfig {
    Api api();

    ProjectorConfig projector();

    DatabaseConfig database();

    KafkaConfig kafka();

    /** The gRPC service. */
    interface Api {
        String host();

        int port();

        /** How long an answer may take if the client does not say. */
        Duration defaultDeadline();

        /** How long it may take at most, whatever the client says. */
        Duration longestDeadline();
    }

    /** The follower of the log. */
    interface ProjectorConfig {
        boolean enabled();

        String group();

        int batchRecords();

        Duration retryAfter();

        Optional<Set<Integer>> pausedPartitions();
    }

    /** Where the projection is. */
    interface DatabaseConfig {
        String url();

        String user();

        Optional<String> password();

        String schema();
    }

    /** Where the log is. */
    interface KafkaConfig {
        String bootstrapServers();
    }
}
