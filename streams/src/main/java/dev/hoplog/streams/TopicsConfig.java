package dev.hoplog.streams;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the topics are made where they do not exist. */
@ConfigMapping(prefix = "hoplog.topics")
public interface TopicsConfig {
    /**
     * Partitions of the snapshot topic, of the log and of the chains' topic. Fixed once the topics exist: the log's number decides where a
     * prefix lives.
     */
    @WithDefault("4")
    int partitions();

    /** Copies of each partition. */
    @WithDefault("1")
    short replicationFactor();

    /** How long snapshots are kept: the buffer that the diff may fall behind by. */
    @WithDefault("7d")
    Duration snapshotRetention();

    /** How long refused input is kept. */
    @WithDefault("30d")
    Duration rejectedRetention();
}
