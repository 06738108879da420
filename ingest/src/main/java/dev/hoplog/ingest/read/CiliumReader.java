package dev.hoplog.ingest.read;

import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.ingest.parse.UnplacedPeer;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.ingest.parse.cilium.CiliumListing;
import dev.hoplog.ingest.parse.cilium.CiliumNeighbours;
import dev.hoplog.ingest.parse.cilium.CiliumNodeConfig;
import dev.hoplog.ingest.parse.cilium.CiliumPeers;
import dev.hoplog.ingest.parse.cilium.CiliumQuestion;
import dev.hoplog.ingest.parse.cilium.CiliumRoutes;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.SourceState;
import dev.hoplog.model.Table;
import dev.hoplog.model.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Cilium's BGP control plane: for each virtual router, which goes by its AS number, and each family a loc-rib, the adj-ribs
 * of its neighbours, and a session table. Of the two that tell of sessions the agent goes before Kubernetes, which only has
 * what the agent last told it.
 */
public final class CiliumReader implements DaemonReader {
    @Override
    public boolean knows(List<String> argv) {
        return CiliumCommand.of(argv).isPresent();
    }

    @Override
    public List<String> forms(String table) {
        return CiliumCommand.forms(table);
    }

    @Override
    public List<Reading> read(List<CommandResult> commands, Set<RibName> expected) {
        var readings = new ArrayList<Reading>();
        var fromKubernetes = new ArrayList<Reading>();
        var sessions =
                expected.stream().filter(rib -> rib.view() == View.SESSIONS).toList();
        for (var command : commands) {
            switch (CiliumCommand.of(command.argv()).orElse(null)) {
                case CiliumCommand.Routes asked -> readings.addAll(routes(command, asked, expected));
                case CiliumCommand.Peers _ -> readings.addAll(peers(command, sessions));
                case CiliumCommand.NodeConfig _ -> fromKubernetes.addAll(status(command, sessions));
                case CiliumCommand.Text _ -> readings.addAll(text(command, expected));
                case null -> {}
            }
        }
        readings.addAll(fromKubernetes);
        return readings;
    }

    private static List<Reading> routes(CommandResult command, CiliumCommand.Routes asked, Set<RibName> expected) {
        var spokenOf = new ArrayList<>(expected.stream().filter(asked::speaksOf).toList());
        // What the command names is there to be asked for, even if it was never shown.
        named(asked).filter(rib -> !spokenOf.contains(rib)).ifPresent(spokenOf::add);
        var question = new CiliumQuestion(
                asked.family(),
                asked.view().isAdj(),
                asked.routerAsn(),
                asked.neighbor(),
                command.from(),
                command.to());
        try {
            var listing = Answers.parse(command, in -> CiliumRoutes.parse(in, question));
            var tables = new LinkedHashMap<RibName, Table>();
            listing.tables()
                    .forEach((key, table) -> tables.put(
                            new RibName(key.table().name(), key.table().family(), asked.view(), key.neighbor()),
                            table));
            return answered(command, tables, spokenOf, listing.unknownItems(), Map.of());
        } catch (UnusableOutput e) {
            return failed(command, spokenOf, e);
        }
    }

    private static Optional<RibName> named(CiliumCommand.Routes asked) {
        return asked.routerAsn()
                .filter(asn -> asked.neighbor().isPresent() == asked.view().isAdj())
                .map(asn -> new RibName(CiliumListing.tableOf(asn), asked.family(), asked.view(), asked.neighbor()));
    }

    private static List<Reading> peers(CommandResult command, List<RibName> sessions) {
        try {
            var output = Answers.parse(command, in -> CiliumPeers.parse(in, command.from(), command.to()));
            return answered(command, output, sessions);
        } catch (UnusableOutput e) {
            return failed(command, sessions, e);
        }
    }

    /** A status names every router of the node: of one that it does not name it tells nothing, not even its absence. */
    private static List<Reading> status(CommandResult command, List<RibName> sessions) {
        try {
            var output = Answers.parse(command, CiliumNodeConfig::parse);
            var names = output.output().tables().keySet().stream()
                    .map(TableName::name)
                    .collect(Collectors.toSet());
            var named = sessions.stream().collect(Collectors.partitioningBy(rib -> names.contains(rib.table())));
            var readings = new ArrayList<>(answered(command, output, named.getOrDefault(true, List.of())));
            var why = new UnusableOutput(FailureReason.NO_SUCH_TABLE, "the status has no instance with this AS number");
            readings.addAll(failed(command, named.getOrDefault(false, List.of()), why));
            return readings;
        } catch (UnusableOutput e) {
            return failed(command, sessions, e);
        }
    }

    private static List<Reading> answered(CommandResult command, CiliumNeighbours neighbours, List<RibName> spokenOf) {
        var output = neighbours.output();
        var tables = new LinkedHashMap<RibName, Table>();
        output.tables().forEach((name, table) -> tables.put(RibName.of(name, View.SESSIONS), table));
        return answered(command, tables, spokenOf, output.unknownItems(), neighbours.unplaced());
    }

    /** A complete answer shows all that there is of what was asked for; what it does not mention is empty. */
    private static List<Reading> answered(
            CommandResult command,
            Map<RibName, Table> shown,
            List<RibName> spokenOf,
            int unknownItems,
            Map<String, List<UnplacedPeer>> unplaced) {
        var tables = new LinkedHashMap<>(shown);
        spokenOf.forEach(rib -> tables.putIfAbsent(rib, Table.empty()));
        return tables.entrySet().stream()
                .<Reading>map(table -> new Reading.Answered(
                        table.getKey(),
                        List.of(command),
                        table.getValue(),
                        SourceState.unknown(),
                        unknownItems,
                        "",
                        Optional.empty(),
                        unplaced.getOrDefault(table.getKey().table(), List.of())))
                .toList();
    }

    private static List<Reading> text(CommandResult command, Set<RibName> expected) {
        return failed(
                command,
                List.copyOf(expected),
                new UnusableOutput(
                        FailureReason.UNPARSABLE,
                        "a table for people, without most attributes: ask 'cilium-dbg bgp ... -o json'"));
    }

    private static List<Reading> failed(CommandResult command, List<RibName> ribs, UnusableOutput why) {
        return ribs.stream()
                .<Reading>map(rib -> new Reading.Failed(rib, List.of(command), why))
                .toList();
    }
}
