package dev.hoplog.streams.topology;

import dev.hoplog.log.GapEntry;
import dev.hoplog.model.RowKey;
import dev.hoplog.wire.GapCodec;
import dev.hoplog.wire.Topics;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;

/**
 * The log in, gaps out.
 *
 * <pre>
 *   hoplog.route-event.v1 ──▶ gaps ──▶ hoplog.gap-event.v1
 *                               │
 *        tables, rows, sessions, subjects, waits, chains, due
 * </pre>
 */
final class GapTopology {
    static final String TABLES = "gap-tables";
    static final String ROWS = "gap-rows";
    static final String SESSIONS = "gap-sessions";
    static final String SUBJECTS = "gap-subjects";
    static final String WAITS = "gap-waits";
    static final String CHAINS = "gap-chains";
    static final String DUE = "gap-due";
    static final List<String> STORES = List.of(TABLES, ROWS, SESSIONS, SUBJECTS, WAITS, CHAINS, DUE);
    private static final String ENTRIES = "log-entries";
    private static final String GAPS = "gaps";
    private static final String GAP_LOG = "gap-log";

    private GapTopology() {}

    static void addTo(Topology topology) {
        topology.addSource(
                        ENTRIES,
                        Serdes.ByteArray().deserializer(),
                        Serdes.ByteArray().deserializer(),
                        Topics.ROUTE_EVENT)
                .addProcessor(GAPS, GapProcessor::new, ENTRIES);
        for (var store : STORES) {
            topology.addStateStore(DiffTopology.store(store), GAPS);
        }
        topology.<byte[], GapEntry>addSink(
                GAP_LOG,
                Topics.GAP_EVENT,
                Serdes.ByteArray().serializer(),
                (topic, entry) -> GapCodec.encode(entry),
                (topic, key, entry, partitions) ->
                        Optional.of(Set.of(Topics.partitionOf(RowKey.of(entry.prefix()), partitions))),
                GAPS);
    }
}
