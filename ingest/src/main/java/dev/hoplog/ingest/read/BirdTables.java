package dev.hoplog.ingest.read;

import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.ingest.parse.bird.BirdForm;
import dev.hoplog.ingest.parse.bird.BirdListing;
import dev.hoplog.ingest.parse.bird.BirdProtocols;
import dev.hoplog.ingest.parse.bird.BirdRoutes;
import dev.hoplog.ingest.parse.bird.BirdScope;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.SourceState;
import dev.hoplog.model.Table;
import dev.hoplog.model.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * BIRD's loc-ribs: one {@code show route [all]}, held against the protocols of the same scrape, which name the tables that
 * there are and count their paths.
 */
final class BirdTables {
    private final Optional<BirdDaemon> daemon;
    private final Optional<BirdProtocols> protocols;
    private final BirdExpected expected;
    private final List<Table> shown = new ArrayList<>();

    BirdTables(Optional<BirdDaemon> daemon, Optional<BirdProtocols> protocols, BirdExpected expected) {
        this.daemon = daemon;
        this.protocols = protocols;
        this.expected = expected;
    }

    /** What was read so far of tables, whole or not. */
    List<Table> shown() {
        return List.copyOf(shown);
    }

    List<Reading> read(CommandResult command, BirdCommand.Routes asked) {
        try {
            var scope = BirdCommand.scope(asked.tables(), known());
            var form = BirdCommand.form(command.argv());
            var clock = daemon.flatMap(BirdDaemon::clock);
            var listing = Answers.parse(
                    command, in -> BirdRoutes.parse(in, form, command.vouchedWhole(), asked.detail(), scope, clock));
            shown.addAll(listing.output().tables().values());
            if (protocols.isEmpty() && !isVouchedFor(command)) {
                throw unproven();
            }
            checkEvery(asked, listing);
            return answered(command, asked, listing);
        } catch (UnusableOutput e) {
            return expected.failed(command, e, View.LOC_RIB, asked.table());
        }
    }

    /** With {@code table all} every table has a heading: one that a protocol is connected to cannot lack it. */
    private void checkEvery(BirdCommand.Routes asked, BirdListing listing) throws UnusableOutput {
        var shown = listing.output().tables().keySet();
        var lacking = connected().filter(table -> !shown.contains(table)).findFirst();
        if (asked.tables() instanceof BirdCommand.Every && lacking.isPresent()) {
            throw new UnusableOutput(
                    FailureReason.TRUNCATED,
                    "the answer has not every table: " + lacking.get().name() + " is missing");
        }
    }

    private List<Reading> answered(CommandResult command, BirdCommand.Routes asked, BirdListing listing) {
        var output = listing.output();
        var tables = new LinkedHashMap<TableName, Table>(output.tables());
        // Without any route in it, a table that a protocol is connected to is not shown at all; others need not be,
        // either.
        connected()
                .filter(name -> asked.table().map(name.name()::equals).orElse(true))
                .forEach(name -> tables.putIfAbsent(name, Table.empty()));
        var sourceState = daemon.map(BirdDaemon::sourceState).orElse(SourceState.unknown());
        var version = output.facts()
                .version()
                .or(() -> daemon.flatMap(d -> d.status().version()))
                .orElse("");
        var readings = new ArrayList<Reading>();
        var missing = protocols.map(p -> p.missingFrom(output)).orElse(Map.of());
        tables.forEach((name, table) -> {
            var rib = RibName.of(name, View.LOC_RIB);
            var doubt = Optional.ofNullable(missing.get(name))
                    .map(BirdTables::tooFew)
                    .or(() -> {
                        if (!output.tables().containsKey(name) && isBesides(asked, name)) {
                            return uncounted(name);
                        }
                        return wentOnBehind(listing, name) ? Optional.empty() : unaccounted(command, name, table);
                    });
            readings.add(
                    doubt.isPresent()
                            ? new Reading.Failed(rib, List.of(command), doubt.get())
                            : new Reading.Answered(
                                    rib,
                                    List.of(command),
                                    table,
                                    sourceState,
                                    output.unknownItems(),
                                    version,
                                    listing.openEnd()
                                            .filter(end -> !command.vouchedWhole()
                                                    && end.table().equals(name))));
        });
        // The daemon names neither a route nor a protocol of it: that is no empty table, but none.
        expected.failed(command, unnamed(), View.LOC_RIB, asked.table()).stream()
                .filter(reading -> !tables.containsKey(
                        new TableName(reading.rib().table(), reading.rib().family())))
                .forEach(readings::add);
        return readings;
    }

    /** Without a table named, BIRD shows its own tables, and says nothing of any other, not even by an end mark. */
    private static boolean isBesides(BirdCommand.Routes asked, TableName name) {
        return asked.tables() instanceof BirdCommand.Unasked && !BirdScope.PREDEFINED.containsKey(name.name());
    }

    /** Of such a table only the counts tell that it is empty, so every protocol must be counted. */
    private Optional<UnusableOutput> uncounted(TableName name) {
        return protocols
                .flatMap(counts -> counts.isWhole()
                        ? counts.unaccounted(name, Table.empty())
                        : Optional.of("birdc marks no end of the list of protocols"))
                .map(why -> new UnusableOutput(
                        FailureReason.INCONSISTENT, "the table was not asked for by its name, and " + why));
    }

    /** Then nothing of the table can have been cut off. */
    private static boolean wentOnBehind(BirdListing listing, TableName name) {
        return listing.output().tables().containsKey(name)
                && listing.last().filter(name::equals).isEmpty();
    }

    private Optional<UnusableOutput> unaccounted(CommandResult command, TableName name, Table table) {
        return protocols
                .filter(_ -> !isVouchedFor(command))
                .flatMap(counts -> counts.unaccounted(name, table))
                .map(why -> new UnusableOutput(FailureReason.INCONSISTENT, "birdc marks no end, and " + why));
    }

    /** By its end mark, or by somebody. */
    private static boolean isVouchedFor(CommandResult command) {
        return command.vouchedWhole() || BirdCommand.form(command.argv()) == BirdForm.CONTROL_SOCKET;
    }

    /** The tables that there are now, and those that were there before and are not known to be of another family now. */
    private List<TableName> known() {
        var now = connected().map(TableName::name).collect(Collectors.toSet());
        return Stream.concat(connected(), expected.tables().filter(table -> !now.contains(table.name())))
                .toList();
    }

    private Stream<TableName> connected() {
        return protocols.stream().flatMap(p -> p.channels().stream()).map(BirdProtocols.Channel::table);
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
}
