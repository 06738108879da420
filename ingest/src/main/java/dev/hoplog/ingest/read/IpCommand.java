package dev.hoplog.ingest.read;

import dev.hoplog.ingest.parse.linux.TableNames;
import dev.hoplog.model.AddressFamily;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code ip -j [-4|-6] route [show] [table X|vrf X]}: a command that shows a whole table, or all of them.
 *
 * @param table {@code main} where the command names none; empty: all tables. What {@code vrf X} shows goes by {@code
 *     vrf:X}: an answer of all tables has the same routes under the table's own name, and would prove {@code X} empty
 */
record IpCommand(AddressFamily family, Optional<String> table) {
    static final String MAIN = "main";
    private static final String VRF = "vrf:";
    /** The kernel shows all tables to whoever asks for number 0. */
    private static final Set<String> ALL = Set.of("all", "unspec", "0");

    private static final Set<String> PROGRAM = Set.of("ip");
    private static final Set<String> JSON = Set.of("-j", "-js", "-json", "--json");
    private static final Set<String> HARMLESS = Set.of("-4", "-6", "-d", "-details", "-s", "-statistics", "-N", "-p");
    /** They choose a network namespace. */
    private static final Set<String> WITH_VALUE = Set.of("-n", "-netns");

    private static final Set<String> ROUTE = Set.of("route", "ro", "r");
    private static final Set<String> SHOW = Set.of("show", "list", "ls", "sh");

    boolean speaksOf(RibName rib) {
        return rib.family() == family
                && table.map(rib.table()::equals).orElse(!rib.table().startsWith(VRF));
    }

    /** Examples, of IPv6; IPv4 goes by -4. */
    static List<String> forms(String table) {
        var one = table.startsWith(VRF) ? "vrf " + table.substring(VRF.length()) : "table " + table;
        return List.of("ip -j -6 route show " + one, "ip -j -6 route show table all");
    }

    /** Empty for anything else: one destination, one device, one protocol, a text. */
    static Optional<IpCommand> of(List<String> argv) {
        return Invocation.of(argv, PROGRAM).flatMap(IpCommand::among);
    }

    private static Optional<IpCommand> among(List<String> words) {
        boolean json = false;
        var family = AddressFamily.IPV4_UNICAST;
        int at = 0;
        for (; at < words.size() && !ROUTE.contains(words.get(at)); at++) {
            var word = words.get(at);
            if (WITH_VALUE.contains(word)) {
                at++;
            } else if (JSON.contains(word)) {
                json = true;
            } else if (!HARMLESS.contains(word)) {
                return Optional.empty();
            }
            family = word.equals("-6") ? AddressFamily.IPV6_UNICAST : family;
        }
        if (!json || at >= words.size()) {
            return Optional.empty();
        }
        var rest = words.subList(at + 1, words.size());
        return selection(
                family, !rest.isEmpty() && SHOW.contains(rest.getFirst()) ? rest.subList(1, rest.size()) : rest);
    }

    private static Optional<IpCommand> selection(AddressFamily family, List<String> words) {
        if (words.isEmpty()) {
            return Optional.of(new IpCommand(family, Optional.of(MAIN)));
        }
        if (words.size() != 2 || words.getLast().equals("cache")) {
            return Optional.empty();
        }
        var name = words.getLast();
        return switch (words.getFirst()) {
            case "table" ->
                Optional.of(new IpCommand(
                        family, Optional.of(TableNames.usual(name)).filter(one -> !ALL.contains(one))));
            case "vrf" -> Optional.of(new IpCommand(family, Optional.of(VRF + name)));
            default -> Optional.empty();
        };
    }
}
