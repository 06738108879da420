package dev.hoplog.api.cli;

import dev.hoplog.v1.Event;
import dev.hoplog.v1.Row;

/** What happened to a row, in words. */
final class EventText {
    private EventText() {}

    static String of(Event event) {
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
