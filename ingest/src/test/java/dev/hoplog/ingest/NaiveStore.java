package dev.hoplog.ingest;

import com.google.protobuf.ByteString;
import dev.hoplog.model.Id;
import dev.hoplog.model.RibId;
import dev.hoplog.model.Row;
import dev.hoplog.model.RowKey;
import dev.hoplog.wire.LeafDigest;
import dev.hoplog.wire.LeafRows;
import dev.hoplog.wire.MalformedRecord;
import dev.hoplog.wire.RootDigest;
import dev.hoplog.wire.SnapshotCodec;
import dev.hoplog.wire.SnapshotPart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What whoever reads the wire makes of it, in the simplest way: whole leaves by number, and a root at every manifest. */
public final class NaiveStore {
    private final Map<RibId, TreeMap<Integer, ByteString>> leaves = new HashMap<>();
    private final Map<RibId, Id> under = new HashMap<>();
    private final Map<RibId, Id> accepted = new HashMap<>();
    private final List<String> complaints = new ArrayList<>();

    /** Takes a record as it comes from the broker. */
    public void take(byte[] record) throws MalformedRecord {
        var part = SnapshotCodec.decode(record);
        var header = part.header();
        if (part instanceof SnapshotPart.Failure) {
            return;
        }
        if (!header.id().equals(under.put(header.rib(), header.id()))) {
            if (header.isKeyframe()) {
                leaves.remove(header.rib());
            } else if (!header.base().equals(Optional.ofNullable(accepted.get(header.rib())))) {
                complaints.add(header.rib() + " is built on what was not accepted last");
            }
        }
        var table = leaves.computeIfAbsent(header.rib(), rib -> new TreeMap<>());
        switch (part) {
            case SnapshotPart.LeavesPart changed ->
                changed.leaves().forEach(leaf -> {
                    if (leaf.content().isEmpty()) {
                        table.remove(leaf.number());
                    } else {
                        table.put(leaf.number(), leaf.content());
                    }
                });
            case SnapshotPart.Manifest manifest -> {
                if (!manifest.root().equals(root(header.rib()))) {
                    complaints.add(header.rib() + " has another root than its manifest");
                }
                accepted.put(header.rib(), header.id());
            }
            case SnapshotPart.Failure _ -> {}
        }
    }

    /** What was wrong with the records so far. */
    public List<String> complaints() {
        return complaints;
    }

    public RootDigest root(RibId rib) {
        var root = RootDigest.EMPTY;
        for (var leaf : leaves.getOrDefault(rib, new TreeMap<>()).entrySet()) {
            root = root.plus(LeafDigest.of(leaf.getKey(), leaf.getValue()));
        }
        return root;
    }

    public Map<RowKey, Row> rows(RibId rib) throws MalformedRecord {
        var rows = new TreeMap<RowKey, Row>();
        for (var leaf : leaves.getOrDefault(rib, new TreeMap<>()).entrySet()) {
            for (var row : LeafRows.decode(
                            leaf.getKey(), leaf.getValue(), rib.family().version())
                    .rows()) {
                rows.put(row.key(), row);
            }
        }
        return rows;
    }

    public List<RibId> ribs() {
        return List.copyOf(leaves.keySet());
    }
}
