package dev.hoplog.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A row of the tables in docs/metrics.md. */
record DocumentedMetric(String name, String from, SortedSet<String> labels) {
    private static final Path FILE = Path.of("../../docs/metrics.md");

    static List<DocumentedMetric> all() throws IOException {
        try (var lines = Files.lines(FILE)) {
            return lines.filter(line -> line.startsWith("| `"))
                    .map(line -> line.split("\\s*\\|\\s*"))
                    .map(cells -> new DocumentedMetric(cells[1].replace("`", ""), cells[2], labels(cells[3])))
                    .toList();
        }
    }

    private static SortedSet<String> labels(String cell) {
        return new TreeSet<>(
                Stream.of(cell.split(",\\s*")).filter(label -> !label.isEmpty()).toList());
    }
}
