package dev.hoplog.api.cli;

import dev.hoplog.v1.Bounds;
import dev.hoplog.v1.Event;
import dev.hoplog.v1.GetTimelineResponse;
import dev.hoplog.v1.Presence;
import dev.hoplog.v1.Rib;
import dev.hoplog.v1.Row;
import dev.hoplog.v1.TableState;
import dev.hoplog.v1.TimeSpan;
import dev.hoplog.v1.TimelineEntry;
import java.util.ArrayList;

/** What there was at the start of a window, then one line for everything that happened. */
final class TimelineText {
    private TimelineText() {}

    static String of(GetTimelineResponse response) {
        var lines = new ArrayList<String>();
        if (response.getAtStartCount() > 0) {
            lines.add(response.getPrefix() + " at the start:");
            var states = TextTable.ofFacts();
            response.getAtStartList()
                    .forEach(state -> states.row(
                            state.getRib().getHop(), RibText.table(state.getRib()), TimelineText.state(state)));
            states.lines().forEach(lines::add);
            lines.add("");
        }
        if (response.getEntriesCount() == 0) {
            lines.add("Nothing happened to " + response.getPrefix() + " in this window that anybody saw.");
        } else {
            var table = TextTable.withHeader("AFTER", "AT OR BEFORE", "HOP", "TABLE", "WHAT");
            response.getEntriesList().forEach(entry -> add(entry, table));
            table.lines().forEach(lines::add);
            if (response.getEntriesList().stream().anyMatch(entry -> entry.getUndecidedWithAbove() > 0)) {
                lines.add("≈n: it may have happened before some of the n lines above it; nobody can tell.");
            }
        }
        if (response.getTruncated()) {
            lines.add("There is more: ask again with --from the time of the last line, or with a greater --limit.");
        }
        lines.add("");
        lines.add(CompletenessText.of(response.getNetwork(), response.getCompleteness()));
        return String.join("\n", lines) + "\n";
    }

    private static String state(TableState state) {
        return switch (state.getPresence()) {
            case PRESENCE_PRESENT -> "present, " + RouteText.of(state.getRoute());
            case PRESENCE_ABSENT -> "absent";
            case PRESENCE_UNKNOWN ->
                "not known"
                        + (state.getUnknownBecause().isEmpty()
                                ? ""
                                : ", because " + BoundsText.oneLine(state.getUnknownBecause()));
            case PRESENCE_UNSPECIFIED, UNRECOGNIZED -> Presence.PRESENCE_UNSPECIFIED.name();
        };
    }

    private static void add(TimelineEntry entry, TextTable table) {
        switch (entry.getEntryCase()) {
            case ROUTE ->
                add(table, entry, entry.getRoute().getBounds(), entry.getRoute().getRib(), what(entry.getRoute()));
            case SESSION ->
                add(
                        table,
                        entry,
                        entry.getSession().getBounds(),
                        entry.getSession().getRib(),
                        what(entry.getSession()));
            case RESTART ->
                add(
                        table,
                        entry,
                        entry.getRestart().getBounds(),
                        entry.getRestart().getRib(),
                        "the daemon restarted: "
                                + BoundsText.oneLine(entry.getRestart().getEvidence()));
            case BLIND ->
                add(
                        table,
                        entry,
                        bounds(entry.getBlind().getSpan()),
                        entry.getBlind().getRib(),
                        "not observed in between: " + BoundsText.why(entry.getBlind()));
            case ENTRY_NOT_SET -> table.row("?", "?", "", "", "an entry that this client does not know");
        }
    }

    private static void add(TextTable table, TimelineEntry entry, Bounds bounds, Rib rib, String what) {
        var after = bounds.hasAfter() ? ShownTime.of(ShownTime.floor(bounds.getAfter())) : "open";
        var order = entry.getUndecidedWithAbove() == 0 ? "" : " ≈" + entry.getUndecidedWithAbove();
        table.row(after, end(bounds) + order, rib.getHop(), RibText.table(rib), what);
    }

    private static String end(Bounds bounds) {
        if (!bounds.hasAtOrBefore()) {
            return "open";
        }
        var end = ShownTime.ceiling(bounds.getAtOrBefore());
        return bounds.hasAfter() ? ShownTime.after(ShownTime.floor(bounds.getAfter()), end) : ShownTime.of(end);
    }

    private static Bounds bounds(TimeSpan span) {
        var bounds = Bounds.newBuilder();
        if (span.hasFrom()) {
            bounds.setAfter(span.getFrom());
        }
        if (span.hasTo()) {
            bounds.setAtOrBefore(span.getTo());
        }
        return bounds.build();
    }

    private static String what(Event event) {
        var change = event.getBefore().hasDaemon() && event.getAfter().hasDaemon()
                ? "the daemon's "
                        + SessionText.difference(
                                event.getBefore().getDaemon(), event.getAfter().getDaemon())
                : change(event);
        return event.getClockSuspectUs() == 0
                ? change
                : change + " (a clock is off by " + event.getClockSuspectUs() + " µs)";
    }

    private static String change(Event event) {
        return switch (event.getKind()) {
            case CHANGE_KIND_APPEARED -> "appeared: " + row(event.getAfter());
            case CHANGE_KIND_WITHDRAWN -> "withdrawn; it was " + row(event.getBefore());
            case CHANGE_KIND_CHANGED -> "changed: " + difference(event.getBefore(), event.getAfter());
            case CHANGE_KIND_CHANGED_UNSEEN -> "changed while nobody looked; now " + row(event.getAfter());
            case CHANGE_KIND_UNSPECIFIED, UNRECOGNIZED -> "a change that this client does not know";
        };
    }

    private static String row(Row row) {
        return switch (row.getRowCase()) {
            case ROUTE -> RouteText.of(row.getRoute());
            case PEER -> SessionText.of(row.getPeer());
            case DAEMON -> SessionText.of(row.getDaemon());
            case ROW_NOT_SET -> "not shown";
        };
    }

    private static String difference(Row before, Row after) {
        if (before.hasRoute() && after.hasRoute()) {
            return RouteText.difference(before.getRoute(), after.getRoute());
        }
        if (before.hasPeer() && after.hasPeer()) {
            return SessionText.difference(before.getPeer(), after.getPeer());
        }
        return row(before) + " → " + row(after);
    }
}
