package dev.hoplog.ingest.read;

import dev.hoplog.model.AddressFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A gobgp command that is known to tell of a whole table.
 *
 * @param kind what it shows
 * @param family of a RIB; IPv4 where the command names none, as the program has it
 */
record GobgpCommand(Kind kind, AddressFamily family) {
    private static final Set<String> PROGRAM = Set.of("gobgp");
    private static final Set<String> JSON = Set.of("-j", "--json");
    private static final Set<String> FAMILY = Set.of("-a", "--address-family");
    /** Options that say where the daemon is. */
    private static final Set<String> WITH_VALUE = Set.of("-u", "--host", "-p", "--port");

    /** What the command shows. */
    enum Kind {
        RIB,
        NEIGHBORS
    }

    /** Empty for anything else: one prefix, one neighbour, a summary, a text. */
    static Optional<GobgpCommand> of(List<String> argv) {
        return Invocation.of(argv, PROGRAM).flatMap(GobgpCommand::among);
    }

    private static Optional<GobgpCommand> among(List<String> words) {
        var positional = new ArrayList<String>();
        var family = "ipv4";
        boolean json = false;
        for (int i = 0; i < words.size(); i++) {
            var word = words.get(i);
            if (JSON.contains(word)) {
                json = true;
            } else if (FAMILY.contains(word) && i + 1 < words.size()) {
                family = words.get(++i);
            } else if (WITH_VALUE.contains(word)) {
                i++;
            } else {
                positional.add(word);
            }
        }
        return json ? known(String.join(" ", positional), family) : Optional.empty();
    }

    private static Optional<GobgpCommand> known(String command, String family) {
        return switch (command) {
            case "neighbor" -> Optional.of(new GobgpCommand(Kind.NEIGHBORS, AddressFamily.IPV4_UNICAST));
            case "global rib" ->
                switch (family) {
                    case "ipv4", "ipv4-unicast" -> Optional.of(new GobgpCommand(Kind.RIB, AddressFamily.IPV4_UNICAST));
                    case "ipv6", "ipv6-unicast" -> Optional.of(new GobgpCommand(Kind.RIB, AddressFamily.IPV6_UNICAST));
                    default -> Optional.empty();
                };
            default -> Optional.empty();
        };
    }
}
