package dev.hoplog.ingest.read;

import dev.hoplog.ingest.parse.ParsedOutput;
import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.ingest.parse.gobgp.GobgpNeighbors;
import dev.hoplog.ingest.parse.gobgp.GobgpRib;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.SourceState;
import dev.hoplog.model.View;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** GoBGP: one loc-rib and one session table for each family, in the table {@code global}. */
public final class GobgpReader implements DaemonReader {
    @Override
    public List<Reading> read(List<CommandResult> commands, Set<RibName> expected) {
        var readings = new ArrayList<Reading>();
        var families = EnumSet.noneOf(AddressFamily.class);
        expected.forEach(rib -> families.add(rib.family()));
        for (var command : commands) {
            GobgpCommand.of(command.argv())
                    .filter(known -> known.kind() == GobgpCommand.Kind.RIB)
                    .ifPresent(known -> {
                        families.add(known.family());
                        readings.addAll(readRib(command, known.family()));
                    });
        }
        for (var command : commands) {
            GobgpCommand.of(command.argv())
                    .filter(known -> known.kind() == GobgpCommand.Kind.NEIGHBORS)
                    .ifPresent(known -> readings.addAll(readNeighbors(command, families)));
        }
        return readings;
    }

    private static List<Reading> readRib(CommandResult command, AddressFamily family) {
        var rib = RibName.of(new TableName(GobgpRib.TABLE, family), View.LOC_RIB);
        try {
            return answered(command, Answers.parse(command, in -> GobgpRib.parse(in, family)), View.LOC_RIB);
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
}
