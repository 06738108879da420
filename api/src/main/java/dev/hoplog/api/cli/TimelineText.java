package dev.hoplog.api.cli;

import dev.hoplog.v1.Bounds;
import dev.hoplog.v1.GapChange;
import dev.hoplog.v1.GapChangeKind;
import dev.hoplog.v1.GapEnd;
import dev.hoplog.v1.GetTimelineResponse;
import dev.hoplog.v1.Presence;
import dev.hoplog.v1.Rib;
import dev.hoplog.v1.TableState;
import dev.hoplog.v1.TimeSpan;
import dev.hoplog.v1.TimelineEntry;
import java.util.ArrayList;
import java.util.List;

/** What there was at the start of a window, then one line for everything that happened. */
final class TimelineText {
    private TimelineText() {}

    static String of(GetTimelineResponse response) {
        var lines = new ArrayList<String>();
        if (response.getAtStartCount() > 0) {
            lines.add(response.getPrefix() + " at the start:");
            var states = TextTable.ofFacts();
            response.getAtStartList().stream()
                    .filter(state -> !isAbsentOfANeighbour(state))
                    .forEach(state -> states.row(
                            state.getRib().getHop(), RibText.table(state.getRib()), TimelineText.state(state)));
            states.lines().forEach(lines::add);
            long folded = response.getAtStartList().stream()
                    .filter(TimelineText::isAbsentOfANeighbour)
                    .count();
            if (folded > 0) {
                lines.add("  absent from " + folded + (folded == 1 ? " table" : " tables") + " of neighbours");
            }
            lines.add("");
        }
        if (response.getEntriesCount() == 0) {
            lines.add("Nothing happened to " + response.getPrefix() + " in this window that anybody saw.");
        } else {
            var table = TextTable.withHeader("AFTER", "AT OR BEFORE", "HOP", "TABLE", "WHAT");
            response.getEntriesList().forEach(entry -> table.row(cells(entry).toArray(String[]::new)));
            table.lines().forEach(lines::add);
            if (response.getEntriesList().stream().anyMatch(entry -> entry.getUndecidedWithAbove() > 0)) {
                lines.add("≈n: it may have happened before some of the n lines above it; nobody can tell.");
            }
        }
        if (response.getTruncated()) {
            lines.add("There is more: ask again with --from the time of the last line, or with a greater --limit.");
        }
        lines.add("");
        GapsText.computed(response.getEntriesList().stream()
                        .map(entry -> entry.getGap().getGap()))
                .ifPresent(lines::add);
        lines.add(CompletenessText.of(response.getNetwork(), response.getCompleteness()));
        return String.join("\n", lines) + "\n";
    }

    private static boolean isAbsentOfANeighbour(TableState state) {
        return state.getPresence() == Presence.PRESENCE_ABSENT
                && !state.getRib().getPeer().isEmpty();
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

    /** After, at or before, hop, table, what. */
    static List<String> cells(TimelineEntry entry) {
        return switch (entry.getEntryCase()) {
            case ROUTE ->
                cells(entry, entry.getRoute().getBounds(), entry.getRoute().getRib(), EventText.of(entry.getRoute()));
            case SESSION ->
                cells(
                        entry,
                        entry.getSession().getBounds(),
                        entry.getSession().getRib(),
                        EventText.of(entry.getSession()));
            case RESTART ->
                cells(
                        entry,
                        entry.getRestart().getBounds(),
                        entry.getRestart().getRib(),
                        "the daemon restarted: "
                                + BoundsText.oneLine(entry.getRestart().getEvidence()));
            case BLIND ->
                cells(
                        entry,
                        bounds(entry.getBlind().getSpan()),
                        entry.getBlind().getRib(),
                        "not observed in between: " + BoundsText.why(entry.getBlind()));
            case GAP -> gap(entry);
            case ENTRY_NOT_SET -> List.of("?", "?", "", "", "an entry that this client does not know");
        };
    }

    private static List<String> gap(TimelineEntry entry) {
        var gap = entry.getGap();
        var what = switch (gap.getWhat()) {
            case GAP_CHANGE_KIND_OPENED -> "gap opened: " + GapText.opened(gap.getGap());
            case GAP_CHANGE_KIND_EXPLAINED -> explained(gap);
            case GAP_CHANGE_KIND_SUSPENDED ->
                "gap suspended: whether it lasts is not known, because " + GapText.unobserved(gap.getSuspension());
            case GAP_CHANGE_KIND_RESUMED -> "gap resumed: its ends are observed again, and it lasts";
            case GAP_CHANGE_KIND_CLOSED ->
                "gap closed: "
                        + (gap.getGap().getEnd() == GapEnd.GAP_END_MOOT
                                ? GapText.moot(gap.getGap())
                                : GapText.restored(gap.getGap().getKind()));
            case GAP_CHANGE_KIND_UNSPECIFIED, UNRECOGNIZED -> "a change of a gap that this client does not know";
        };
        return cells(entry, gap.getBounds(), gap.getGap().getHop(), "chain", what + standing(gap));
    }

    private static String explained(GapChange change) {
        var gap = change.getGap();
        var explanation = change.getExplanation();
        var why = ExplanationText.of(gap, explanation);
        return ExplanationText.isNotYet(gap, explanation)
                ? "gap " + why
                : "gap explained: " + why
                        + ProvenTime.from(gap, explanation, change.getBounds().getAtOrBefore());
    }

    /** Said with what may still change, and once, where a gap opens, of what is told here only. */
    private static String standing(GapChange change) {
        return switch (change.getGap().getFinality()) {
            case GAP_FINALITY_PROVISIONAL ->
                change.getWhat() == GapChangeKind.GAP_CHANGE_KIND_OPENED
                        ? " (" + GapText.provisional(change.getGap()).orElseThrow() + ")"
                        : " (provisional)";
            case GAP_FINALITY_END_PROVISIONAL ->
                change.getWhat() == GapChangeKind.GAP_CHANGE_KIND_CLOSED
                        ? " (" + GapText.provisional(change.getGap()).orElseThrow() + ")"
                        : "";
            case GAP_FINALITY_NOT_LOGGED ->
                change.getWhat() == GapChangeKind.GAP_CHANGE_KIND_OPENED ? " (" + GapText.NOT_LOGGED + ")" : "";
            case GAP_FINALITY_FINAL, GAP_FINALITY_COMPUTED, GAP_FINALITY_UNSPECIFIED, UNRECOGNIZED -> "";
        };
    }

    private static List<String> cells(TimelineEntry entry, Bounds bounds, Rib rib, String what) {
        return cells(entry, bounds, rib.getHop(), RibText.table(rib), what);
    }

    private static List<String> cells(TimelineEntry entry, Bounds bounds, String hop, String table, String what) {
        var after = bounds.hasAfter() ? ShownTime.of(ShownTime.floor(bounds.getAfter())) : "open";
        var order = entry.getUndecidedWithAbove() == 0 ? "" : " ≈" + entry.getUndecidedWithAbove();
        return List.of(after, end(bounds) + order, hop, table, what);
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
}
