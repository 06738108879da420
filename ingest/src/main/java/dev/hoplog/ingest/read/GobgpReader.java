package dev.hoplog.ingest.read;

import dev.hoplog.ingest.parse.ParsedOutput;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.ingest.parse.gobgp.GobgpNeighbors;
import dev.hoplog.ingest.parse.gobgp.GobgpRib;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.SourceState;
import dev.hoplog.model.View;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** GoBGP: one loc-rib and one session table for each family, in the table {@code global}. */
public final class GobgpReader implements DaemonReader {
    @Override
    public List<Reading> read(List<CommandResult> commands, Set<RibName> expected) {
        var readings = new ArrayList<Reading>();
        var families = EnumSet.noneOf(AddressFamily.class);
        expected.forEach(rib -> families.add(rib.family()));
        for (var command : commands) {
            ribFamily(command.argv()).ifPresent(family -> {
                families.add(family);
                readings.addAll(readRib(command, family));
            });
        }
        commands.stream()
                .filter(command -> containsInOrder(command.argv(), List.of("gobgp", "neighbor", "-j"))
                        && command.argv().getLast().equals("-j")
                        && command.argv().indexOf("-j") == command.argv().indexOf("neighbor") + 1)
                .findFirst()
                .ifPresent(command -> readings.addAll(readNeighbors(command, families)));
        return readings;
    }

    /** The family of {@code gobgp global rib [-a FAMILY] -j}; IPv4 without {@code -a}, as the program has it. */
    private static Optional<AddressFamily> ribFamily(List<String> argv) {
        if (!containsInOrder(argv, List.of("gobgp", "global", "rib", "-j"))) {
            return Optional.empty();
        }
        int flag = argv.indexOf("-a");
        return switch (flag < 0 || flag + 1 == argv.size() ? "ipv4" : argv.get(flag + 1)) {
            case "ipv4", "ipv4-unicast" -> Optional.of(AddressFamily.IPV4_UNICAST);
            case "ipv6", "ipv6-unicast" -> Optional.of(AddressFamily.IPV6_UNICAST);
            default -> Optional.empty();
        };
    }

    private static boolean containsInOrder(List<String> argv, List<String> words) {
        int found = 0;
        for (var argument : argv) {
            boolean matches = found < words.size()
                    && (argument.equals(words.get(found)) || (found == 0 && argument.endsWith("/" + words.get(0))));
            found += matches ? 1 : 0;
        }
        return found == words.size();
    }

    private static List<Reading> readRib(CommandResult command, AddressFamily family) {
        var rib = new RibName(GobgpRib.TABLE, family, View.LOC_RIB);
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
                    .<Reading>map(family ->
                            new Reading.Failed(new RibName(GobgpRib.TABLE, family, View.SESSIONS), List.of(command), e))
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
