package dev.hoplog.ingest.read;

import dev.hoplog.ingest.parse.ParsedOutput;
import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.ingest.parse.linux.IpRoutes;
import dev.hoplog.ingest.parse.linux.TableNames;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.SourceState;
import dev.hoplog.model.Table;
import dev.hoplog.model.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Linux: a FIB for each routing table and family, from {@code ip -j route show}.
 *
 * <p>Of a table that an answer about all of them does not show, it is only inferred that it is empty, and only where it could
 * not be shown under another name: see {@link TableNames}. What a command says that asked for the table itself, or what is
 * shown of it, comes before that in the readings, whichever was asked first.
 *
 * <p>Each network namespace has tables of the same names. A hop may stand for one of them, so that a namespace in the commands
 * is no part of a table's name; but then all of the hop's commands are of that one.
 */
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
        var direct = new ArrayList<Reading>();
        var inferred = new ArrayList<Reading>();
        var namespaces = commands.stream()
                .flatMap(command -> IpCommand.of(command.argv()).stream())
                .map(IpCommand::namespace)
                .collect(Collectors.toCollection(TreeSet::new));
        for (var command : commands) {
            IpCommand.of(command.argv()).ifPresent(asked -> {
                var why = whyNot(asked, namespaces);
                if (why.isPresent()) {
                    Stream.concat(asked.named(), expected.stream().filter(asked::speaksOf))
                            .distinct()
                            .forEach(rib -> inferred.add(new Reading.Failed(rib, List.of(command), why.get())));
                } else if (asked.table().isPresent()) {
                    asked.named().forEach(rib -> direct.addAll(one(command, new TableName(rib.table(), rib.family()))));
                } else {
                    asked.family().ifPresent(family -> all(command, asked, family, expected, direct, inferred));
                }
            });
        }
        inferred.removeIf(reading -> direct.stream().anyMatch(said -> decides(said, reading.rib())));
        return Stream.concat(direct.stream(), inferred.stream()).toList();
    }

    private static Optional<UnusableOutput> whyNot(IpCommand asked, Set<String> namespaces) {
        if (namespaces.size() > 1) {
            return Optional.of(new UnusableOutput(
                    FailureReason.INCONSISTENT,
                    "the commands of one hop are of several network namespaces ("
                            + namespaces.stream()
                                    .map(name -> name.isEmpty() ? "none named" : name)
                                    .collect(Collectors.joining(", "))
                            + "), and nothing says which is the hop's: give each namespace a hop of its own"));
        }
        return asked.family().isPresent()
                ? Optional.empty()
                : Optional.of(new UnusableOutput(
                        FailureReason.UNPARSABLE,
                        "without a family all tables are those of IPv4 and IPv6 in one, and a default route does not say of"
                                + " which it is: add -4 or -6"));
    }

    /** That a table is not there is an answer too: it shows nothing of such a one among all tables, either. */
    private static boolean decides(Reading said, RibName rib) {
        return said.rib().equals(rib)
                && switch (said) {
                    case Reading.Answered answered -> true;
                    case Reading.Failed failed -> failed.why().reason() == FailureReason.NO_SUCH_TABLE;
                };
    }

    private static List<Reading> one(CommandResult command, TableName asked) {
        try {
            var output = Answers.parse(command, in -> IpRoutes.parse(in, asked));
            return output.tables().entrySet().stream()
                    .map(table -> answered(command, RibName.of(table.getKey(), View.FIB), table.getValue(), output))
                    .toList();
        } catch (UnusableOutput e) {
            return List.of(new Reading.Failed(RibName.of(asked, View.FIB), List.of(command), e));
        }
    }

    private static void all(
            CommandResult command,
            IpCommand asked,
            AddressFamily family,
            Set<RibName> expected,
            List<Reading> shown,
            List<Reading> inferred) {
        var main = new TableName(IpCommand.MAIN, family);
        var spokenOf = Stream.concat(expected.stream().filter(asked::speaksOf), Stream.of(RibName.of(main, View.FIB)))
                .collect(Collectors.toUnmodifiableSet());
        try {
            var output = Answers.parse(command, in -> IpRoutes.parse(in, main));
            var names = output.tables().entrySet().stream()
                    .filter(table -> !table.getValue().rows().isEmpty())
                    .map(table -> table.getKey().name())
                    .collect(Collectors.toCollection(TreeSet::new));
            output.tables().forEach((table, contents) -> {
                if (names.contains(table.name())) {
                    shown.add(answered(command, RibName.of(table, View.FIB), contents, output));
                }
            });
            spokenOf.stream()
                    .filter(rib -> !names.contains(rib.table()))
                    .forEach(rib -> inferred.add(
                            TableNames.isEmptyIfNotAmong(rib.table(), names)
                                    ? answered(command, rib, Table.empty(), output)
                                    : new Reading.Failed(rib, List.of(command), mayBeAnother(rib.table(), names))));
        } catch (UnusableOutput e) {
            spokenOf.forEach(rib -> inferred.add(new Reading.Failed(rib, List.of(command), e)));
        }
    }

    private static UnusableOutput mayBeAnother(String table, Set<String> shown) {
        return new UnusableOutput(
                FailureReason.NO_SUCH_TABLE,
                "it shows no table " + table + ", which may go by another name there: it shows "
                        + (shown.isEmpty() ? "none" : String.join(", ", shown))
                        + ". With -N it shows every table by its number");
    }

    private static Reading answered(CommandResult command, RibName rib, Table table, ParsedOutput output) {
        return new Reading.Answered(rib, List.of(command), table, SourceState.unknown(), output.unknownItems(), "");
    }
}
