package dev.hoplog.ingest.read;

import dev.hoplog.ingest.parse.linux.TableNames;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.View;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code ip -j [-4|-6] route [show] [table X|vrf X]}: a command that shows a whole table, or all of them.
 *
 * @param family IPv4 where the command names none, as iproute2 has it; but of all tables it then shows both, and this is empty
 * @param table {@code main} where the command names none; empty: all tables. What {@code vrf X} shows goes by {@code
 *     vrf:X}: an answer of all tables has the same routes under the table's own name, and would prove {@code X} empty
 * @param namespace of the network, where the command chose one, else empty. It is no part of the RIB: a hop may stand for one
 */
record IpCommand(Optional<AddressFamily> family, Optional<String> table, String namespace) {
    static final String MAIN = "main";
    private static final String VRF = "vrf:";
    /** The kernel shows all tables to whoever asks for number 0. */
    private static final Set<String> ALL = Set.of("all", "unspec", "0");

    private static final Set<String> PROGRAM = Set.of("ip");
    private static final Set<String> JSON = Set.of("-j", "-js", "-json", "--json");
    private static final Set<String> HARMLESS = Set.of("-4", "-6", "-d", "-details", "-s", "-statistics", "-N", "-p");
    private static final Set<String> NAMESPACE = Set.of("-n", "-netns");
    /** What runs the program in a network namespace; {@code nsenter} may have a file or a process. */
    private static final Pattern RUN_IN_NAMESPACE =
            Pattern.compile("(?:^|.*[\\s/'\"])(?:ip netns exec|nsenter)\\s+(.*?)\\s+(?:\\S*/)?ip\\s.*", Pattern.DOTALL);

    private static final Pattern NAMESPACE_FILE = Pattern.compile(".*--net=\\S*?([^/\\s]+)(?:\\s.*)?");

    private static final Set<String> ROUTE = Set.of("route", "ro", "r");
    private static final Set<String> SHOW = Set.of("show", "list", "ls", "sh");

    boolean speaksOf(RibName rib) {
        return families().anyMatch(rib.family()::equals)
                && table.map(rib.table()::equals).orElse(!rib.table().startsWith(VRF));
    }

    /** What it shows for certain, whether it was ever shown or not: the table that it names, or the main one. */
    Stream<RibName> named() {
        return families().map(of -> new RibName(table.orElse(MAIN), of, View.FIB, Optional.empty()));
    }

    private Stream<AddressFamily> families() {
        return family.map(Stream::of).orElseGet(() -> Stream.of(AddressFamily.values()));
    }

    /** Examples, of IPv6; IPv4 goes by -4. */
    static List<String> forms(String table) {
        var one = table.startsWith(VRF) ? "vrf " + table.substring(VRF.length()) : "table " + table;
        return List.of("ip -j -6 route show " + one, "ip -j -6 route show table all");
    }

    /** Empty for anything else: one destination, one device, one protocol, a text. */
    static Optional<IpCommand> of(List<String> argv) {
        return Invocation.of(argv, PROGRAM).flatMap(words -> among(words, around(argv)));
    }

    /** The namespace that the program was run in, by a program around it. */
    private static String around(List<String> argv) {
        var run = RUN_IN_NAMESPACE.matcher(String.join(" ", argv));
        if (!run.matches()) {
            return "";
        }
        var file = NAMESPACE_FILE.matcher(run.group(1));
        return file.matches() ? file.group(1) : run.group(1);
    }

    private static Optional<IpCommand> among(List<String> words, String around) {
        boolean json = false;
        var namespace = around;
        Optional<AddressFamily> family = Optional.empty();
        int at = 0;
        for (; at < words.size() && !ROUTE.contains(words.get(at)); at++) {
            var word = words.get(at);
            if (NAMESPACE.contains(word) && at + 1 < words.size()) {
                namespace = words.get(++at);
            } else if (JSON.contains(word)) {
                json = true;
            } else if (!HARMLESS.contains(word)) {
                return Optional.empty();
            }
            family = switch (word) {
                case "-4" -> Optional.of(AddressFamily.IPV4_UNICAST);
                case "-6" -> Optional.of(AddressFamily.IPV6_UNICAST);
                default -> family;
            };
        }
        if (!json || at >= words.size()) {
            return Optional.empty();
        }
        var rest = words.subList(at + 1, words.size());
        var selection = !rest.isEmpty() && SHOW.contains(rest.getFirst()) ? rest.subList(1, rest.size()) : rest;
        var table = table(selection);
        return table.isEmpty() ? Optional.empty() : Optional.of(command(family, table.get(), namespace));
    }

    private static IpCommand command(Optional<AddressFamily> family, String table, String namespace) {
        return ALL.contains(table)
                ? new IpCommand(family, Optional.empty(), namespace)
                : new IpCommand(
                        family.or(() -> Optional.of(AddressFamily.IPV4_UNICAST)), Optional.of(table), namespace);
    }

    private static Optional<String> table(List<String> words) {
        if (words.isEmpty()) {
            return Optional.of(MAIN);
        }
        if (words.size() != 2 || words.getLast().equals("cache")) {
            return Optional.empty();
        }
        return switch (words.getFirst()) {
            case "table" -> Optional.of(TableNames.usual(words.getLast()));
            case "vrf" -> Optional.of(VRF + words.getLast());
            default -> Optional.empty();
        };
    }
}
