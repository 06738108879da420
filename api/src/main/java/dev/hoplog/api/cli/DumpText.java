package dev.hoplog.api.cli;

import dev.hoplog.v1.DumpHeader;
import dev.hoplog.v1.DumpRibResponse;
import dev.hoplog.v1.DumpedRow;
import dev.hoplog.v1.Presence;
import dev.hoplog.v1.Rib;
import dev.hoplog.v1.Row;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A whole table: a line on what it is, a line for each row, below it one for each other path, a line on how many, and one on
 * what the source does not show of some. Not thread-safe.
 */
final class DumpText implements PartText<DumpRibResponse> {
    private final AlignedRows rows = new AlignedRows();
    private final Set<String> notShown = new LinkedHashSet<>();
    private Rib rib = Rib.getDefaultInstance();

    @Override
    public String of(DumpRibResponse part) {
        return switch (part.getPartCase()) {
            case HEADER -> header(part.getHeader());
            case ROW -> row(part.getRow());
            case END ->
                rest()
                        + (part.getEnd().getRows() == 1
                                ? "1 row.\n"
                                : part.getEnd().getRows() + " rows.\n")
                        + (notShown.isEmpty()
                                ? ""
                                : "Not known, because the command that was read does not show them: "
                                        + String.join(", ", notShown) + ".\n");
            case PART_NOT_SET -> "";
        };
    }

    @Override
    public String rest() {
        return rows.flush();
    }

    private String header(DumpHeader header) {
        rib = header.getRib();
        var table = header.getRib().getHop() + ", " + RibText.table(header.getRib());
        return header.getObserved()
                ? table + ", as of " + ShownTime.of(ShownTime.floor(header.getAsOf())) + ":\n"
                : table + " is not known, because " + BoundsText.oneLine(header.getUnknownBecause()) + "\n";
    }

    private String row(DumpedRow row) {
        var key = key(row.getRow()) + (row.getPresence() == Presence.PRESENCE_UNKNOWN ? " (in doubt)" : "");
        if (!row.getRow().hasRoute()) {
            return rows.add(key, words(row.getRow()));
        }
        var route = row.getRow().getRoute();
        notShown.addAll(NotShown.words(rib, route.getPathsList().stream()));
        var text = new StringBuilder(rows.add(key, RouteText.ofBest(route)));
        RouteText.otherPaths(route).forEach(other -> text.append(rows.add("", RouteText.ofOther(other))));
        RouteText.untoldOthers(route).ifPresent(words -> text.append(rows.add("", words)));
        return text.toString();
    }

    static String key(Row row) {
        return switch (row.getRowCase()) {
            case ROUTE -> row.getRoute().getPrefix();
            case PEER -> row.getPeer().getPeer() + label(row.getPeer().getLabel());
            case DAEMON -> "the daemon";
            case ROW_NOT_SET -> "?";
        };
    }

    private static String label(String label) {
        return label.isEmpty() ? "" : " (" + label + ")";
    }

    /** Without its key. */
    static String words(Row row) {
        return switch (row.getRowCase()) {
            case ROUTE -> RouteText.of(row.getRoute());
            case PEER -> SessionText.facts(row.getPeer());
            case DAEMON -> SessionText.facts(row.getDaemon());
            case ROW_NOT_SET -> "not shown";
        };
    }
}
