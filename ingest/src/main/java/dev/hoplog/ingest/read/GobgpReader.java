package dev.hoplog.ingest.read;

import dev.hoplog.ingest.parse.ParsedOutput;
import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.ingest.parse.gobgp.GobgpNeighbors;
import dev.hoplog.ingest.parse.gobgp.GobgpRib;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.SourceState;
import dev.hoplog.model.Table;
import dev.hoplog.model.View;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * GoBGP: one loc-rib and one session table for each family, in the table {@code global}, and the views of each neighbour
 * that were asked for.
 *
 * <p>{@code adj-in} is what the neighbour sent, before the import policy: routes with an AS loop, which are never accepted,
 * are in it. {@code adj-out} is worked out when it is asked for, and printed with the session down, too: then it is the
 * session that decides, and not the listing.
 */
public final class GobgpReader implements DaemonReader {
    private record Asked(GobgpCommand about, CommandResult command) {
        RibName rib() {
            return RibName.adj(
                    new TableName(GobgpRib.TABLE, about.family()),
                    about.kind() == GobgpCommand.Kind.ADJ_IN ? View.ADJ_RIB_IN_PRE : View.ADJ_RIB_OUT_POST,
                    about.neighbour().orElseThrow());
        }
    }

    @Override
    public boolean knows(List<String> argv) {
        return GobgpCommand.of(argv).isPresent();
    }

    @Override
    public List<String> forms(String table) {
        return GobgpCommand.forms();
    }

    @Override
    public List<Reading> read(List<CommandResult> commands, Set<RibName> expected) {
        var asked = new ArrayList<Asked>();
        for (var command : commands) {
            GobgpCommand.of(command.argv()).ifPresent(about -> asked.add(new Asked(about, command)));
        }
        var families = EnumSet.noneOf(AddressFamily.class);
        expected.forEach(rib -> families.add(rib.family()));
        asked.stream()
                .filter(one -> one.about.kind() != GobgpCommand.Kind.NEIGHBORS)
                .forEach(one -> families.add(one.about.family()));
        var ribs = new ArrayList<Reading>();
        var sessions = new ArrayList<Reading>();
        var views = new ArrayList<Reading>();
        for (var one : asked) {
            switch (one.about.kind()) {
                case RIB -> ribs.addAll(readRib(one.command, one.about.family()));
                case NEIGHBORS -> sessions.addAll(readNeighbors(one.command, families));
                case ADJ_IN, ADJ_OUT -> {}
            }
        }
        asked.stream()
                .filter(one -> one.about.neighbour().isPresent())
                .forEach(one -> views.add(readView(one, sessions)));
        ribs.addAll(sessions);
        ribs.addAll(closed(sessions, views, expected));
        ribs.addAll(views);
        return ribs;
    }

    private static List<Reading> readRib(CommandResult command, AddressFamily family) {
        var rib = RibName.of(new TableName(GobgpRib.TABLE, family), View.LOC_RIB);
        try {
            var output = Answers.parse(command, in -> GobgpRib.parse(in, family));
            for (var table : output.tables().values()) {
                GobgpMarks.checkRib(table);
            }
            return answered(command, output, View.LOC_RIB);
        } catch (UnusableOutput e) {
            return List.of(new Reading.Failed(rib, List.of(command), e));
        }
    }

    private static List<Reading> readNeighbors(CommandResult command, Set<AddressFamily> families) {
        try {
            return answered(command, Answers.parse(command, in -> GobgpNeighbors.parse(in, families)), View.SESSIONS);
        } catch (UnusableOutput e) {
            return families.stream()
                    .<Reading>map(family -> new Reading.Failed(
                            RibName.of(new TableName(GobgpRib.TABLE, family), View.SESSIONS), List.of(command), e))
                    .toList();
        }
    }

    private static List<Reading> answered(CommandResult command, ParsedOutput output, View view) {
        return output.tables().entrySet().stream()
                .<Reading>map(table -> new Reading.Answered(
                        RibName.of(table.getKey(), view),
                        List.of(command),
                        table.getValue(),
                        SourceState.unknown(),
                        output.unknownItems(),
                        output.facts().version().orElse("")))
                .toList();
    }

    private static Reading readView(Asked asked, List<Reading> sessions) {
        var rib = asked.rib();
        var family = asked.about.family();
        try {
            var listing = Answers.parse(asked.command, in -> GobgpRib.list(in, family));
            var output = listing.output();
            var shown = output.tables().getOrDefault(new TableName(GobgpRib.TABLE, family), Table.empty());
            GobgpMarks.checkView(rib, shown);
            if (listing.prefixes() == 0) {
                GobgpMarks.checkEmpty(rib, asked.command, sessions);
            }
            if (rib.view() == View.ADJ_RIB_OUT_POST) {
                GobgpMarks.checkSessionIsTold(rib, sessions);
            }
            // The age of what is sent is that of the path that it was made of.
            var table = rib.view() == View.ADJ_RIB_IN_PRE ? shown : new Table(shown.observed(), shown.rows(), Map.of());
            return new Reading.Answered(
                    rib, List.of(asked.command), table, SourceState.unknown(), output.unknownItems(), "");
        } catch (UnusableOutput e) {
            return new Reading.Failed(rib, List.of(asked.command), e);
        }
    }

    /** The views of neighbours with which the same scrape proves that there is no session. */
    private static List<Reading> closed(List<Reading> sessions, List<Reading> views, Set<RibName> expected) {
        var known = new LinkedHashSet<RibName>();
        views.forEach(view -> known.add(view.rib()));
        expected.stream().filter(rib -> rib.view().isAdj()).forEach(known::add);
        var closed = new ArrayList<Reading>();
        for (var reading : sessions) {
            if (reading instanceof Reading.Answered answered) {
                known.stream()
                        .filter(rib -> isClosed(rib, answered))
                        .forEach(rib -> closed.add(new Reading.Answered(
                                rib,
                                answered.sources(),
                                Table.empty(),
                                answered.sourceState(),
                                0,
                                answered.daemonVersion())));
            }
        }
        return closed;
    }

    private static boolean isClosed(RibName rib, Reading.Answered sessions) {
        return rib.family() == sessions.rib().family()
                && SessionCounts.isUp(rib, SessionCounts.of(sessions.table()))
                        .filter(up -> !up)
                        .isPresent();
    }
}
