package dev.hoplog.ingest.parse.talos;

import dev.hoplog.ingest.parse.JsonObject;
import dev.hoplog.ingest.parse.ParsedOutput;
import dev.hoplog.ingest.parse.ParsedOutput.Facts;
import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.ingest.parse.linux.RouteType;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.Attribute;
import dev.hoplog.model.Destination;
import dev.hoplog.model.Excerpt;
import dev.hoplog.model.FailureReason;
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
 * The kernel's tables as Talos sees them: {@code talosctl get routes -o json|yaml}: one document for each route, all tables
 * and both families together, sorted by id, without anything around them.
 *
 * <p>Up to Talos 1.13 a route of several next hops shows none of them: then the next hops of its table are not observed.
 * From 1.14 they are in {@code nextHops}. A default route has an empty destination. Times and versions of the documents are
 * those of Talos' own bookkeeping, which also moves without the kernel. What the kernel knows of sources, dead links and
 * failures is not shown.
 */
public final class TalosRoutes {
    private static final String TYPE = "RouteStatuses.net.talos.dev";

    private static final Observed OBSERVED =
            Observed.of(Attribute.PROTOCOL, Attribute.NEXT_HOPS, Attribute.METRIC, Attribute.OTHER);
    private static final Observed WITHOUT_NEXT_HOPS =
            Observed.of(Attribute.PROTOCOL, Attribute.METRIC, Attribute.OTHER);

    /** All versions print them; in YAML, where nothing closes a document, what is missing among them was cut off. */
    private static final List<String> ALWAYS =
            List.of("family", "dst", "src", "gateway", "table", "priority", "scope", "type", "flags", "protocol");

    /** They may be empty, and a document in JSON that is closed may lack them. */
    private static final Set<String> MAY_BE_LEFT_OUT = Set.of("src", "gateway", "flags");

    private static final Set<String> KNOWN = Set.of("node", "metadata", "spec");
    private static final Set<String> KNOWN_OF_SPEC = Set.of(
            "family",
            "dst",
            "src",
            "gateway",
            "outLinkIndex",
            "outLinkName",
            "table",
            "priority",
            "scope",
            "type",
            "flags",
            "protocol",
            "mtu",
            "nextHops");

    private final TalosForm form;
    private final Map<TableName, Map<Prefix, List<Path>>> tables = new LinkedHashMap<>();
    private final Set<TableName> hidingNextHops = new HashSet<>();
    private final Set<String> ids = new HashSet<>();
    private final List<String> listed = new ArrayList<>();
    private Optional<String> node = Optional.empty();
    private int unknown;

    private TalosRoutes(TalosForm form) {
        this.form = form;
    }

    public static TalosListing parse(InputStream in, TalosForm form) throws UnusableOutput {
        var routes = new TalosRoutes(form);
        form.read(in, routes::document);
        return routes.listing();
    }

    private TalosListing listing() {
        Map<TableName, Table> result = new HashMap<>();
        tables.forEach((name, routes) -> {
            List<Row> rows = new ArrayList<>();
            routes.forEach((prefix, paths) -> rows.add(new Route(prefix, paths, Optional.empty())));
            result.put(name, new Table(hidingNextHops.contains(name) ? WITHOUT_NEXT_HOPS : OBSERVED, rows, Map.of()));
        });
        return new TalosListing(new ParsedOutput(result, Facts.none(), unknown), listed);
    }

    private void document(JsonObject json) throws UnusableOutput {
        var metadata = required(json, "metadata");
        var spec = required(json, "spec");
        var id = metadata.text("id").orElseThrow(() -> metadata.unparsable("a document without id"));
        try {
            if (metadata.text("type").filter(type -> !type.equals(TYPE)).isPresent() || json.has("event")) {
                throw metadata.unparsable("no listing of routes");
            }
            checkNode(json);
            if (!ids.add(id)) {
                throw metadata.unparsable("it comes twice");
            }
            checkWhole(spec);
            unknown += json.unknownKeys(KNOWN) + spec.unknownKeys(KNOWN_OF_SPEC);
            listed.add(id);
            route(spec);
        } catch (IllegalArgumentException e) {
            throw new UnusableOutput(FailureReason.UNPARSABLE, of(id) + e.getMessage(), e);
        } catch (UnusableOutput e) {
            throw new UnusableOutput(e.reason(), of(id) + e.getMessage(), e);
        }
    }

    private void checkWhole(JsonObject spec) throws UnusableOutput {
        // A key that nobody knows may be one of these under another name.
        boolean mayLeaveOut = form == TalosForm.JSON && spec.unknownKeys(KNOWN_OF_SPEC) == 0;
        for (var key : ALWAYS) {
            if (!spec.has(key) && !(mayLeaveOut && MAY_BE_LEFT_OUT.contains(key))) {
                throw new UnusableOutput(
                        form == TalosForm.YAML ? FailureReason.TRUNCATED : FailureReason.UNPARSABLE,
                        "no '" + key + "'");
            }
        }
    }

    private static String of(String id) {
        return "route '" + Excerpt.of(id) + "': ";
    }

    private static JsonObject required(JsonObject json, String key) throws UnusableOutput {
        return json.object(key).orElseThrow(() -> json.unparsable("a document without " + key));
    }

    /** talosctl asks several nodes at once where it is told to, and prints all their routes. A hop is on one node. */
    private void checkNode(JsonObject json) throws UnusableOutput {
        var name = json.text("node").orElseThrow(() -> json.unparsable("a document without node"));
        if (node.filter(n -> !n.equals(name)).isPresent()) {
            throw new UnusableOutput(
                    FailureReason.INCONSISTENT,
                    "the listing is of several nodes: " + Excerpt.of(node.get()) + " and " + Excerpt.of(name));
        }
        node = Optional.of(name);
    }

    private void route(JsonObject spec) throws UnusableOutput {
        var legs = spec.objects("nextHops");
        for (var leg : legs) {
            // In YAML a cut could take some of them: see YamlAnswer.
            for (var key : leg.keys()) {
                listed.add(key + " " + leg.scalar(key).orElse(""));
            }
        }
        var table = TableName.printed(spec.scalar("table").orElse(""), family(spec));
        var routes = tables.computeIfAbsent(table, t -> new LinkedHashMap<>());
        var type = spec.text("type").orElse("");
        if (RouteType.isOfTheHost(type)) {
            return;
        }
        var destination = RouteType.destination(type);
        if (destination.isEmpty()) {
            unknown++;
            return;
        }
        var path = path(spec, legs, destination.get());
        if (path.destination() == Destination.UNICAST && path.nextHops().isEmpty()) {
            hidingNextHops.add(table);
        }
        routes.computeIfAbsent(prefix(spec, table.family().version()), p -> new ArrayList<>())
                .add(path);
    }

    private static AddressFamily family(JsonObject spec) throws UnusableOutput {
        return switch (spec.text("family").orElse("")) {
            case "inet4" -> AddressFamily.IPV4_UNICAST;
            case "inet6" -> AddressFamily.IPV6_UNICAST;
            default ->
                throw spec.unparsable(
                        "no address family: " + Excerpt.of(spec.text("family").orElse("")));
        };
    }

    private static Prefix prefix(JsonObject spec, IpVersion version) throws UnusableOutput {
        var text = spec.text("dst").orElse("");
        if (text.isEmpty() || text.equals("/0")) {
            return Prefix.parse(version == IpVersion.V4 ? "0.0.0.0/0" : "::/0");
        }
        var prefix = text.indexOf('/') < 0 ? Prefix.host(IpAddress.parse(text)) : Prefix.parse(text);
        if (prefix.address().version() != version) {
            throw new IllegalArgumentException("not of its family");
        }
        return prefix;
    }

    private static Path path(JsonObject spec, List<JsonObject> legs, Destination destination) throws UnusableOutput {
        var path = new PathBuilder()
                .destination(destination)
                .protocol(spec.scalar("protocol").orElse(""))
                .flag(PathFlag.INSTALLED);
        spec.number("priority").ifPresent(path::metric);
        spec.text("src").filter(text -> !text.isEmpty()).ifPresent(text -> path.other("prefsrc", text));
        for (var leg : legs.isEmpty() ? List.of(spec) : legs) {
            nextHop(leg).ifPresent(path::nextHop);
        }
        return path.build();
    }

    private static Optional<NextHop> nextHop(JsonObject json) throws UnusableOutput {
        var gateway = json.text("gateway").filter(text -> !text.isEmpty());
        var link = json.text("outLinkName").filter(text -> !text.isEmpty());
        if (gateway.isEmpty() && link.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new NextHop(gateway.map(IpAddress::parse), link, json.number("weight")));
    }
}
