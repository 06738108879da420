package dev.hoplog.picture;

import dev.hoplog.api.grafana.Panel;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/**
 * Draws the dashboard: its panels, of their heights, with the colours, words and units that it gives them, and what its queries
 * found. It looks like Grafana and is none.
 */
public final class DashboardPicture {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final double WIDTH = 1080;
    private static final double MARGIN = 10;
    private static final double PADDING = 12;
    private static final double HEADING = 44;
    private static final double TITLE = 46;
    /** Of Grafana's grid, with what is between. */
    private static final double UNIT = 38;

    private DashboardPicture() {}

    public static String of(Answers answers) {
        var svg = new Svg();
        double height = HEADING;
        for (var panel : answers.dashboard().panels()) {
            height += heightOf(panel, answers) + MARGIN;
        }
        svg.box(0, 0, WIDTH, height, "page", 1);
        heading(svg, answers);
        double y = HEADING;
        for (var panel : answers.dashboard().panels()) {
            draw(svg, panel, answers, y);
            y += heightOf(panel, answers) + MARGIN;
        }
        return svg.file(WIDTH, height, answers.dashboard().title());
    }

    private static void heading(Svg svg, Answers answers) {
        svg.text(MARGIN + 2, 28, 17, "strong", answers.dashboard().title());
        var window = TIME.format(answers.from()) + " to " + TIME.format(answers.to()) + " UTC";
        svg.textEndingAt(WIDTH - MARGIN - 2, 28, 12, "fixed weak", chosen(answers) + " · " + window);
    }

    private static String chosen(Answers answers) {
        return "Network " + String.join(", ", answers.chosen().getOrDefault("network", List.of()));
    }

    private static double room(Panel panel) {
        return panel.height() * UNIT - 8 - TITLE - PADDING;
    }

    private static double heightOf(Panel panel, Answers answers) {
        double room = room(panel);
        return TITLE
                + PADDING
                + (panel.type().equals("table")
                        ? table(new Svg(), panel, answers).heightWithin(room)
                        : room);
    }

    private static Table table(Svg svg, Panel panel, Answers answers) {
        return new Table(svg, panel, MARGIN + PADDING, WIDTH - MARGIN - PADDING, answers.to(panel.title()));
    }

    private static void draw(Svg svg, Panel panel, Answers answers, double top) {
        double height = heightOf(panel, answers);
        svg.box(MARGIN, top, WIDTH - 2 * MARGIN, height, "panel", 1);
        svg.text(MARGIN + PADDING, top + 20, 13, "strong", titled(panel.title(), answers.chosen()));
        svg.text(MARGIN + PADDING, top + 37, 11, "weak", panel.description());
        double content = top + TITLE;
        switch (panel.type()) {
            case "table" -> table(svg, panel, answers).draw(content, room(panel));
            case "state-timeline" ->
                new Timeline(
                                svg,
                                panel,
                                answers.from(),
                                answers.to(),
                                MARGIN + PADDING,
                                WIDTH - MARGIN - PADDING,
                                answers.to(panel.title()))
                        .draw(answers.to("Incidents"), content, top + height - PADDING / 2);
            default -> throw new IllegalArgumentException("no drawing of a " + panel.type());
        }
    }

    private static String titled(String title, Map<String, List<String>> chosen) {
        var text = title;
        for (var variable : chosen.entrySet()) {
            text = text.replace("$" + variable.getKey(), String.join(", ", variable.getValue()));
        }
        return text;
    }
}
