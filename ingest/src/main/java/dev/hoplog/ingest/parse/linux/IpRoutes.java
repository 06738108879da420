package dev.hoplog.ingest.parse.linux;

import dev.hoplog.ingest.parse.JsonAnswer;
import dev.hoplog.ingest.parse.JsonObject;
import dev.hoplog.ingest.parse.ParsedOutput;
import dev.hoplog.ingest.parse.ParsedOutput.Facts;
import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.Attribute;
import dev.hoplog.model.Destination;
import dev.hoplog.model.Excerpt;
import dev.hoplog.model.IpAddress;
import dev.hoplog.model.IpVersion;
import dev.hoplog.model.NextHop;
import dev.hoplog.model.Observed;
import dev.hoplog.model.Path;
import dev.hoplog.model.PathBuilder;
import dev.hoplog.model.PathFlag;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.Route;
import dev.hoplog.model.Row;
import dev.hoplog.model.Table;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The kernel's tables: {@code ip -j [-d] -4|-6 route show [table all|table N|vrf X]}, iproute2: an array of entries.
 *
 * <p>The table is printed with {@code table all} only, and without {@code -d} not for main; with {@code -N} by its number, as
 * is the type: see {@link TableNames}. Several entries of one prefix,
 * on other devices or with other metrics, are paths of one route. Routes to the host itself, anycast, multicast and
 * broadcast are not routing. The kernel keeps no times.
 *
 * <p>Of a table that does not exist the kernel complains on standard error ({@code FIB table does not exist}), and iproute2,
 * which opened the array before it asked, leaves it at a lone {@code [} and exits with 2. That is told by whoever ran the
 * command; here a lone {@code [} is an output that broke off. It is no empty table either way: a table that ever had a
 * route stays, and is {@code []} once that is gone (measured on Linux 6.18 with iproute2 6.1, both families). So one that
 * does not exist was not emptied: the host started anew, or the name is wrong, and like a VRF that is not there it is not
 * observed.
 *
 * <p>{@code linkdown} alone is no death: unless {@code ignore_routes_with_linkdown} is set the kernel goes on to use such a
 * route, and where it is set the kernel says {@code dead} itself. A route {@code from} some sources or for one {@code tos}
 * answers only for their packets: it is there, but not claimed to be installed for its prefix. Where
 * {@code nexthop_compat_mode} is off a route of a next hop object shows its {@code nhid} alone: then the next hops of its
 * table are not observed.
 */
public final class IpRoutes {
    private static final Observed OBSERVED =
            Observed.of(Attribute.PROTOCOL, Attribute.NEXT_HOPS, Attribute.METRIC, Attribute.OTHER);
    private static final Observed WITHOUT_NEXT_HOPS =
            Observed.of(Attribute.PROTOCOL, Attribute.METRIC, Attribute.OTHER);
    private static final Set<String> KNOWN = Set.of(
            "type",
            "dst",
            "from",
            "src",
            "tos",
            "gateway",
            "via",
            "dev",
            "table",
            "protocol",
            "scope",
            "prefsrc",
            "metric",
            "flags",
            "pref",
            "nexthops",
            "nhid",
            "metrics",
            "expires",
            "error",
            "cache",
            "used",
            "uid",
            "age",
            "users");
    /** What selects packets by more than their destination; {@code src} is iproute2's for sources without an address. */
    private static final List<String> SELECTORS = List.of("from", "src", "tos");

    private static final String DEAD = "dead";
    private static final String LINK_DOWN = "linkdown";

    private final JsonAnswer answer;
    private final AddressFamily family;
    private final String asked;
    private final Map<String, Map<Prefix, List<Path>>> tables = new HashMap<>();
    private final Set<String> hidingNextHops = new HashSet<>();
    private int unknown;

    private IpRoutes(JsonAnswer answer, AddressFamily family, String asked) {
        this.answer = answer;
        this.family = family;
        this.asked = asked;
    }

    /**
     * Reads the whole answer.
     *
     * @param asked the table that an entry is in if it does not say so: the command's, or {@code main} without one and for
     *     {@code table all}. It comes out even if it is empty
     */
    public static ParsedOutput parse(InputStream in, TableName asked) throws UnusableOutput {
        return new IpRoutes(JsonAnswer.open(in), asked.family(), asked.name()).read();
    }

    private ParsedOutput read() throws UnusableOutput {
        tables.put(asked, new LinkedHashMap<>());
        answer.elements(() -> {
            var json = answer.object();
            try {
                entry(json);
            } catch (IllegalArgumentException e) {
                throw json.unparsable("entry '" + Excerpt.of(json.scalar("dst").orElse("")) + "': " + e.getMessage());
            }
        });
        answer.end();
        Map<TableName, Table> result = new HashMap<>();
        tables.forEach((name, routes) -> {
            List<Row> rows = new ArrayList<>();
            routes.forEach((prefix, paths) -> rows.add(new Route(prefix, paths, Optional.empty())));
            var observed = hidingNextHops.contains(name) ? WITHOUT_NEXT_HOPS : OBSERVED;
            result.put(new TableName(name, family), new Table(observed, rows, Map.of()));
        });
        return new ParsedOutput(result, Facts.none(), unknown);
    }

    private void entry(JsonObject json) throws UnusableOutput {
        unknown += json.unknownKeys(KNOWN);
        // Without -d it is only printed where it is another.
        var type = RouteType.named(json.text("type").orElse("unicast"));
        if (RouteType.isOfTheHost(type)) {
            return;
        }
        var destination = RouteType.destination(type);
        if (destination.isEmpty()) {
            unknown++;
            return;
        }
        var prefix = prefix(json.text("dst").orElseThrow(() -> json.unparsable("an entry without dst")));
        var table =
                TableName.printed(json.scalar("table").map(TableNames::usual).orElse(asked), family);
        var path = path(json, destination.get());
        if (path.nextHops().isEmpty() && json.has("nhid")) {
            hidingNextHops.add(table.name());
        }
        tables.computeIfAbsent(table.name(), t -> new LinkedHashMap<>())
                .computeIfAbsent(prefix, p -> new ArrayList<>())
                .add(path);
    }

    private Prefix prefix(String text) {
        if (text.equals("default")) {
            return Prefix.parse(family.version() == IpVersion.V4 ? "0.0.0.0/0" : "::/0");
        }
        var prefix = text.indexOf('/') < 0 ? Prefix.host(IpAddress.parse(text)) : Prefix.parse(text);
        if (prefix.address().version() != family.version()) {
            throw new IllegalArgumentException("not of the family " + family);
        }
        return prefix;
    }

    private static Path path(JsonObject json, Destination destination) throws UnusableOutput {
        var path = new PathBuilder()
                .destination(destination)
                // Without -d that of a route added by hand is left out.
                .protocol(json.scalar("protocol").map(ProtocolNames::usual).orElse("boot"));
        json.number("metric").ifPresent(path::metric);
        boolean selects = false;
        for (var key : SELECTORS) {
            var value = json.scalar(key);
            value.ifPresent(v -> path.other(key, v));
            selects |= value.isPresent();
        }
        json.scalar("prefsrc").ifPresent(value -> path.other("prefsrc", value));
        var legs = json.objects("nexthops");
        for (var leg : legs.isEmpty() ? List.of(json) : legs) {
            nextHop(leg).ifPresent(path::nextHop);
        }
        if (isEverywhere(LINK_DOWN, json, legs)) {
            path.other("flags", LINK_DOWN);
        }
        boolean dead = isEverywhere(DEAD, json, legs);
        return path.flag(PathFlag.DEAD, dead)
                .flag(PathFlag.INSTALLED, !dead && !selects)
                .build();
    }

    /** A route of several next hops is as good as the best of them. */
    private static boolean isEverywhere(String flag, JsonObject json, List<JsonObject> legs) throws UnusableOutput {
        boolean everywhere = !legs.isEmpty();
        for (var leg : legs) {
            everywhere &= leg.texts("flags").contains(flag);
        }
        return everywhere || json.texts("flags").contains(flag);
    }

    private static Optional<NextHop> nextHop(JsonObject json) throws UnusableOutput {
        // An IPv4 route through an IPv6 gateway.
        var via = json.object("via");
        var gateway = via.isPresent() ? via.get().text("host") : json.text("gateway");
        var device = json.text("dev");
        if (gateway.isEmpty() && device.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new NextHop(gateway.map(IpAddress::parse), device, json.number("weight")));
    }
}
