package dev.hoplog.ingest.read;

import dev.hoplog.model.AddressFamily;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A vtysh command that is known to tell of a whole table.
 *
 * @param vrf {@code default} where the command names none
 */
record FrrCommand(Kind kind, String vrf, AddressFamily family) {
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
        int flag = argv.indexOf("-c");
        if (flag < 0 || flag != argv.lastIndexOf("-c") || flag + 1 >= argv.size()) {
            return Optional.empty();
        }
        var known = KNOWN.matcher(String.join(" ", argv.get(flag + 1).strip().split("\\s+")));
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
}
