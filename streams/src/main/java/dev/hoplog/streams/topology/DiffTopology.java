package dev.hoplog.streams.topology;

import dev.hoplog.log.LogEntry;
import dev.hoplog.wire.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Snapshots and chains in, the log out.
 *
 * <pre>
 *   hoplog.rib-snapshot.v1 ──▶ diff ──▶ hoplog.route-event.v1
 *                               │  └──▶ hoplog.rejected.v1
 *                     ribs, leaves, taken-in
 *
 *   hoplog.chain.v1 ─────────▶ chain ─▶ hoplog.route-event.v1
 *                               │  └──▶ hoplog.rejected.v1
 *                             chains
 * </pre>
 *
 * The names of stores and processors are part of the changelogs' names: to rename one is a migration.
 */
public final class DiffTopology {
    static final String RIBS = "ribs";
    static final String LEAVES = "leaves";
    static final String TAKEN_IN = "taken-in";
    static final String LOG = "log";
    static final String REJECTED = "rejected";
    static final String CHAINS = "chains";
    static final String CHAIN_LOG = "chain-log";
    static final String CHAIN_REJECTED = "chain-rejected";
    private static final String SNAPSHOTS = "snapshots";
    private static final String DIFF = "diff";
    private static final String PUBLISHED_CHAINS = "published-chains";
    private static final String CHAIN = "chain";

    private DiffTopology() {}

    /** @param registry counts what the diff does */
    public static Topology build(MeterRegistry registry) {
        var meters = new DiffMeters(registry);
        var topology = new Topology();
        addDiff(topology, meters);
        addChains(topology, meters);
        GapTopology.addTo(topology);
        return topology;
    }

    /** First: tasks and their folders are numbered in this order. */
    private static void addDiff(Topology topology, DiffMeters meters) {
        topology.addSource(
                        SNAPSHOTS,
                        Serdes.ByteArray().deserializer(),
                        Serdes.ByteArray().deserializer(),
                        Topics.RIB_SNAPSHOT)
                .addProcessor(DIFF, () -> new DiffProcessor(meters), SNAPSHOTS)
                .addStateStore(store(RIBS), DIFF)
                .addStateStore(store(LEAVES), DIFF)
                .addStateStore(store(TAKEN_IN), DIFF)
                .<byte[], LogEntry>addSink(
                        LOG,
                        Topics.ROUTE_EVENT,
                        Serdes.ByteArray().serializer(),
                        new LogEntrySerializer(),
                        new LogPartitioner(),
                        DIFF)
                .addSink(
                        REJECTED,
                        Topics.REJECTED,
                        Serdes.ByteArray().serializer(),
                        Serdes.ByteArray().serializer(),
                        DIFF);
    }

    /** Shares no node with the diff, so that neither waits for the other's partitions. */
    private static void addChains(Topology topology, DiffMeters meters) {
        topology.addSource(
                        PUBLISHED_CHAINS,
                        Serdes.ByteArray().deserializer(),
                        Serdes.ByteArray().deserializer(),
                        Topics.CHAIN)
                .addProcessor(CHAIN, () -> new ChainProcessor(meters), PUBLISHED_CHAINS)
                .addStateStore(store(CHAINS), CHAIN)
                .<byte[], LogEntry>addSink(
                        CHAIN_LOG,
                        Topics.ROUTE_EVENT,
                        Serdes.ByteArray().serializer(),
                        new LogEntrySerializer(),
                        new LogPartitioner(),
                        CHAIN)
                .addSink(
                        CHAIN_REJECTED,
                        Topics.REJECTED,
                        Serdes.ByteArray().serializer(),
                        Serdes.ByteArray().serializer(),
                        CHAIN);
    }

    /** With a cache, so that what changes with every record reaches the changelog once per transaction. */
    static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingEnabled();
    }
}
