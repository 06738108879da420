package dev.hoplog.api.cli;

import dev.hoplog.v1.DiffEnd;
import dev.hoplog.v1.DiffHeader;
import dev.hoplog.v1.DiffRibResponse;
import dev.hoplog.v1.Presence;
import dev.hoplog.v1.RowDifference;
import java.util.stream.Collectors;

/** What differs: a line for each row, with a sign as in a diff of texts. Not thread-safe. */
final class DiffText implements PartText<DiffRibResponse> {
    private final AlignedRows rows = new AlignedRows();
    private boolean isCompared;

    @Override
    public String of(DiffRibResponse part) {
        return switch (part.getPartCase()) {
            case HEADER -> header(part.getHeader());
            case ROW -> row(part.getRow());
            // A number of what could not be compared would read as an answer.
            case END -> isCompared ? rest() + changed(part.getEnd()) : rest();
            case PART_NOT_SET -> "";
        };
    }

    @Override
    public String rest() {
        return rows.flush();
    }

    private static String changed(DiffEnd end) {
        return end.getRows() + (end.getRows() == 1 ? " row" : " rows") + " changed.\n";
    }

    private String header(DiffHeader header) {
        isCompared |= header.getObserved();
        var table = header.getRib().getHop() + ", " + RibText.table(header.getRib());
        if (!header.getObserved()) {
            return table + " cannot be compared, because " + BoundsText.oneLine(header.getUnknownBecause()) + "\n";
        }
        var blind = header.getBlindList().stream()
                .map(spell -> "  not known  " + BoundsText.of(spell) + "\n")
                .collect(Collectors.joining());
        return table + ":\n" + blind;
    }

    private String row(RowDifference row) {
        return rows.add(sign(row), DumpText.key(row.getLastSeen()), words(row), times(row));
    }

    private static String sign(RowDifference row) {
        if (row.getPresenceBefore() == Presence.PRESENCE_UNKNOWN
                || row.getPresenceAfter() == Presence.PRESENCE_UNKNOWN) {
            return "?";
        }
        if (!row.hasBefore()) {
            return row.hasAfter() ? "+" : "=";
        }
        return !row.hasAfter() ? "-" : isSame(row) ? "=" : "~";
    }

    /** A route may have another change stamp and be as it was. */
    private static boolean isSame(RowDifference row) {
        var summary = row.getSummary();
        return row.hasSummary()
                ? summary.getPathsAddedCount() + summary.getPathsRemovedCount() + summary.getPathsChangedCount() == 0
                : row.getBefore().equals(row.getAfter());
    }

    private static String words(RowDifference row) {
        return switch (sign(row)) {
            case "?" ->
                "in doubt, since a change lies around the instant: " + presence(row.getPresenceBefore()) + " → "
                        + presence(row.getPresenceAfter());
            case "+" -> DumpText.words(row.getAfter());
            case "-" -> "it was " + DumpText.words(row.getBefore());
            case "~" ->
                row.getBefore().hasRoute() && row.getAfter().hasRoute()
                        ? RouteText.difference(
                                row.getBefore().getRoute(), row.getAfter().getRoute())
                        : DumpText.words(row.getBefore()) + " → " + DumpText.words(row.getAfter());
            default ->
                row.hasAfter() ? "as it was" : "absent, as it was; in between " + DumpText.words(row.getLastSeen());
        };
    }

    private static String presence(Presence presence) {
        return switch (presence) {
            case PRESENCE_PRESENT -> "there";
            case PRESENCE_ABSENT -> "absent";
            case PRESENCE_UNKNOWN, PRESENCE_UNSPECIFIED, UNRECOGNIZED -> "not known";
        };
    }

    private static String times(RowDifference row) {
        return row.getChanges() == 1 ? "" : Integer.toUnsignedString(row.getChanges()) + " changes";
    }
}
