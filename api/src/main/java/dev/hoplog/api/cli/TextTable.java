package dev.hoplog.api.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Columns of text, two blanks apart, each as wide as its widest cell. Grows with its rows; not thread-safe. */
public final class TextTable {
    private final List<List<String>> rows = new ArrayList<>();
    private final String indent;

    private TextTable(String indent) {
        this.indent = indent;
    }

    public static TextTable withHeader(String... names) {
        var table = new TextTable("");
        table.row(names);
        return table;
    }

    /** Without a header, indented: what is said about a thing, below its heading. */
    static TextTable ofFacts() {
        return new TextTable("  ");
    }

    public void row(String... cells) {
        rows.add(List.of(cells));
    }

    public Stream<String> lines() {
        var columns = rows.stream().mapToInt(List::size).max().orElse(0);
        var widths = IntStream.range(0, columns).map(this::width).toArray();
        return rows.stream().map(row -> line(row, widths));
    }

    private int width(int column) {
        return rows.stream()
                .filter(row -> column < row.size())
                .mapToInt(row -> row.get(column).length())
                .max()
                .orElse(0);
    }

    private String line(List<String> row, int[] widths) {
        var line = new StringBuilder(indent);
        for (int column = 0; column < row.size(); column++) {
            var cell = row.get(column);
            line.append(cell).repeat(' ', widths[column] - cell.length() + 2);
        }
        return line.toString().stripTrailing();
    }
}
