package dev.hoplog.picture;

import dev.hoplog.api.grafana.Panel;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A state timeline: one bar for each hop, and the annotations across all of them. */
final class Timeline {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd").withZone(ZoneOffset.UTC);
    private static final List<Duration> STEPS = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            Duration.ofHours(6));
    private static final int FONT = 11;
    private static final int INSIDE = 10;
    private static final int NOTE = 18;
    private static final int AXIS = 24;
    private static final int LEGEND = 24;
    private static final double FILLED = 0.78;

    /** A value, until the next one of its series or the end of the window. */
    private record Stretch(Instant from, Instant to, String value) {}

    private final Svg svg;
    private final Panel panel;
    private final Instant from;
    private final Instant to;
    private final double labelled;
    private final double left;
    private final double right;
    private final Map<String, List<Stretch>> series;

    Timeline(Svg svg, Panel panel, Instant from, Instant to, double left, double right, Rows rows) {
        this.svg = svg;
        this.panel = panel;
        this.from = from;
        this.to = to;
        this.series = series(rows, to);
        this.labelled = left;
        this.left = left
                + Svg.width(
                        series.keySet().stream().mapToInt(String::length).max().orElse(0), FONT)
                + 8;
        this.right = right;
    }

    private static Map<String, List<Stretch>> series(Rows rows, Instant end) {
        var series = new LinkedHashMap<String, List<Stretch>>();
        for (var row : rows.only("time", "metric", "value")) {
            var stretches = series.computeIfAbsent(row.get(1), _ -> new ArrayList<>());
            var time = Instant.parse(row.get(0));
            if (!stretches.isEmpty()) {
                var last = stretches.removeLast();
                if (last.value().equals(row.get(2))) {
                    stretches.add(last);
                    continue;
                }
                stretches.add(new Stretch(last.from(), time, last.value()));
            }
            stretches.add(new Stretch(time, end, row.get(2)));
        }
        return series;
    }

    /** Between these heights. */
    void draw(Rows annotations, double top, double bottom) {
        double first = top + NOTE * annotations.cells().size() + 4;
        double last = bottom - AXIS - LEGEND;
        axis(first, last);
        double note = top + NOTE - 6;
        for (var annotation : annotations.only("time", "timeend", "text")) {
            annotate(annotation.get(0), annotation.get(1), annotation.get(2), note, first, last);
            note += NOTE;
        }
        double pitch = (last - first) / Math.max(1, series.size());
        double y = first;
        for (var ofHop : series.entrySet()) {
            double middle = y + pitch / 2;
            svg.text(labelled, middle + FONT * 0.35, FONT, "fixed", ofHop.getKey());
            for (var stretch : ofHop.getValue()) {
                bar(ofHop.getKey(), stretch, middle, pitch * FILLED);
            }
            y += pitch;
        }
        legend(bottom - 6);
    }

    private void bar(String hop, Stretch stretch, double middle, double height) {
        var state = Objects.requireNonNull(panel.states().get(stretch.value()), stretch.value());
        double x = x(stretch.from());
        double width = x(stretch.to()) - x;
        svg.bar(
                x,
                middle - height / 2,
                width,
                height,
                Palette.of(state.color()),
                hop + " " + state.text() + " " + stretch.from() + " to " + stretch.to());
        if (Svg.width(state.text().length(), INSIDE) + 8 < width) {
            svg.text(x + 5, middle + INSIDE * 0.35, INSIDE, "fixed inside", state.text());
        }
    }

    private void axis(double top, double bottom) {
        var step = STEPS.stream()
                .filter(candidate -> x(from.plus(candidate)) - left > Svg.width(10, FONT))
                .findFirst()
                .orElse(STEPS.getLast());
        long tick = Math.ceilDiv(from.getEpochSecond(), step.toSeconds()) * step.toSeconds();
        for (; tick <= to.getEpochSecond(); tick += step.toSeconds()) {
            var at = Instant.ofEpochSecond(tick);
            svg.line(x(at), top, x(at), bottom + 4, "line");
            if (x(at) + Svg.width(4, FONT) < right) {
                svg.textAround(x(at), bottom + 16, FONT, "fixed weak", CLOCK.format(at));
            }
        }
        svg.text(labelled, bottom + 16, FONT, "fixed weak", DATE.format(from) + " UTC");
    }

    /** Behind the bars, whose colours mean something. */
    private void annotate(String begin, String end, String text, double baseline, double top, double bottom) {
        double x1 = x(Instant.parse(begin));
        svg.line(x1, top, x1, bottom, "incident-line");
        if (!end.isEmpty()) {
            double x2 = x(Instant.parse(end));
            svg.box(x1, top, x2 - x1, bottom - top, "incident", 0.25);
            svg.line(x2, top, x2, bottom, "incident-line");
        }
        if (x1 + Svg.width(text.length(), FONT) < right) {
            svg.text(x1, baseline, FONT, "fixed incident-text", text);
        } else {
            svg.textEndingAt(right, baseline, FONT, "fixed incident-text", text);
        }
    }

    private void legend(double baseline) {
        double x = left;
        for (var state : panel.states().values()) {
            svg.bar(x, baseline - 9, 14, 10, Palette.of(state.color()), state.text());
            svg.text(x + 19, baseline, FONT, "fixed weak", state.text());
            x += 19 + Svg.width(state.text().length() + 2, FONT);
        }
    }

    private double x(Instant instant) {
        var at = instant.isBefore(from) ? from : instant.isAfter(to) ? to : instant;
        return left
                + (right - left)
                        * Duration.between(from, at).toNanos()
                        / Duration.between(from, to).toNanos();
    }
}
