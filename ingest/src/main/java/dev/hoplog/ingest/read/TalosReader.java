package dev.hoplog.ingest.read;

import dev.hoplog.ingest.parse.OpenEnd;
import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.ingest.parse.talos.TalosListing;
import dev.hoplog.ingest.parse.talos.TalosRoutes;
import dev.hoplog.model.SourceState;
import dev.hoplog.model.Table;
import dev.hoplog.model.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Talos: a FIB for each routing table and family, from {@code talosctl get routes}.
 *
 * <p>Its answer has no end mark: cut between two documents it looks whole. talosctl has the whole list before it prints the
 * first document, and ends with a failure where it had not; so its exit status, 0, proves the list, and nothing proves what
 * became of it on the way to us. But the documents are sorted by id: a list that is the beginning of the one before may be
 * cut. {@link OpenEnds} doubts it, for all tables, until the next one agrees. A list in a file on its own has neither an exit
 * status nor a next one: somebody has to vouch for it.
 */
public final class TalosReader implements DaemonReader {
    @Override
    public boolean knows(List<String> argv) {
        return TalosCommand.of(argv).isPresent();
    }

    @Override
    public List<String> forms(String table) {
        return TalosCommand.forms();
    }

    @Override
    public List<Reading> read(List<CommandResult> commands, Set<RibName> expected) {
        var readings = new ArrayList<Reading>();
        for (var command : commands) {
            TalosCommand.of(command.argv()).ifPresent(asked -> readings.addAll(read(command, asked, expected)));
        }
        return readings;
    }

    private static List<Reading> read(CommandResult command, TalosCommand asked, Set<RibName> expected) {
        try {
            var listing = Answers.parse(command, in -> TalosRoutes.parse(in, asked.form()));
            var tables = new LinkedHashMap<RibName, Table>();
            listing.output().tables().forEach((table, contents) -> tables.put(RibName.of(table, View.FIB), contents));
            // All tables were asked for, so one that is not shown has no routes.
            expected.forEach(rib -> tables.putIfAbsent(rib, Table.empty()));
            return tables.entrySet().stream()
                    .<Reading>map(table -> answered(command, listing, table.getKey(), table.getValue()))
                    .toList();
        } catch (UnusableOutput e) {
            return expected.stream()
                    .<Reading>map(rib -> new Reading.Failed(rib, List.of(command), e))
                    .toList();
        }
    }

    private static Reading answered(CommandResult command, TalosListing listing, RibName rib, Table table) {
        var name = new TableName(rib.table(), rib.family());
        var end = Optional.of(new OpenEnd(name, "the list of routes", listing.listed(), Set.of(), Optional.empty()));
        return new Reading.Answered(
                rib,
                List.of(command),
                table,
                SourceState.unknown(),
                listing.output().unknownItems(),
                "",
                end.filter(_ -> !command.vouchedWhole()));
    }
}
