package dev.hoplog.api.cli;

import dev.hoplog.v1.Event;
import dev.hoplog.v1.Row;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** What happened to a row, in words. */
final class EventText {
    private static final Duration ONE_SECOND = Duration.ofSeconds(1);
    private static final Duration FINE_UP_TO = Duration.ofSeconds(10);

    private EventText() {}

    static String of(Event event) {
        var change = event.getBefore().hasDaemon() && event.getAfter().hasDaemon()
                ? "the daemon's "
                        + SessionText.difference(
                                event.getBefore().getDaemon(), event.getAfter().getDaemon())
                : change(event);
        return event.getClockSuspectUs() == 0
                ? change
                : change + " (a clock is off by " + offset(event.getClockSuspectUs()) + ")";
    }

    /** To the millisecond below ten seconds, else to the second; which way does not tell whose clock it is. */
    private static String offset(long micros) {
        var offset = Duration.of(micros, ChronoUnit.MICROS).abs();
        var unit = offset.compareTo(FINE_UP_TO) < 0 ? ChronoUnit.MILLIS : ChronoUnit.SECONDS;
        var rounded = offset.plus(unit.getDuration().dividedBy(2)).truncatedTo(unit);
        if (rounded.isZero()) {
            return "less than 1 ms";
        }
        return rounded.compareTo(ONE_SECOND) < 0 ? rounded.toMillis() + " ms" : ShownTime.of(rounded);
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
