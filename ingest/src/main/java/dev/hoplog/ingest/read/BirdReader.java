package dev.hoplog.ingest.read;

import dev.hoplog.ingest.parse.ParsedOutput;
import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.ingest.parse.bird.BirdClock;
import dev.hoplog.ingest.parse.bird.BirdForm;
import dev.hoplog.ingest.parse.bird.BirdProtocols;
import dev.hoplog.ingest.parse.bird.BirdRoutes;
import dev.hoplog.ingest.parse.bird.BirdStatus;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.Row;
import dev.hoplog.model.SourceState;
import dev.hoplog.model.Table;
import dev.hoplog.model.View;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * BIRD: a loc-rib for each table, and a session table for each family.
 *
 * <p>{@code show status} gives the clock, without which no time means anything. {@code show protocols all} names the
 * tables that exist, and how many paths each protocol has in them: with fewer in the listing, the listing broke off, or
 * routes came in between; either way it proves no absence.
 */
public final class BirdReader implements DaemonReader {
    private record Status(CommandResult source, BirdStatus status, Optional<BirdClock> clock) {
        SourceState sourceState() {
            return new SourceState(
                    Optional.empty(),
                    clock.flatMap(c -> status.lastReboot().flatMap(c::resolve))
                            .map(moment -> Instant.EPOCH.plus(moment.stamp().earliest(), ChronoUnit.MICROS)),
                    clock.map(c -> new SourceState.Clock(c.ahead(), c.error())));
        }
    }

    @Override
    public List<Reading> read(List<CommandResult> commands, Set<RibName> expected) {
        Optional<Status> status = Optional.empty();
        Optional<BirdProtocols> protocols = Optional.empty();
        var readings = new ArrayList<Reading>();
        for (var command : commands) {
            if (BirdCommand.of(command.argv()).orElse(null) instanceof BirdCommand.Status) {
                status = status(command);
            }
        }
        for (var command : commands) {
            if (BirdCommand.of(command.argv()).orElse(null) instanceof BirdCommand.Protocols) {
                try {
                    var clock = status.flatMap(Status::clock);
                    protocols =
                            Optional.of(Answers.parse(command, in -> BirdProtocols.parse(in, form(command), clock)));
                    readings.addAll(sessions(command, protocols.get(), status, expected));
                } catch (UnusableOutput e) {
                    readings.addAll(failed(command, e, View.SESSIONS, expected, Optional.empty()));
                }
            }
        }
        for (var command : commands) {
            if (BirdCommand.of(command.argv()).orElse(null) instanceof BirdCommand.Routes routes) {
                readings.addAll(routes(command, routes, status, protocols, expected));
            }
        }
        return readings;
    }

    private static BirdForm form(CommandResult command) {
        return command.argv().contains("-v") ? BirdForm.BIRDC_VERBOSE : BirdForm.BIRDC;
    }

    private static Optional<Status> status(CommandResult command) {
        try {
            var status = Answers.parse(command, in -> BirdStatus.parse(in, form(command)));
            return Optional.of(new Status(command, status, BirdClock.of(status, command.from(), command.to())));
        } catch (UnusableOutput e) {
            return Optional.empty();
        }
    }

    /** The daemon's own row is part of the table: without a status the table was not observed whole. */
    private static List<Reading> sessions(
            CommandResult command, BirdProtocols protocols, Optional<Status> status, Set<RibName> expected) {
        if (status.isEmpty()) {
            var why = new UnusableOutput(
                    FailureReason.INCONSISTENT, "the protocols answered, and 'show status' beside them did not");
            return failed(command, why, View.SESSIONS, expected, Optional.empty());
        }
        var known = status.get();
        var readings = new ArrayList<Reading>();
        protocols.sessions().tables().forEach((name, table) -> {
            var rows = new ArrayList<Row>(table.rows());
            rows.add(known.status.daemonState(known.clock));
            readings.add(new Reading.Answered(
                    RibName.of(name, View.SESSIONS),
                    List.of(command, known.source),
                    new Table(table.observed(), rows, table.sourceTimes()),
                    known.sourceState(),
                    protocols.sessions().unknownItems() + known.status.unknownItems(),
                    known.status.version().orElse("")));
        });
        return readings;
    }

    private static List<Reading> routes(
            CommandResult command,
            BirdCommand.Routes asked,
            Optional<Status> status,
            Optional<BirdProtocols> protocols,
            Set<RibName> expected) {
        try {
            var named = asked.table().stream()
                    .flatMap(table -> expectedTables(expected, protocols)
                            .filter(name -> name.name().equals(table)))
                    .toList();
            var clock = status.flatMap(Status::clock);
            var output = Answers.parse(command, in -> BirdRoutes.parse(in, form(command), named, clock));
            return answered(command, asked, output, status, protocols, expected);
        } catch (UnusableOutput e) {
            return failed(command, e, View.LOC_RIB, expected, asked.table());
        }
    }

    private static List<Reading> answered(
            CommandResult command,
            BirdCommand.Routes asked,
            ParsedOutput output,
            Optional<Status> status,
            Optional<BirdProtocols> protocols,
            Set<RibName> expected) {
        var tables = new LinkedHashMap<TableName, Table>(output.tables());
        // Without any route in it, a table that exists is not shown at all.
        expectedTables(expected, protocols)
                .filter(name -> asked.table().map(name.name()::equals).orElse(true))
                .forEach(name -> tables.putIfAbsent(name, Table.empty()));
        var missing = protocols.map(p -> p.missingFrom(output)).orElse(Map.of());
        var sourceState = status.map(Status::sourceState).orElse(SourceState.unknown());
        var version = output.facts().version().or(() -> status.flatMap(s -> s.status.version()));
        var readings = new ArrayList<Reading>();
        tables.forEach((name, table) -> {
            var rib = RibName.of(name, View.LOC_RIB);
            readings.add(
                    missing.containsKey(name)
                            ? new Reading.Failed(rib, List.of(command), tooFew(missing.get(name)))
                            : new Reading.Answered(
                                    rib,
                                    List.of(command),
                                    table,
                                    sourceState,
                                    output.unknownItems(),
                                    version.orElse("")));
        });
        return readings;
    }

    private static UnusableOutput tooFew(long missing) {
        return new UnusableOutput(
                FailureReason.INCONSISTENT,
                "the listing has " + missing + " paths fewer than the protocols have imported");
    }

    private static java.util.stream.Stream<TableName> expectedTables(
            Set<RibName> expected, Optional<BirdProtocols> protocols) {
        return java.util.stream.Stream.concat(
                        expected.stream()
                                .filter(rib -> rib.view() == View.LOC_RIB)
                                .map(rib -> new TableName(rib.table(), rib.family())),
                        protocols.stream().flatMap(p -> p.channels().stream()).map(BirdProtocols.Channel::table))
                .distinct();
    }

    private static List<Reading> failed(
            CommandResult command, UnusableOutput why, View view, Set<RibName> expected, Optional<String> table) {
        return expected.stream()
                .filter(rib ->
                        rib.view() == view && table.map(rib.table()::equals).orElse(true))
                .<Reading>map(rib -> new Reading.Failed(rib, List.of(command), why))
                .toList();
    }
}
