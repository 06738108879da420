package dev.hoplog.ingest.read;

import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.ingest.parse.bird.BirdDetail;
import dev.hoplog.ingest.parse.bird.BirdProtocols;
import dev.hoplog.model.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * BIRD: a loc-rib for each table, a session table for each family, and the views of each neighbour that were asked for.
 *
 * <p>{@code show status} gives the clock, without which no time means anything. {@code show protocols all} names the
 * tables that exist, and how many paths each protocol has in them: with fewer in the listing, the listing broke off, or
 * routes came in between; either way it proves no absence.
 */
public final class BirdReader implements DaemonReader {
    @Override
    public boolean knows(List<String> argv) {
        return BirdCommand.of(argv).isPresent();
    }

    @Override
    public List<String> forms(String table) {
        return BirdCommand.forms(table);
    }

    @Override
    public List<Reading> read(List<CommandResult> commands, Set<RibName> ribs) {
        var expected = new BirdExpected(ribs);
        var daemon = BirdDaemon.in(commands);
        Optional<BirdProtocols> protocols = Optional.empty();
        Optional<CommandResult> list = Optional.empty();
        var sessions = new ArrayList<Reading>();
        for (var command : commands) {
            if (BirdCommand.of(command.argv()).orElse(null) instanceof BirdCommand.Protocols) {
                try {
                    var answer = protocols(command, daemon);
                    protocols = Optional.of(answer);
                    list = Optional.of(command);
                    sessions.addAll(BirdSessions.read(command, answer, daemon, expected));
                } catch (UnusableOutput e) {
                    sessions.addAll(expected.failed(command, e, View.SESSIONS, Optional.empty()));
                }
            }
        }
        var tables = new BirdTables(daemon, protocols, expected);
        var readings = new ArrayList<Reading>();
        // Without attributes only where no other listing proves anything: the first that does decides.
        for (var detail : BirdDetail.values()) {
            for (var command : commands) {
                if (BirdCommand.of(command.argv()).orElse(null) instanceof BirdCommand.Routes routes
                        && routes.detail() == detail) {
                    readings.addAll(tables.read(command, routes));
                }
            }
        }
        var neighbours = protocols.map(BirdNeighbour::in).orElse(List.of());
        var wholeness = new BirdWholeness(List.copyOf(readings));
        var views = new BirdViews(daemon, list, neighbours, wholeness, expected).read(commands);
        readings.addAll(protocols
                .map(listed -> BirdSessions.heldAgainst(tables.shown(), listed, sessions))
                .orElse(sessions));
        readings.addAll(views);
        return readings;
    }

    private static BirdProtocols protocols(CommandResult command, Optional<BirdDaemon> daemon) throws UnusableOutput {
        var form = BirdCommand.form(command.argv());
        return Answers.parse(command, in -> BirdProtocols.parse(in, form, daemon.flatMap(BirdDaemon::clock)));
    }
}
