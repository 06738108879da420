package dev.hoplog.ingest.read;

import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.View;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A vtysh command that is known to tell of a whole table.
 *
 * @param rib what it tells of; its table is the VRF, {@code default} where the command names none
 */
record FrrCommand(Kind kind, RibName rib) {
    static final String DEFAULT_VRF = "default";

    private static final Set<String> PROGRAM = Set.of("vtysh");
    private static final String VRF = "(?: vrf (?<vrf>\\S+))?";
    private static final String BGP = "show (?:ip )?bgp" + VRF + " (?<family>ipv4|ipv6)(?: unicast)?";
    private static final Pattern TABLE = Pattern.compile(BGP + " (?<what>json|json detail|summary json)");
    /** Without a family it is IPv4 where {@code ip} stands before {@code bgp}, and only there. */
    private static final Pattern IPV4_TABLE = Pattern.compile("show ip bgp" + VRF + " (?<what>json|json detail)");

    private static final String OF_NEIGHBOR = " neighbors (?<peer>\\S+)"
            + " (?<what>advertised-routes json|advertised-routes detail json|received-routes json|filtered-routes json)";
    private static final Pattern NEIGHBOR = Pattern.compile(BGP + OF_NEIGHBOR);
    private static final Pattern IPV4_NEIGHBOR = Pattern.compile("show ip bgp" + VRF + OF_NEIGHBOR);
    /** Which family it is depends on bgpd: it was not always IPv6. */
    private static final Pattern WITHOUT_FAMILY =
            Pattern.compile("show bgp" + VRF + "(?: json| json detail|" + OF_NEIGHBOR + ")");

    /** Of all families at once, or of all of IPv4. */
    private static final Pattern SUMMARIES = Pattern.compile("show (?<ip>ip )?bgp" + VRF + " summary json");

    /** Of all families at once. */
    private static final Pattern NEIGHBORS = Pattern.compile("show (?:ip )?bgp" + VRF + " neighbors json");

    private static final Pattern ZEBRA = Pattern.compile("show (?<family>ip|ipv6) route" + VRF + " json");

    /** What the command shows. Of two that show the same RIB the earlier one here tells more. */
    enum Kind {
        TABLE_DETAIL(View.LOC_RIB),
        TABLE(View.LOC_RIB),
        SUMMARY(View.SESSIONS),
        SUMMARIES(View.SESSIONS),
        NEIGHBORS(View.SESSIONS),
        ADVERTISED(View.ADJ_RIB_OUT_POST),
        /** It tells less than the other: see {@link dev.hoplog.ingest.parse.frr.FrrNeighborRoutes}. */
        ADVERTISED_DETAIL(View.ADJ_RIB_OUT_POST),
        RECEIVED(View.ADJ_RIB_IN_PRE),
        FILTERED(View.ADJ_RIB_IN_REJECTED),
        FIB(View.FIB);

        private final View view;

        Kind(View view) {
            this.view = view;
        }

        private static Kind of(String what) {
            return switch (what) {
                case "json" -> TABLE;
                case "json detail" -> TABLE_DETAIL;
                case "summary json" -> SUMMARY;
                case "advertised-routes json" -> ADVERTISED;
                case "advertised-routes detail json" -> ADVERTISED_DETAIL;
                case "received-routes json" -> RECEIVED;
                case "filtered-routes json" -> FILTERED;
                default -> throw new IllegalArgumentException(what);
            };
        }
    }

    /** Examples, of IPv6; IPv4 has them too. */
    static List<String> forms(String table) {
        var vrf = table.equals(DEFAULT_VRF) ? "" : " vrf " + table;
        var unicast = "show bgp" + vrf + " ipv6 unicast ";
        return Stream.of(
                        unicast + "json",
                        unicast + "json detail",
                        unicast + "summary json",
                        "show bgp" + vrf + " summary json",
                        "show bgp" + vrf + " neighbors json",
                        unicast + "neighbors ADDRESS advertised-routes json",
                        unicast + "neighbors ADDRESS received-routes json",
                        unicast + "neighbors ADDRESS filtered-routes json",
                        "show ipv6 route" + vrf + " json")
                .map(line -> "vtysh -c '" + line + "'")
                .toList();
    }

    /** One for each family that the command tells of; empty for anything else that vtysh can be asked. */
    static List<FrrCommand> of(List<String> argv) {
        return Invocation.of(argv, PROGRAM)
                .flatMap(FrrCommand::line)
                .map(FrrCommand::among)
                .orElse(List.of());
    }

    /** Whether it only lacks a family to be known. */
    static boolean lacksFamily(List<String> argv) {
        return Invocation.of(argv, PROGRAM)
                .flatMap(FrrCommand::line)
                .filter(line -> WITHOUT_FAMILY.matcher(line).matches())
                .isPresent();
    }

    TableName table() {
        return new TableName(rib.table(), rib.family());
    }

    /** What is asked within vtysh; empty unless it is one command. */
    private static Optional<String> line(List<String> words) {
        int flag = words.indexOf("-c");
        // Several commands print one behind the other: none of them is a whole answer.
        return flag < 0 || flag != words.lastIndexOf("-c") || flag + 1 >= words.size()
                ? Optional.empty()
                : Optional.of(String.join(" ", unquoted(words.get(flag + 1)).split("\\s+")));
    }

    private static List<FrrCommand> among(String line) {
        var summaries = SUMMARIES.matcher(line);
        if (summaries.matches()) {
            return Stream.of("ipv4", "ipv6")
                    .filter(family -> summaries.group("ip") == null || family.equals("ipv4"))
                    .map(family -> of(Kind.SUMMARIES, summaries.group("vrf"), family, Optional.empty()))
                    .toList();
        }
        var neighbors = NEIGHBORS.matcher(line);
        return neighbors.matches()
                ? Stream.of("ipv4", "ipv6")
                        .map(family -> of(Kind.NEIGHBORS, neighbors.group("vrf"), family, Optional.empty()))
                        .toList()
                : ofOneFamily(line).stream().toList();
    }

    private static Optional<FrrCommand> ofOneFamily(String line) {
        var table = TABLE.matcher(line);
        if (table.matches()) {
            return Optional.of(
                    of(Kind.of(table.group("what")), table.group("vrf"), table.group("family"), Optional.empty()));
        }
        var ipv4 = IPV4_TABLE.matcher(line);
        if (ipv4.matches()) {
            return Optional.of(of(Kind.of(ipv4.group("what")), ipv4.group("vrf"), "ipv4", Optional.empty()));
        }
        var neighbor = NEIGHBOR.matcher(line);
        if (neighbor.matches()) {
            return ofNeighbor(neighbor, neighbor.group("family"));
        }
        var ofIpv4 = IPV4_NEIGHBOR.matcher(line);
        if (ofIpv4.matches()) {
            return ofNeighbor(ofIpv4, "ipv4");
        }
        var zebra = ZEBRA.matcher(line);
        return zebra.matches()
                ? Optional.of(of(Kind.FIB, zebra.group("vrf"), zebra.group("family"), Optional.empty()))
                : Optional.empty();
    }

    private static Optional<FrrCommand> ofNeighbor(Matcher line, String family) {
        return peer(line.group("peer"))
                .map(peer -> of(Kind.of(line.group("what")), line.group("vrf"), family, Optional.of(peer)));
    }

    private static FrrCommand of(Kind kind, @Nullable String vrf, String family, Optional<PeerId> peer) {
        var afi = family.equals("ipv6") ? AddressFamily.IPV6_UNICAST : AddressFamily.IPV4_UNICAST;
        var rib = new RibName(vrf == null ? DEFAULT_VRF : vrf, afi, kind.view, peer);
        return new FrrCommand(kind, rib);
    }

    /** Empty for what is no address and cannot be the name of an interface. */
    private static Optional<PeerId> peer(String name) {
        try {
            return Optional.of(PeerId.parse(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Behind ssh a command stands in one more pair of quotes, for the far shell. */
    private static String unquoted(String command) {
        return command.replaceFirst("^(['\"])(.*)\\1$", "$2").strip();
    }
}
