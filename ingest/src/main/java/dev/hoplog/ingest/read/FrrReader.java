package dev.hoplog.ingest.read;

import dev.hoplog.ingest.parse.ParsedOutput;
import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.ingest.parse.frr.FrrForm;
import dev.hoplog.ingest.parse.frr.FrrSummary;
import dev.hoplog.ingest.parse.frr.FrrTable;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.SourceState;
import dev.hoplog.model.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * FRR: a loc-rib and a session table for each VRF and family.
 *
 * <p>The detail form of the table decides presence where it answers, else the plain form: the two are read at different
 * instants and contradict each other while a route changes, so they are never mixed.
 */
public final class FrrReader implements DaemonReader {
    private static final String ALL_VRFS = "all";

    private record Asked(FrrCommand command, CommandResult result) {}

    @Override
    public List<Reading> read(List<CommandResult> commands, Set<RibName> expected) {
        var tables = new LinkedHashMap<RibName, List<Asked>>();
        for (var result : commands) {
            FrrCommand.of(result.argv()).ifPresent(command -> {
                var view = command.kind() == FrrCommand.Kind.SUMMARY ? View.SESSIONS : View.LOC_RIB;
                var asked = tables.computeIfAbsent(
                        RibName.of(new TableName(command.vrf(), command.family()), view), rib -> new ArrayList<>());
                // The most telling form first.
                asked.add(
                        command.kind() == FrrCommand.Kind.TABLE_DETAIL ? 0 : asked.size(), new Asked(command, result));
            });
        }
        var readings = new LinkedHashMap<RibName, Reading>();
        tables.forEach((rib, asked) ->
                firstAnswer(rib, asked, expected).forEach(reading -> readings.putIfAbsent(reading.rib(), reading)));
        return List.copyOf(readings.values());
    }

    private static List<Reading> firstAnswer(RibName rib, List<Asked> asked, Set<RibName> expected) {
        Optional<List<Reading>> failed = Optional.empty();
        for (var one : asked) {
            try {
                return answered(rib, one.result, parse(one), expected);
            } catch (UnusableOutput e) {
                failed = failed.or(() -> Optional.of(failed(rib, one.result, e, expected)));
            }
        }
        return failed.orElseThrow();
    }

    private static ParsedOutput parse(Asked asked) throws UnusableOutput {
        var command = asked.command;
        return Answers.parse(asked.result, in -> switch (command.kind()) {
            case TABLE -> FrrTable.parse(in, command.family(), FrrForm.PLAIN);
            case TABLE_DETAIL -> FrrTable.parse(in, command.family(), FrrForm.DETAIL);
            case SUMMARY -> FrrSummary.parse(in, new TableName(command.vrf(), command.family()));
        });
    }

    private static List<Reading> answered(
            RibName asked, CommandResult source, ParsedOutput output, Set<RibName> expected) {
        var state = new SourceState(output.facts().tableVersion(), Optional.empty(), Optional.empty());
        var readings = new LinkedHashMap<RibName, Reading>();
        for (Map.Entry<TableName, dev.hoplog.model.Table> table :
                output.tables().entrySet()) {
            var rib = RibName.of(table.getKey(), asked.view());
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

    /** The RIBs that a command speaks of: the one that it names, or all that are expected. */
    private static java.util.stream.Stream<RibName> named(RibName asked, Set<RibName> expected) {
        return asked.table().equals(ALL_VRFS)
                ? expected.stream().filter(rib -> rib.view() == asked.view() && rib.family() == asked.family())
                : java.util.stream.Stream.of(asked);
    }
}
