package dev.hoplog.ingest.read;

import dev.hoplog.ingest.parse.OpenEnd;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.ingest.parse.bird.BirdProtocols;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.Row;
import dev.hoplog.model.Table;
import dev.hoplog.model.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** BIRD's session tables: the protocols of one {@code show protocols all}, and beside them the daemon's own row. */
final class BirdSessions {
    private BirdSessions() {}

    /** The daemon's own row is part of a table: without a status no table was observed whole. */
    static List<Reading> read(
            CommandResult command, BirdProtocols protocols, Optional<BirdDaemon> daemon, BirdExpected expected) {
        if (daemon.isEmpty()) {
            var why = new UnusableOutput(
                    FailureReason.INCONSISTENT, "the protocols answered, and 'show status' beside them did not");
            return expected.failed(command, why, View.SESSIONS, Optional.empty());
        }
        var known = daemon.get();
        var readings = new ArrayList<Reading>();
        protocols.sessions().tables().forEach((name, table) -> {
            var rows = new ArrayList<Row>(table.rows());
            rows.add(known.row());
            readings.add(new Reading.Answered(
                    RibName.of(name, View.SESSIONS),
                    List.of(command, known.source()),
                    new Table(table.observed(), rows, table.sourceTimes()),
                    known.sourceState(),
                    protocols.sessions().unknownItems() + known.status().unknownItems(),
                    known.status().version().orElse(""),
                    Optional.of(protocols.openNames())
                            .filter(names -> !names.isEmpty())
                            .map(names ->
                                    new OpenEnd(name, "the list of protocols", names, Set.of(), Optional.empty()))));
        });
        return readings;
    }

    /**
     * birdc's list of protocols has no end mark: cut between two of them it looks whole. But a protocol that has routes
     * cannot be missing from it; of one without routes only an earlier list can tell, which {@link OpenEnds} remembers.
     *
     * @param shown what the same scrape shows of the tables, whole or not
     */
    static List<Reading> heldAgainst(List<Table> shown, BirdProtocols protocols, List<Reading> sessions) {
        var unlisted =
                protocols.unlisted(shown.stream()).map(why -> new UnusableOutput(FailureReason.INCONSISTENT, why));
        return sessions.stream()
                .map(session -> unlisted.<Reading>map(why -> new Reading.Failed(session.rib(), session.sources(), why))
                        .filter(failed -> session instanceof Reading.Answered)
                        .orElse(session))
                .toList();
    }
}
