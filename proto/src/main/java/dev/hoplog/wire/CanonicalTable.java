package dev.hoplog.wire;

import com.google.protobuf.ByteString;
import dev.hoplog.model.Row;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.SourceTime;
import dev.hoplog.model.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A table in canonical form: equal tables are equal octets, in whichever order the daemon printed them.
 *
 * <pre>
 *   rows ──leaf of key──▶ up to 65,536 leaves ──sort, encode──▶ contents ──SHA-256──▶ digests ──sum──▶ root
 * </pre>
 *
 * @param leaves those that have rows, by number
 */
public record CanonicalTable(SortedMap<Integer, CanonicalLeaf> leaves, RootDigest root, long rowCount) {
    private static final CanonicalTable EMPTY = new CanonicalTable(new TreeMap<>(), RootDigest.EMPTY, 0);

    /** One leaf that has rows. */
    public record CanonicalLeaf(
            int number, LeafRows rows, ByteString content, LeafDigest digest, Map<RowKey, SourceTime> sourceTimes) {}

    public CanonicalTable {
        leaves = Collections.unmodifiableSortedMap(leaves);
    }

    public static CanonicalTable empty() {
        return EMPTY;
    }

    /**
     * Puts a table into canonical form.
     *
     * @throws IllegalArgumentException if two rows have one key
     */
    public static CanonicalTable of(Table table) {
        return of(table, EMPTY);
    }

    /**
     * The same, with stamps steadied by an earlier reading of the same RIB: what lies within a source's jitter is not a
     * change, so it must not look like one.
     */
    public static CanonicalTable of(Table table, CanonicalTable earlier) {
        var rowsByLeaf = new TreeMap<Integer, List<Row>>();
        for (var row : table.rows()) {
            rowsByLeaf
                    .computeIfAbsent(row.key().leaf(), number -> new ArrayList<>(1))
                    .add(row);
        }
        var leaves = new TreeMap<Integer, CanonicalLeaf>();
        var root = RootDigest.EMPTY;
        for (var entry : rowsByLeaf.entrySet()) {
            int number = entry.getKey();
            var leaf = leaf(number, table, entry.getValue(), Optional.ofNullable(earlier.leaves.get(number)));
            leaves.put(number, leaf);
            root = root.plus(leaf.digest);
        }
        return new CanonicalTable(leaves, root, table.rows().size());
    }

    private static CanonicalLeaf leaf(int number, Table table, List<Row> rows, Optional<CanonicalLeaf> earlier) {
        var steadied = earlier.map(e -> steadied(rows, e.rows)).orElse(rows);
        var leafRows = new LeafRows(table.observed(), steadied);
        var content = leafRows.encode();
        var times = new TreeMap<RowKey, SourceTime>();
        rows.forEach(row ->
                Optional.ofNullable(table.sourceTimes().get(row.key())).ifPresent(time -> times.put(row.key(), time)));
        return new CanonicalLeaf(number, leafRows, content, LeafDigest.of(number, content), times);
    }

    private static List<Row> steadied(List<Row> rows, LeafRows earlier) {
        return rows.stream()
                .map(row -> earlier.rows().stream()
                        .filter(e -> e.key().equals(row.key()))
                        .findFirst()
                        .map(row::steadiedBy)
                        .orElse(row))
                .toList();
    }
}
