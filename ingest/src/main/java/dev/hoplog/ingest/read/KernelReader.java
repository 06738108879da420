package dev.hoplog.ingest.read;

import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.ingest.parse.linux.IpRoutes;
import dev.hoplog.model.SourceState;
import dev.hoplog.model.Table;
import dev.hoplog.model.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/** Linux: a FIB for each routing table and family, from {@code ip -j route show}. */
public final class KernelReader implements DaemonReader {
    @Override
    public boolean knows(List<String> argv) {
        return IpCommand.of(argv).isPresent();
    }

    @Override
    public List<String> forms(String table) {
        return IpCommand.forms(table);
    }

    @Override
    public List<Reading> read(List<CommandResult> commands, Set<RibName> expected) {
        var readings = new ArrayList<Reading>();
        for (var command : commands) {
            IpCommand.of(command.argv()).ifPresent(asked -> readings.addAll(read(command, asked, expected)));
        }
        return readings;
    }

    private static List<Reading> read(CommandResult command, IpCommand asked, Set<RibName> expected) {
        var named = new TableName(asked.table().orElse(IpCommand.MAIN), asked.family());
        var spokenOf = expected.stream().filter(asked::speaksOf).toList();
        try {
            var output = Answers.parse(command, in -> IpRoutes.parse(in, named));
            var tables = new LinkedHashMap<RibName, Table>();
            output.tables().forEach((table, contents) -> tables.put(RibName.of(table, View.FIB), contents));
            // All tables were asked for, so one that is not shown has no routes.
            spokenOf.forEach(rib -> tables.putIfAbsent(rib, Table.empty()));
            return tables.entrySet().stream()
                    .<Reading>map(table -> new Reading.Answered(
                            table.getKey(),
                            List.of(command),
                            table.getValue(),
                            SourceState.unknown(),
                            output.unknownItems(),
                            ""))
                    .toList();
        } catch (UnusableOutput e) {
            var ribs = spokenOf.isEmpty() ? List.of(RibName.of(named, View.FIB)) : spokenOf;
            return ribs.stream()
                    .<Reading>map(rib -> new Reading.Failed(rib, List.of(command), e))
                    .toList();
        }
    }
}
