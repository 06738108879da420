package dev.hoplog.ingest.read;

import dev.hoplog.ingest.parse.ParsedOutput;
import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.ingest.parse.frr.FrrFib;
import dev.hoplog.ingest.parse.frr.FrrForm;
import dev.hoplog.ingest.parse.frr.FrrNeighborRoutes;
import dev.hoplog.ingest.parse.frr.FrrNeighbors;
import dev.hoplog.ingest.parse.frr.FrrSummary;
import dev.hoplog.ingest.parse.frr.FrrTable;
import dev.hoplog.ingest.parse.frr.FrrVrfId;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.SourceState;
import dev.hoplog.model.Table;
import dev.hoplog.model.View;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * FRR: a loc-rib, a session table and zebra's FIB for each VRF and family, and for each neighbour what it is sent, what it
 * sent, and what of that was refused.
 *
 * <p>The detail form of the table decides presence where it answers, else the plain form: the two are read at different
 * instants and contradict each other while a route changes, so they are never mixed.
 */
public final class FrrReader implements DaemonReader {
    private record Asked(FrrCommand command, CommandResult result) {}

    @Override
    public boolean knows(List<String> argv) {
        return !FrrCommand.of(argv).isEmpty();
    }

    @Override
    public List<String> forms(String table) {
        return FrrCommand.forms(table);
    }

    @Override
    public String lacking(List<String> argv) {
        return FrrCommand.lacksFamily(argv)
                ? " It names no family: bgpd 8.4 to 10.x shows IPv6 where none is named, so say 'ipv6 unicast' behind bgp"
                        + " and the VRF, which asks for the same."
                : "";
    }

    @Override
    public List<Reading> read(List<CommandResult> commands, Set<RibName> expected) {
        var all = commands.stream()
                .flatMap(result -> FrrCommand.of(result.argv()).stream().map(command -> new Asked(command, result)))
                .toList();
        var byRib = new LinkedHashMap<RibName, List<Asked>>();
        all.forEach(one -> byRib.computeIfAbsent(one.command.rib(), rib -> new ArrayList<>())
                .add(one));
        var readings = new LinkedHashMap<RibName, Reading>();
        var counters = new HashMap<RibName, FrrNeighborRoutes.Counters>();
        byRib.forEach((rib, asked) -> {
            asked.sort(Comparator.comparing(one -> one.command.kind()));
            firstAnswer(rib, asked, all, expected, counters)
                    .forEach(reading -> readings.putIfAbsent(reading.rib(), reading));
        });
        new FrrCrossCheck(Map.copyOf(readings), counters)
                .contradicted()
                .forEach(failed -> readings.put(failed.rib(), failed));
        addEmptied(readings, expected);
        return List.copyOf(readings.values());
    }

    /** The tables of neighbours that have no session and gave no answer of their own. */
    private static void addEmptied(Map<RibName, Reading> readings, Set<RibName> expected) {
        var down = readings.values().stream()
                .filter(reading -> reading.rib().view() == View.SESSIONS)
                .flatMap(reading -> reading instanceof Reading.Answered sessions
                        ? Stream.of(FrrDownPeers.of(sessions))
                        : Stream.empty())
                .toList();
        var adjacent = new LinkedHashSet<>(readings.keySet());
        adjacent.addAll(expected);
        adjacent.removeIf(rib -> !rib.view().isAdj() || readings.get(rib) instanceof Reading.Answered);
        for (var rib : adjacent) {
            down.stream()
                    .filter(peers -> peers.proveEmpty(rib))
                    .findFirst()
                    .ifPresent(peers -> readings.put(rib, peers.empty(rib)));
        }
    }

    /** @param counters takes what the answer that decides counts */
    private static List<Reading> firstAnswer(
            RibName rib,
            List<Asked> asked,
            List<Asked> all,
            Set<RibName> expected,
            Map<RibName, FrrNeighborRoutes.Counters> counters) {
        Optional<List<Reading>> failed = Optional.empty();
        for (var one : asked) {
            try {
                var output = parse(one, counters);
                if (isOfNoVrf(rib, output) && !isKnownToZebra(rib.table(), all)) {
                    throw new UnusableOutput(
                            FailureReason.NO_SUCH_TABLE,
                            "zebra shows nothing, as it does of a VRF that is not there, and no answer of bgpd shows"
                                    + " that " + rib.table() + " is");
                }
                return answered(rib, one.result, output, expected);
            } catch (UnusableOutput e) {
                failed = failed.or(() -> Optional.of(failed(rib, one.result, e, expected)));
            }
        }
        return failed.orElseThrow();
    }

    private static ParsedOutput parse(Asked asked, Map<RibName, FrrNeighborRoutes.Counters> counters)
            throws UnusableOutput {
        var table = asked.command.table();
        return Answers.parse(asked.result, in -> switch (asked.command.kind()) {
            case TABLE -> FrrTable.parse(in, table.family(), FrrForm.PLAIN);
            case TABLE_DETAIL -> FrrTable.parse(in, table.family(), FrrForm.DETAIL);
            case SUMMARY -> FrrSummary.parse(in, table);
            case SUMMARIES -> FrrSummary.parseNested(in, table);
            case NEIGHBORS -> FrrNeighbors.parse(in, table);
            case ADVERTISED, ADVERTISED_DETAIL, RECEIVED, FILTERED -> {
                var listing = FrrNeighborRoutes.list(in, table, direction(asked.command.kind()));
                counters.put(asked.command.rib(), listing.counters());
                yield listing.output();
            }
            case FIB -> FrrFib.parse(in, table);
        });
    }

    private static FrrNeighborRoutes.Direction direction(FrrCommand.Kind kind) {
        return switch (kind) {
            case RECEIVED, FILTERED -> FrrNeighborRoutes.Direction.RECEIVED;
            case ADVERTISED, ADVERTISED_DETAIL, TABLE, TABLE_DETAIL, SUMMARY, SUMMARIES, NEIGHBORS, FIB ->
                FrrNeighborRoutes.Direction.ADVERTISED;
        };
    }

    /** Whether it is what zebra prints for an empty VRF and for one that is not there. The default one always is. */
    private static boolean isOfNoVrf(RibName rib, ParsedOutput output) {
        return rib.view() == View.FIB
                && !isAllVrfs(rib)
                && !rib.table().equals(FrrCommand.DEFAULT_VRF)
                && output.tables().values().stream()
                        .allMatch(table -> table.rows().isEmpty());
    }

    private static boolean isKnownToZebra(String vrf, List<Asked> all) {
        return all.stream()
                .filter(one -> one.command.rib().table().equals(vrf))
                .filter(one -> switch (one.command.kind()) {
                    case TABLE, TABLE_DETAIL, SUMMARY -> true;
                    case SUMMARIES, NEIGHBORS, ADVERTISED, ADVERTISED_DETAIL, RECEIVED, FILTERED, FIB -> false;
                })
                .anyMatch(one -> {
                    try {
                        return Answers.parse(one.result, FrrVrfId::isKnown);
                    } catch (UnusableOutput e) {
                        return false;
                    }
                });
    }

    private static List<Reading> answered(
            RibName asked, CommandResult source, ParsedOutput output, Set<RibName> expected) {
        var state = new SourceState(output.facts().tableVersion(), Optional.empty(), Optional.empty());
        var readings = new LinkedHashMap<RibName, Reading>();
        for (Map.Entry<TableName, Table> table : output.tables().entrySet()) {
            var name = table.getKey();
            var rib = new RibName(name.name(), name.family(), asked.view(), asked.peer());
            readings.put(
                    rib,
                    new Reading.Answered(
                            rib,
                            List.of(source),
                            table.getValue(),
                            state,
                            output.unknownItems(),
                            output.facts().version().orElse("")));
        }
        // A VRF that an answer about it, or about all, does not show is not there: that is no empty table.
        named(asked, expected)
                .forEach(rib -> readings.putIfAbsent(
                        rib,
                        new Reading.Failed(
                                rib,
                                List.of(source),
                                new UnusableOutput(
                                        FailureReason.NO_SUCH_TABLE, "the answer shows no VRF " + rib.table()))));
        return List.copyOf(readings.values());
    }

    private static List<Reading> failed(
            RibName asked, CommandResult source, UnusableOutput why, Set<RibName> expected) {
        return named(asked, expected)
                .<Reading>map(rib -> new Reading.Failed(rib, List.of(source), why))
                .toList();
    }

    private static boolean isAllVrfs(RibName rib) {
        return rib.table().equals(FrrFib.ALL_VRFS);
    }

    /** The RIBs that a command speaks of: the one that it names, or all that are expected. */
    private static Stream<RibName> named(RibName asked, Set<RibName> expected) {
        return isAllVrfs(asked)
                ? expected.stream()
                        .filter(rib -> rib.view() == asked.view()
                                && rib.family() == asked.family()
                                && rib.peer().equals(asked.peer()))
                : Stream.of(asked);
    }
}
