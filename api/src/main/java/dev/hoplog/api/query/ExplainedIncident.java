package dev.hoplog.api.query;

import dev.hoplog.api.history.Window;
import dev.hoplog.gap.Break;
import dev.hoplog.gap.Incident;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.log.LogEntry.SourceRestart;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.Change;
import dev.hoplog.model.DaemonState;
import dev.hoplog.model.HopId;
import dev.hoplog.model.View;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An incident with all that is told of it.
 *
 * @param gaps as the incident has them
 * @param restarts around its start, at the hops that it touches
 * @param reconfigurations the same
 */
public record ExplainedIncident(
        Incident incident, List<ExplainedGap> gaps, List<SourceRestart> restarts, List<RouteEvent> reconfigurations) {
    /** What may have set it off came so long before at most; what followed from it, so long after. */
    private static final Duration AROUND = Duration.ofMinutes(1);

    private static final int MOST = 1_000;

    static ExplainedIncident of(
            ReadTransaction transaction, ChainTables tables, Incident incident, List<ExplainedGap> gaps, Cut cut)
            throws SQLException {
        var around = around(incident.started());
        var touched = tables.of(touched(incident));
        var told = new SessionEvents(transaction);
        var sessions = touched.stream()
                .filter(table -> table.rib().view() == View.SESSIONS)
                .toList();
        return new ExplainedIncident(
                incident,
                gaps,
                told.restarts(around, touched, MOST).stream()
                        .filter(restart -> cut.has(restart.bounds()))
                        .toList(),
                told.in(around, sessions, MOST).stream()
                        .filter(event -> isReconfiguration(event) && cut.has(event.bounds()))
                        .toList());
    }

    private static Window around(Bounds started) {
        return new Window(
                started.after().map(after -> after.minus(AROUND)),
                Optional.of(started.atOrBefore().plus(AROUND)));
    }

    /** All hops that it has to do with: those that lacked a prefix, and those on the way to them. */
    Set<HopId> touched() {
        return touched(incident);
    }

    private static Set<HopId> touched(Incident incident) {
        var hops = new HashSet<HopId>(incident.hops());
        incident.gaps().stream()
                .flatMap(gap -> gap.breaks().stream())
                .map(Break::hops)
                .forEach(hops::addAll);
        return hops;
    }

    /** Its time is the daemon's change stamp, so one that changed nothing else is a change that nobody saw. */
    private static boolean isReconfiguration(RouteEvent event) {
        return event.change().before().map(Change.Seen::row).orElse(null) instanceof DaemonState before
                && event.change().after().map(Change.Seen::row).orElse(null) instanceof DaemonState after
                && before.startedAt().equals(after.startedAt())
                && !before.reconfiguredAt().equals(after.reconfiguredAt());
    }
}
