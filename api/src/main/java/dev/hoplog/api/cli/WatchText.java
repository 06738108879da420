package dev.hoplog.api.cli;

import dev.hoplog.v1.Event;
import dev.hoplog.v1.FailedScrapes;
import dev.hoplog.v1.OpenGap;
import dev.hoplog.v1.Rib;
import dev.hoplog.v1.WatchHeader;
import dev.hoplog.v1.WatchResponse;
import dev.hoplog.v1.WatchedRow;
import dev.hoplog.v1.WatchedTable;
import java.util.Optional;

/**
 * Tables that have something, or are not known, with their rows, and gaps that are open; then a line for everything that happens. How far it has
 * come is not shown: that nothing is said means that nothing happened, or that the api is away, which is said elsewhere. Not
 * thread-safe.
 */
final class WatchText implements PartText<WatchResponse> {
    private Optional<WatchedTable> table = Optional.empty();
    private int without;

    @Override
    public String of(WatchResponse part) {
        return switch (part.getPartCase()) {
            case HEADER -> header(part.getHeader());
            case TABLE -> table(part.getTable());
            case ROW -> row(part.getRow());
            case OPEN_GAP -> open(part.getOpenGap());
            case INITIAL_STATE_END -> end();
            case ROUTE -> line(part.getRoute());
            case SESSION -> line(part.getSession());
            case RESTART ->
                BoundsText.of(part.getRestart().getBounds()) + ": "
                        + name(part.getRestart().getRib()) + ": the daemon restarted: "
                        + BoundsText.oneLine(part.getRestart().getEvidence()) + "\n";
            case FAILED -> line(part.getFailed());
            case GAP_EVENT -> GapEventText.of(part.getGapEvent());
            case LAGGED ->
                "This watch lagged: it took no line for %.1f s. Nothing is left out, but it comes late.%n"
                        .formatted(part.getLagged().getWaitedSeconds());
            case PROGRESS, PART_NOT_SET -> "";
        };
    }

    @Override
    public String rest() {
        return "";
    }

    private String header(WatchHeader header) {
        table = Optional.empty();
        without = 0;
        return header.getResumed() ? "" : "What there is in network " + header.getNetwork() + ":\n";
    }

    private String table(WatchedTable next) {
        without += table.isPresent() ? 1 : 0;
        if (next.getUnknownBecause().isEmpty()) {
            table = Optional.of(next);
            return "";
        }
        table = Optional.empty();
        return name(next.getRib()) + (next.hasObserved() ? ", observed up to " + upTo(next) + "; then " : ": ")
                + BoundsText.oneLine(next.getUnknownBecause()) + "\n";
    }

    private String row(WatchedRow row) {
        var heading = table.map(of -> name(of.getRib()) + ", observed up to " + upTo(of) + ":\n")
                .orElse("");
        table = Optional.empty();
        return heading + "  " + DumpText.key(row.getRow()) + "  " + DumpText.words(row.getRow()) + "\n";
    }

    private String open(OpenGap gap) {
        without += table.isPresent() ? 1 : 0;
        table = Optional.empty();
        return GapEventText.of(gap);
    }

    private String end() {
        without += table.isPresent() ? 1 : 0;
        table = Optional.empty();
        return (without == 0
                        ? ""
                        : without == 1
                                ? "1 more table has nothing of it.\n"
                                : without + " more tables have nothing of it.\n")
                + "What happens from here on:\n";
    }

    private static String upTo(WatchedTable table) {
        return ShownTime.of(ShownTime.floor(table.getObserved().getTo()));
    }

    private static String line(Event event) {
        var row = event.hasAfter() ? event.getAfter() : event.getBefore();
        var key = row.hasRoute() ? row.getRoute().getPrefix() + " " : "";
        return BoundsText.of(event.getBounds()) + ": " + name(event.getRib()) + ": " + key + EventText.of(event) + "\n";
    }

    private static String line(FailedScrapes failed) {
        var reason = failed.getReason()
                + (failed.getDetail().isEmpty() ? "" : ": " + BoundsText.oneLine(failed.getDetail()));
        return ShownTime.of(ShownTime.floor(failed.getLastFailedAt())) + ": " + name(failed.getRib())
                + ": not observed, because " + reason
                + (failed.getFailures() > 1 ? " (" + failed.getFailures() + " scrapes in a row)" : "") + "\n";
    }

    private static String name(Rib rib) {
        return rib.getHop() + ", " + RibText.table(rib);
    }
}
