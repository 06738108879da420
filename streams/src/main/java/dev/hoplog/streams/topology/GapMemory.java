package dev.hoplog.streams.topology;

import dev.hoplog.chain.ChainTimeline;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.HopId;
import dev.hoplog.model.IpVersion;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.RibId;
import dev.hoplog.model.RowKey;
import dev.hoplog.streams.gap.Memory;
import dev.hoplog.streams.gap.Subject;
import dev.hoplog.streams.gap.SubjectState;
import dev.hoplog.streams.gap.TableTrack;
import dev.hoplog.streams.gap.Wait;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What the gap step remembers, in its stores. The keys:
 *
 * <ul>
 *   <li>tables: the RIB
 *   <li>rows: the subject (network, a zero octet, 4 or 6, NLRI), then the RIB
 *   <li>sessions: the RIB, a zero octet, the row
 *   <li>subjects: the subject
 *   <li>waits: the RIB, a zero octet, the subject; so those that wait for a table, or for any table of a hop, lie side by
 *       side
 *   <li>chains: the network
 *   <li>due: the network; the subject that was looked at last since its chain changed
 * </ul>
 */
final class GapMemory implements Memory {
    private final KeyValueStore<Bytes, byte[]> tables;
    private final KeyValueStore<Bytes, byte[]> rows;
    private final KeyValueStore<Bytes, byte[]> sessions;
    private final KeyValueStore<Bytes, byte[]> subjects;
    private final KeyValueStore<Bytes, byte[]> waits;
    private final KeyValueStore<Bytes, byte[]> chains;
    private final KeyValueStore<Bytes, byte[]> due;
    /** Tables and chains are few and asked for all the time. */
    private final Map<RibId, TableTrack> knownTables = new HashMap<>();

    private final Map<String, Map<HopId, Map<RibId, TableTrack>>> byHop = new HashMap<>();
    private final Map<String, ChainTimeline> knownChains = new HashMap<>();

    GapMemory(ProcessorContext<?, ?> context) {
        tables = context.getStateStore(GapTopology.TABLES);
        rows = context.getStateStore(GapTopology.ROWS);
        sessions = context.getStateStore(GapTopology.SESSIONS);
        subjects = context.getStateStore(GapTopology.SUBJECTS);
        waits = context.getStateStore(GapTopology.WAITS);
        chains = context.getStateStore(GapTopology.CHAINS);
        due = context.getStateStore(GapTopology.DUE);
        try (var all = tables.all()) {
            all.forEachRemaining(entry -> know(GapStateCodec.rib(entry.value), GapStateCodec.track(entry.value)));
        }
        try (var all = chains.all()) {
            all.forEachRemaining(entry -> {
                var versions = GapStateCodec.chains(entry.value);
                knownChains.put(text(entry.key), ChainTimeline.of(versions));
            });
        }
    }

    private void know(RibId table, TableTrack track) {
        knownTables.put(table, track);
        byHop.computeIfAbsent(table.network(), _ -> new HashMap<>())
                .computeIfAbsent(table.hop(), _ -> new HashMap<>())
                .put(table, track);
    }

    @Override
    public TableTrack table(RibId table) {
        return knownTables.getOrDefault(table, TableTrack.unknown());
    }

    @Override
    public void table(RibId table, TableTrack track) {
        know(table, track);
        tables.put(key(table.key()), GapStateCodec.encode(table, track));
    }

    @Override
    public Map<RibId, TableTrack> tablesOf(String network, HopId hop) {
        return byHop.getOrDefault(network, Map.of()).getOrDefault(hop, Map.of());
    }

    @Override
    public Map<RibId, List<RouteEvent>> rows(Subject subject) {
        var found = new HashMap<RibId, List<RouteEvent>>();
        try (var ofSubject = rows.prefixScan(octets(subject), new ByteArraySerializer())) {
            ofSubject.forEachRemaining(entry -> {
                var events = GapStateCodec.events(entry.value);
                found.put(events.getFirst().rib(), events);
            });
        }
        return found;
    }

    @Override
    public void row(Subject subject, RibId table, List<RouteEvent> events) {
        rows.put(Bytes.wrap(joined(octets(subject), octets(table.key()))), GapStateCodec.encodeEvents(events));
    }

    @Override
    public List<RouteEvent> session(RibId table, RowKey row) {
        return Optional.ofNullable(sessions.get(sessionKey(table, row)))
                .map(GapStateCodec::events)
                .orElse(List.of());
    }

    @Override
    public void session(RibId table, RowKey row, List<RouteEvent> events) {
        sessions.put(sessionKey(table, row), GapStateCodec.encodeEvents(events));
    }

    private static Bytes sessionKey(RibId table, RowKey row) {
        return Bytes.wrap(joined(octets(table.key() + "\0"), row.octets()));
    }

    @Override
    public Optional<SubjectState> state(Subject subject) {
        return Optional.ofNullable(subjects.get(Bytes.wrap(octets(subject)))).map(GapStateCodec::state);
    }

    @Override
    public void state(Subject subject, SubjectState state) {
        var key = Bytes.wrap(octets(subject));
        var before = byTable(Optional.ofNullable(subjects.get(key)).map(GapStateCodec::state));
        var after = byTable(Optional.of(state));
        before.keySet().stream()
                .filter(table -> !after.containsKey(table))
                .forEach(table -> waits.delete(waitKey(table, subject)));
        after.forEach((table, ofTable) -> {
            if (!ofTable.equals(before.get(table))) {
                waits.put(waitKey(table, subject), GapStateCodec.encodeWaits(ofTable));
            }
        });
        subjects.put(key, GapStateCodec.encode(state));
    }

    private static Map<RibId, List<Wait>> byTable(Optional<SubjectState> state) {
        var byTable = new HashMap<RibId, List<Wait>>();
        state.ifPresent(known -> known.waits()
                .forEach(wait -> byTable.computeIfAbsent(wait.table(), _ -> new ArrayList<>())
                        .add(wait)));
        return byTable;
    }

    private static Bytes waitKey(RibId table, Subject subject) {
        return Bytes.wrap(joined(octets(table.key() + "\0"), octets(subject)));
    }

    @Override
    public Map<Subject, Collection<Wait>> waiting(RibId table) {
        var prefix = octets(table.key() + "\0");
        var waiting = new LinkedHashMap<Subject, Collection<Wait>>();
        try (var all = waits.prefixScan(prefix, new ByteArraySerializer())) {
            all.forEachRemaining(
                    entry -> waiting.put(subject(entry.key.get(), prefix.length), GapStateCodec.waits(entry.value)));
        }
        return waiting;
    }

    @Override
    public Collection<Subject> waiting(String network, HopId hop) {
        var waiting = new LinkedHashSet<Subject>();
        try (var all = waits.prefixScan(octets(network + "/" + hop + "/"), new ByteArraySerializer())) {
            all.forEachRemaining(entry -> waiting.add(subject(entry.key.get(), indexOfZero(entry.key.get()) + 1)));
        }
        return waiting;
    }

    @Override
    public ChainTimeline chains(String network) {
        return knownChains.getOrDefault(network, ChainTimeline.of(List.of()));
    }

    @Override
    public void chain(ChainVersion version) {
        var key = key(version.network());
        var versions = new ArrayList<>(
                Optional.ofNullable(chains.get(key)).map(GapStateCodec::chains).orElse(List.of()));
        versions.add(version);
        chains.put(key, GapStateCodec.encodeChains(versions));
        knownChains.put(version.network(), ChainTimeline.of(versions));
    }

    @Override
    public void recheck(String network) {
        due.put(key(network), octets(network + "\0"));
    }

    /** The next subjects that are to be looked at since their chain changed, at most so many; none: all have been. */
    List<Subject> nextDue(int most) {
        var next = new ArrayList<Subject>();
        var done = new ArrayList<Bytes>();
        var reached = new HashMap<Bytes, byte[]>();
        try (var networks = due.all()) {
            while (networks.hasNext() && next.size() < most) {
                var network = networks.next();
                int before = next.size();
                addAfter(network.value, octets(text(network.key) + "\1"), most, next);
                if (next.size() == before) {
                    done.add(network.key);
                } else {
                    reached.put(network.key, joined(octets(next.getLast()), new byte[] {(byte) 0xFF}));
                }
            }
        }
        done.forEach(due::delete);
        reached.forEach(due::put);
        return next;
    }

    private void addAfter(byte[] from, byte[] to, int most, List<Subject> next) {
        try (var some = rows.range(Bytes.wrap(from), Bytes.wrap(to))) {
            while (some.hasNext() && next.size() < most) {
                var subject = subject(some.next().key.get(), 0);
                if (next.isEmpty() || !next.getLast().equals(subject)) {
                    next.add(subject);
                }
            }
        }
    }

    private static byte[] octets(Subject subject) {
        var network = octets(subject.network());
        var nlri = subject.prefix().nlri();
        return ByteBuffer.allocate(network.length + 2 + nlri.length)
                .put(network)
                .put((byte) 0)
                .put((byte) (subject.prefix().address().version() == IpVersion.V4 ? 4 : 6))
                .put(nlri)
                .array();
    }

    private static Subject subject(byte[] octets, int at) {
        int end = at;
        while (octets[end] != 0) {
            end++;
        }
        var network = new String(octets, at, end - at, StandardCharsets.UTF_8);
        var version = octets[end + 1] == 4 ? IpVersion.V4 : IpVersion.V6;
        int length = octets[end + 2] & 0xFF;
        var nlri = java.util.Arrays.copyOfRange(octets, end + 2, end + 3 + (length + 7) / 8);
        return new Subject(network, Prefix.ofNlri(version, nlri));
    }

    private static int indexOfZero(byte[] octets) {
        int at = 0;
        while (octets[at] != 0) {
            at++;
        }
        return at;
    }

    private static byte[] joined(byte[] a, byte[] b) {
        return ByteBuffer.allocate(a.length + b.length).put(a).put(b).array();
    }

    private static Bytes key(String text) {
        return Bytes.wrap(octets(text));
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Bytes key) {
        return new String(key.get(), StandardCharsets.UTF_8);
    }
}
