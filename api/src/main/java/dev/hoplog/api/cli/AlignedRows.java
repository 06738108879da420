package dev.hoplog.api.cli;

import java.util.stream.Collectors;

/**
 * Rows of a table that may be of any size: so many at a time are held and aligned with one another. Not thread-safe.
 */
final class AlignedRows {
    private static final int HELD = 1_000;

    private TextTable rows = TextTable.ofFacts();
    private int held;

    /** What can be printed now; most often nothing. */
    String add(String... cells) {
        rows.row(cells);
        return ++held < HELD ? "" : flush();
    }

    /** All that is held. */
    String flush() {
        var lines = rows.lines().map(line -> line + "\n").collect(Collectors.joining());
        rows = TextTable.ofFacts();
        held = 0;
        return lines;
    }
}
