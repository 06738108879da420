package dev.hoplog.api.app;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Keys {@code hoplog.*}; the defaults stand in application.properties. */
@ConfigMapping(prefix = "hoplog")
public interface ApiConfig {
    Api api();

    WatchConfig watch();

    ProjectorConfig projector();

    DatabaseConfig database();

    KafkaConfig kafka();

    /** The gRPC service. */
    interface Api {
        String host();

        int port();

        /** Of health and metrics. */
        int httpPort();

        /** How long an answer may take if the client does not say. */
        Duration defaultDeadline();

        /** How long it may take at most, whatever the client says. */
        Duration longestDeadline();
    }

    /** Clients that are told what happens as it happens. */
    interface WatchConfig {
        /** At most so many at a time. */
        int most();

        /** How often each hears how far it has come. */
        Duration progressEvery();

        /** A client that makes the server wait so long for one message is told that it lagged. */
        Duration laggedAfter();

        /** One that makes it wait so long is left. */
        Duration patience();
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
