package dev.hoplog.model;

import java.util.List;
import java.util.Map;

/**
 * The complete contents of one RIB as one output showed it.
 *
 * @param observed which attributes the output shows
 * @param rows in any order, at most one per key
 * @param sourceTimes when the source says that a row last changed, by key, where it says it
 */
public record Table(Observed observed, List<Row> rows, Map<RowKey, SourceTime> sourceTimes) {
    private static final Table EMPTY = new Table(Observed.of(), List.of(), Map.of());

    public Table {
        rows = List.copyOf(rows);
        sourceTimes = Map.copyOf(sourceTimes);
    }

    /** A table without rows, of which it does not matter what could be observed. */
    public static Table empty() {
        return EMPTY;
    }
}
