package dev.hoplog.picture;

import dev.hoplog.api.grafana.Panel;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** A table whose columns are as wide as they need to be and whose cells break where they have to. */
final class Table {
    private static final int FONT = 11;
    private static final int LINE = 15;
    private static final int PADDING = 8;
    private static final double BETWEEN = 14;
    private static final String TIME = "time:";

    /** Where words, names of hops and names of columns may be parted; prefixes may not. */
    private static final String BREAKS = "(?<= )|(?<=/)(?=[a-z])|(?<=_)(?=at_|before|most|least)";

    private final Svg svg;
    private final List<List<String>> texts;
    private final double left;
    private final double right;
    private final double[] widths;

    Table(Svg svg, Panel panel, double left, double right, Rows rows) {
        this.svg = svg;
        this.left = left;
        this.right = right;
        this.texts = new ArrayList<>();
        texts.add(rows.columns());
        rows.cells()
                .forEach(row -> texts.add(IntStream.range(0, row.size())
                        .mapToObj(i -> shown(
                                row.get(i),
                                panel.units().getOrDefault(rows.columns().get(i), "")))
                        .toList()));
        this.widths = widths();
    }

    private static String shown(String cell, String unit) {
        if (cell.isEmpty() || unit.isEmpty()) {
            return cell;
        }
        if (unit.startsWith(TIME)) {
            // Grafana's patterns are those of moment.js, which writes years and days in capitals.
            var pattern = unit.substring(TIME.length()).replace("YYYY", "yyyy").replace("DD", "dd");
            return DateTimeFormatter.ofPattern(pattern, Locale.ROOT)
                    .withZone(ZoneOffset.UTC)
                    .format(Instant.parse(cell));
        }
        if (unit.equals("s")) {
            return String.format(Locale.ROOT, "%.3f s", Double.valueOf(cell));
        }
        throw new IllegalArgumentException("no drawing of unit " + unit);
    }

    /** What each column would like; what is too much is taken from those that can break. */
    private double[] widths() {
        int columns = texts.getFirst().size();
        var least = new double[columns];
        var most = new double[columns];
        for (var row : texts) {
            for (int i = 0; i < columns; i++) {
                var text = row.get(i);
                most[i] = Math.max(most[i], Svg.width(text.length(), FONT));
                least[i] = Math.max(
                        least[i],
                        Arrays.stream(text.split(BREAKS))
                                .mapToDouble(word -> Svg.width(word.strip().length(), FONT))
                                .max()
                                .orElse(0));
            }
        }
        double available = right - left - BETWEEN * (columns - 1);
        double wanted = Arrays.stream(most).sum();
        double needed = Arrays.stream(least).sum();
        double share = wanted <= available ? 1 : Math.max(0, (available - needed) / (wanted - needed));
        return IntStream.range(0, columns)
                .mapToDouble(i -> least[i] + share * (most[i] - least[i]))
                .toArray();
    }

    private static List<String> lines(String text, double width) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var word : text.split(BREAKS)) {
            if (!line.isEmpty() && Svg.width((line + word).strip().length(), FONT) > width + 0.01) {
                lines.add(line.toString().strip());
                line.setLength(0);
            }
            line.append(word);
        }
        lines.add(line.toString().strip());
        return lines;
    }

    private double heightOf(List<String> row) {
        int lines = IntStream.range(0, row.size())
                .map(i -> lines(row.get(i), widths[i]).size())
                .max()
                .orElse(1);
        return lines * LINE + PADDING;
    }

    /** How high it is if it shows the rows that fit into so much, the first one in any case. */
    double heightWithin(double height) {
        if (texts.size() == 1) {
            return 2 * (LINE + PADDING);
        }
        int fitting = fitting(height);
        return IntStream.rangeClosed(0, fitting)
                        .mapToDouble(i -> heightOf(texts.get(i)))
                        .sum()
                + (fitting < texts.size() - 1 ? LINE + PADDING : 0);
    }

    private int fitting(double height) {
        double used = heightOf(texts.getFirst()) + heightOf(texts.get(1));
        int rows = 1;
        while (rows + 1 < texts.size()) {
            used += heightOf(texts.get(rows + 1));
            double rest = rows + 2 < texts.size() ? LINE + PADDING : 0;
            if (used + rest > height) {
                break;
            }
            rows++;
        }
        return rows;
    }

    void draw(double top, double height) {
        if (texts.size() == 1) {
            svg.textAround((left + right) / 2, top + LINE + PADDING, FONT + 1, "weak", "No data");
            return;
        }
        int fitting = fitting(height);
        double y = top;
        for (int i = 0; i <= fitting; i++) {
            row(texts.get(i), y, i == 0 ? "fixed strong" : "fixed");
            y += heightOf(texts.get(i));
            svg.line(left, y, right, y, "line");
        }
        int more = texts.size() - 1 - fitting;
        if (more > 0) {
            svg.text(left, y + LINE, FONT, "weak", "and " + more + " more");
        }
    }

    private void row(List<String> row, double top, String classes) {
        double x = left;
        for (int i = 0; i < row.size(); i++) {
            double y = top + LINE - 1 + PADDING / 4.0;
            for (var line : lines(row.get(i), widths[i])) {
                svg.text(x, y, FONT, classes, line);
                y += LINE;
            }
            x += widths[i] + BETWEEN;
        }
    }
}
