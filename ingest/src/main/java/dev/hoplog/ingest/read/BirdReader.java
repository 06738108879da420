package dev.hoplog.ingest.read;

import dev.hoplog.ingest.parse.ParsedOutput;
import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.ingest.parse.bird.BirdClock;
import dev.hoplog.ingest.parse.bird.BirdForm;
import dev.hoplog.ingest.parse.bird.BirdProtocols;
import dev.hoplog.ingest.parse.bird.BirdRoutes;
import dev.hoplog.ingest.parse.bird.BirdStatus;
import dev.hoplog.model.Excerpt;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.Route;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        for (var command : commands) {
            if (BirdCommand.of(command.argv()).orElse(null) instanceof BirdCommand.Status) {
                status = status(command);
            }
        }
        var sessions = new ArrayList<Reading>();
        for (var command : commands) {
            if (BirdCommand.of(command.argv()).orElse(null) instanceof BirdCommand.Protocols) {
                try {
                    var clock = status.flatMap(Status::clock);
                    protocols =
                            Optional.of(Answers.parse(command, in -> BirdProtocols.parse(in, form(command), clock)));
                    sessions.addAll(sessions(command, protocols.get(), status, expected));
                } catch (UnusableOutput e) {
                    sessions.addAll(failed(command, e, View.SESSIONS, expected, Optional.empty()));
                }
            }
        }
        var readings = new ArrayList<Reading>();
        for (var command : commands) {
            if (BirdCommand.of(command.argv()).orElse(null) instanceof BirdCommand.Routes routes) {
                readings.addAll(routes(command, routes, status, protocols, expected));
            }
        }
        var unlisted = protocols.map(p -> unlisted(readings, p)).orElse(Optional.empty());
        sessions.forEach(session ->
                readings.add(unlisted.<Reading>map(why -> new Reading.Failed(session.rib(), session.sources(), why))
                        .filter(failed -> session instanceof Reading.Answered)
                        .orElse(session)));
        return readings;
    }

    /**
     * birdc's list of protocols has no end mark: cut between two of them it looks whole. But a protocol that has routes
     * cannot be missing from it.
     */
    private static Optional<UnusableOutput> unlisted(List<Reading> routes, BirdProtocols protocols) {
        var listed = protocols.channels().stream()
                .map(BirdProtocols.Channel::protocol)
                .collect(Collectors.toSet());
        return routes.stream()
                .flatMap(reading -> reading instanceof Reading.Answered answered
                        ? answered.table().rows().stream()
                        : Stream.empty())
                .flatMap(row -> row instanceof Route route ? route.paths().stream() : Stream.empty())
                .flatMap(path -> path.protocol().stream())
                .filter(protocol -> !listed.contains(protocol))
                .findFirst()
                .map(protocol -> new UnusableOutput(
                        FailureReason.INCONSISTENT,
                        "the list of protocols lacks " + Excerpt.of(protocol) + ", which has routes"));
    }

    private static BirdForm form(CommandResult command) {
        return BirdCommand.form(command.argv());
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
        if (protocols.isEmpty() && form(command) == BirdForm.BIRDC) {
            return failed(command, unproven(), View.LOC_RIB, expected, asked.table());
        }
        var tables = new LinkedHashMap<TableName, Table>(output.tables());
        var missing = protocols.map(p -> p.missingFrom(output)).orElse(Map.of());
        // Without any route in it, a table that a protocol is connected to is not shown at all.
        var named = protocols.stream()
                .flatMap(p -> p.channels().stream())
                .map(BirdProtocols.Channel::table)
                .filter(name -> asked.table().map(name.name()::equals).orElse(true));
        named.forEach(name -> tables.putIfAbsent(name, Table.empty()));
        var sourceState = status.map(Status::sourceState).orElse(SourceState.unknown());
        var version = output.facts()
                .version()
                .or(() -> status.flatMap(s -> s.status.version()))
                .orElse("");
        var readings = new ArrayList<Reading>();
        tables.forEach((name, table) -> {
            var rib = RibName.of(name, View.LOC_RIB);
            readings.add(
                    missing.containsKey(name)
                            ? new Reading.Failed(rib, List.of(command), tooFew(missing.get(name)))
                            : new Reading.Answered(
                                    rib, List.of(command), table, sourceState, output.unknownItems(), version));
        });
        // The daemon names neither a route nor a protocol of it: that is no empty table, but none.
        failed(command, unnamed(), View.LOC_RIB, expected, asked.table()).stream()
                .filter(reading -> !tables.containsKey(
                        new TableName(reading.rib().table(), reading.rib().family())))
                .forEach(readings::add);
        return readings;
    }

    private static UnusableOutput unproven() {
        return new UnusableOutput(
                FailureReason.INCONSISTENT,
                "birdc marks no end, and no 'show protocols all' beside it tells how many paths there are");
    }

    private static UnusableOutput unnamed() {
        return new UnusableOutput(
                FailureReason.NO_SUCH_TABLE, "neither the listing nor any protocol mentions the table");
    }

    private static UnusableOutput tooFew(long missing) {
        return new UnusableOutput(
                FailureReason.INCONSISTENT,
                "the listing has " + missing + " paths fewer than the protocols have imported");
    }

    private static Stream<TableName> expectedTables(Set<RibName> expected, Optional<BirdProtocols> protocols) {
        return Stream.concat(
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
