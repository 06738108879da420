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
import java.util.stream.Stream;

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
        var routes = new ArrayList<Reading>();
        var told = new ArrayList<Reading>();
        var toldByKubernetes = new ArrayList<Reading>();
        var sessions =
                expected.stream().filter(rib -> rib.view() == View.SESSIONS).toList();
        Optional<CiliumPeerStates> agent = Optional.empty();
        Optional<CommandResult> silentAgent = Optional.empty();
        Optional<CiliumPeerStates> kubernetes = Optional.empty();
        Optional<CommandResult> silentKubernetes = Optional.empty();
        for (var command : commands) {
            var asked = CiliumCommand.of(command.argv()).orElse(null);
            try {
                if (asked instanceof CiliumCommand.Peers) {
                    var peers = Answers.parse(command, in -> CiliumPeers.parse(in, command.from(), command.to()));
                    agent = Optional.of(new CiliumPeerStates(command, peers));
                    told.addAll(answered(command, peers, sessions));
                } else if (asked instanceof CiliumCommand.NodeConfig) {
                    var status = Answers.parse(command, CiliumNodeConfig::parse);
                    kubernetes = Optional.of(new CiliumPeerStates(command, status));
                    toldByKubernetes.addAll(status(command, status, sessions));
                } else if (asked instanceof CiliumCommand.Text text && text.ofSessions()) {
                    silentAgent = Optional.of(command);
                }
            } catch (UnusableOutput e) {
                boolean isAgent = asked instanceof CiliumCommand.Peers;
                silentAgent = isAgent ? Optional.of(command) : silentAgent;
                silentKubernetes = isAgent ? silentKubernetes : Optional.of(command);
                (isAgent ? told : toldByKubernetes).addAll(failed(command, sessions, e));
            }
        }
        for (var command : commands) {
            switch (CiliumCommand.of(command.argv()).orElse(null)) {
                case CiliumCommand.Routes asked -> routes.addAll(routes(command, asked, expected, agent));
                case CiliumCommand.Text asked -> routes.addAll(text(command, asked, expected));
                case CiliumCommand.Peers _, CiliumCommand.NodeConfig _ -> {}
                case null -> {}
            }
        }
        var without = kubernetes.isPresent() ? Optional.<CommandResult>empty() : silentKubernetes;
        var readings = new ArrayList<Reading>();
        readings.addAll(closed(agent, routes, expected));
        readings.addAll(
                agent.isPresent()
                        ? ifTold(agent, Optional.empty(), routes)
                        : heldAgainst(kubernetes, ifTold(kubernetes, silentAgent.or(() -> without), routes)));
        readings.addAll(told);
        readings.addAll(toldByKubernetes);
        return readings;
    }

    /** The tables of neighbours with which the agent has no session. */
    private static List<Reading> closed(Optional<CiliumPeerStates> agent, List<Reading> routes, Set<RibName> expected) {
        return Stream.concat(expected.stream(), routes.stream().map(Reading::rib))
                .distinct()
                .flatMap(rib -> agent.filter(states -> states.deny(rib)).map(states -> states.absent(rib)).stream())
                .toList();
    }

    /**
     * The routes, but nothing of what is sent where the sessions were asked for and this one is not told: it is worked out
     * without a session, too.
     *
     * @param silent was asked, and told nothing at all
     */
    private static List<Reading> ifTold(
            Optional<CiliumPeerStates> states, Optional<CommandResult> silent, List<Reading> routes) {
        return routes.stream()
                .map(reading -> silent.or(() ->
                                states.filter(some -> !some.tell(reading.rib())).map(CiliumPeerStates::command))
                        .filter(_ ->
                                reading.rib().view() == View.ADJ_RIB_OUT_POST && reading instanceof Reading.Answered)
                        .<Reading>map(command ->
                                new Reading.Failed(reading.rib(), reading.sources(), SessionCounts.notTold(command)))
                        .orElse(reading))
                .toList();
    }

    /** What Kubernetes last heard denies nothing for certain, and is enough not to believe in routes without a session. */
    private static List<Reading> heldAgainst(Optional<CiliumPeerStates> kubernetes, List<Reading> routes) {
        return routes.stream()
                .map(reading -> kubernetes
                        .filter(states -> states.deny(reading.rib()) && hasRows(reading))
                        .<Reading>map(states -> new Reading.Failed(
                                reading.rib(), reading.sources(), states.contradiction(reading.rib())))
                        .orElse(reading))
                .toList();
    }

    private static boolean hasRows(Reading reading) {
        return reading instanceof Reading.Answered answered
                && !answered.table().rows().isEmpty();
    }

    private static List<Reading> routes(
            CommandResult command,
            CiliumCommand.Routes asked,
            Set<RibName> expected,
            Optional<CiliumPeerStates> agent) {
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
            var unshown =
                    spokenOf.stream().filter(rib -> !tables.containsKey(rib)).toList();
            var readings = new ArrayList<>(answered(command, tables, List.of(), listing.unknownItems(), Map.of()));
            unshown.forEach(rib -> readings.addAll(unshown(command, rib, agent)));
            return readings;
        } catch (UnusableOutput e) {
            return failed(command, spokenOf, e);
        }
    }

    private static List<Reading> unshown(CommandResult command, RibName rib, Optional<CiliumPeerStates> agent) {
        try {
            if (agent.isPresent()) {
                agent.get().checkEmpty(rib, command);
            }
            return answered(command, Map.of(), List.of(rib), 0, Map.of());
        } catch (UnusableOutput e) {
            return failed(command, List.of(rib), e);
        }
    }

    private static Optional<RibName> named(CiliumCommand.Routes asked) {
        return asked.routerAsn()
                .filter(asn -> asked.neighbor().isPresent() == asked.view().isAdj())
                .map(asn -> new RibName(CiliumListing.tableOf(asn), asked.family(), asked.view(), asked.neighbor()));
    }

    /** A status names every router of the node: of one that it does not name it tells nothing, not even its absence. */
    private static List<Reading> status(CommandResult command, CiliumNeighbours status, List<RibName> sessions) {
        var names =
                status.output().tables().keySet().stream().map(TableName::name).collect(Collectors.toSet());
        var named = sessions.stream().collect(Collectors.partitioningBy(rib -> names.contains(rib.table())));
        var readings = new ArrayList<>(answered(command, status, named.getOrDefault(true, List.of())));
        var why = new UnusableOutput(FailureReason.NO_SUCH_TABLE, "the status has no instance with this AS number");
        readings.addAll(failed(command, named.getOrDefault(false, List.of()), why));
        return readings;
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

    private static List<Reading> text(CommandResult command, CiliumCommand.Text asked, Set<RibName> expected) {
        return failed(
                command,
                expected.stream()
                        .filter(rib -> (rib.view() == View.SESSIONS) == asked.ofSessions())
                        .toList(),
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
