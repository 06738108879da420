package dev.hoplog.picture;

import java.util.Locale;

/**
 * An SVG file in the making. Colours of what is not data are classes, which follow the reader's light or dark mode; text is
 * text, in a font of fixed width wherever its width matters.
 */
final class Svg {
    /** Of the fixed-width font, in widths of a character of size 1; its faces differ by some hundredths. */
    private static final double ADVANCE = 0.605;

    private static final String STYLE = """
            <style>
            text { font-family: system-ui, -apple-system, "Segoe UI", "DejaVu Sans", Helvetica, Arial, sans-serif; fill: #24292e }
            .fixed { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace }
            .strong { font-weight: 600 }
            .weak { fill: #5f6670 }
            .inside { fill: #111217 }
            .page { fill: #f4f5f5 }
            .panel { fill: #ffffff; stroke: #d8dade }
            .line { stroke: #d8dade }
            .incident { fill: #F2495C }
            .incident-text { fill: #c4162a }
            .incident-line { stroke: #F2495C; stroke-width: 1.5 }
            @media (prefers-color-scheme: dark) {
            text { fill: #ccccdc }
            .weak { fill: #9a9bab }
            .page { fill: #111217 }
            .panel { fill: #181b1f; stroke: #2c2f36 }
            .line { stroke: #2c2f36 }
            .incident-text { fill: #ff7383 }
            .inside { fill: #111217 }
            }
            </style>
            """;

    private final StringBuilder body = new StringBuilder();

    /** How wide so many characters of the fixed-width font are. */
    static double width(int characters, int size) {
        return characters * size * ADVANCE;
    }

    void text(double x, double baseline, int size, String classes, String text) {
        body.append("<text x=\"%s\" y=\"%s\" font-size=\"%d\" class=\"%s\">%s</text>\n"
                .formatted(number(x), number(baseline), size, classes, escaped(text)));
    }

    void textEndingAt(double x, double baseline, int size, String classes, String text) {
        body.append("<text x=\"%s\" y=\"%s\" font-size=\"%d\" class=\"%s\" text-anchor=\"end\">%s</text>\n"
                .formatted(number(x), number(baseline), size, classes, escaped(text)));
    }

    void textAround(double x, double baseline, int size, String classes, String text) {
        body.append("<text x=\"%s\" y=\"%s\" font-size=\"%d\" class=\"%s\" text-anchor=\"middle\">%s</text>\n"
                .formatted(number(x), number(baseline), size, classes, escaped(text)));
    }

    /** A rectangle of data, with what it means as a tool tip. */
    void bar(double x, double y, double width, double height, String color, String meaning) {
        body.append("<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\"><title>%s</title></rect>\n"
                .formatted(number(x), number(y), number(width), number(height), color, escaped(meaning)));
    }

    void box(double x, double y, double width, double height, String classes, double opacity) {
        body.append("<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" class=\"%s\" fill-opacity=\"%s\"/>\n"
                .formatted(number(x), number(y), number(width), number(height), classes, number(opacity)));
    }

    void line(double x1, double y1, double x2, double y2, String classes) {
        body.append("<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" class=\"%s\"/>\n"
                .formatted(number(x1), number(y1), number(x2), number(y2), classes));
    }

    String file(double width, double height, String title) {
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$s" height="%2$s" viewBox="0 0 %1$s %2$s" role="img">
                <title>%3$s</title>
                %4$s%5$s</svg>
                """.formatted(number(width), number(height), escaped(title), STYLE, body);
    }

    private static String number(double value) {
        var text = String.format(Locale.ROOT, "%.2f", value);
        return text.replaceAll("\\.?0+$", "");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
