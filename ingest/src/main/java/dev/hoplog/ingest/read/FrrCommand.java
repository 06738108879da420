package dev.hoplog.ingest.read;

import dev.hoplog.model.AddressFamily;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A vtysh command that is known to tell of a whole table.
 *
 * @param vrf {@code default} where the command names none
 */
record FrrCommand(Kind kind, String vrf, AddressFamily family) {
    private static final Set<String> PROGRAM = Set.of("vtysh");
    private static final Pattern KNOWN = Pattern.compile(
            "show (?:ip )?bgp(?: vrf (?<vrf>\\S+))? (?<family>ipv4|ipv6)(?: unicast)? (?<what>json|json detail|summary json)");

    /** What the command shows. */
    enum Kind {
        TABLE,
        TABLE_DETAIL,
        SUMMARY
    }

    /** Empty for anything else that vtysh can be asked. */
    static Optional<FrrCommand> of(List<String> argv) {
        return Invocation.of(argv, PROGRAM).flatMap(FrrCommand::among);
    }

    private static Optional<FrrCommand> among(List<String> words) {
        int flag = words.indexOf("-c");
        // Several commands print one behind the other: none of them is a whole answer.
        if (flag < 0 || flag != words.lastIndexOf("-c") || flag + 1 >= words.size()) {
            return Optional.empty();
        }
        var known = KNOWN.matcher(String.join(" ", unquoted(words.get(flag + 1)).split("\\s+")));
        if (!known.matches()) {
            return Optional.empty();
        }
        var vrf = Optional.ofNullable(known.group("vrf")).orElse("default");
        var family = "ipv4".equals(known.group("family")) ? AddressFamily.IPV4_UNICAST : AddressFamily.IPV6_UNICAST;
        var kind = switch (String.valueOf(known.group("what"))) {
            case "json" -> Kind.TABLE;
            case "json detail" -> Kind.TABLE_DETAIL;
            default -> Kind.SUMMARY;
        };
        return Optional.of(new FrrCommand(kind, vrf, family));
    }

    /** Behind ssh a command stands in one more pair of quotes, for the far shell. */
    private static String unquoted(String command) {
        return command.replaceFirst("^(['\"])(.*)\\1$", "$2").strip();
    }
}
