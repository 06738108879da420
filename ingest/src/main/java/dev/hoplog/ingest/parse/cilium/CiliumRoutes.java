package dev.hoplog.ingest.parse.cilium;

import dev.hoplog.ingest.parse.JsonAnswer;
import dev.hoplog.ingest.parse.JsonObject;
import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.ingest.parse.cilium.CiliumListing.Key;
import dev.hoplog.model.Attribute;
import dev.hoplog.model.Excerpt;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.Observed;
import dev.hoplog.model.Path;
import dev.hoplog.model.PathFlag;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.Route;
import dev.hoplog.model.Row;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.SourceTime;
import dev.hoplog.model.Table;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Cilium's routes: {@code cilium-dbg bgp routes available|advertised ipv4|ipv6 unicast -o json}, which is {@code GET
 * /v1/bgp/routes} of the agent, Cilium 1.16 to 1.18: an array of routes.
 *
 * <p>A path is what GoBGP has, in octets: its NLRI and each of its attributes in base64, AS numbers with four octets. Path
 * identifiers are observed of a table all of whose paths have one. Whatever is zero or false is left out. Ages are
 * nanoseconds before the answer: a hint, and no more. Nothing says from which neighbour a path of the loc-rib came. Older
 * agents refuse an adj-rib without a neighbour; newer ones answer for all, and then each route names its own.
 */
public final class CiliumRoutes {
    private static final Observed WITH_PATH_IDS = Observed.allBut(
            Attribute.FROM, Attribute.PROTOCOL, Attribute.WEIGHT, Attribute.METRIC, Attribute.PREFERENCE);
    private static final Observed OBSERVED = Observed.allBut(
            Attribute.FROM,
            Attribute.PROTOCOL,
            Attribute.PATH_ID,
            Attribute.WEIGHT,
            Attribute.METRIC,
            Attribute.PREFERENCE);
    private static final Set<String> KNOWN = Set.of("prefix", "router-asn", "neighbor", "paths");
    private static final Set<String> KNOWN_OF_PATH =
            Set.of("age-nanoseconds", "best", "stale", "family", "nlri", "path-attributes");

    private final JsonAnswer answer;
    private final CiliumQuestion asked;
    private final Map<Key, Map<RowKey, Row>> rows = new LinkedHashMap<>();
    private final Map<Key, Map<RowKey, SourceTime>> sourceTimes = new HashMap<>();
    private final Set<Key> hidingPathIds = new HashSet<>();
    private int unknown;

    private CiliumRoutes(JsonAnswer answer, CiliumQuestion asked) {
        this.answer = answer;
        this.asked = asked;
    }

    public static CiliumListing parse(InputStream in, CiliumQuestion asked) throws UnusableOutput {
        return new CiliumRoutes(CiliumAnswer.array(in), asked).read();
    }

    private CiliumListing read() throws UnusableOutput {
        answer.elements(() -> {
            var json = answer.object();
            var prefix = json.text("prefix").orElseThrow(() -> json.unparsable("a route without prefix"));
            try {
                route(json, Prefix.parse(prefix));
            } catch (IllegalArgumentException e) {
                throw new UnusableOutput(FailureReason.UNPARSABLE, of(prefix) + e.getMessage(), e);
            } catch (UnusableOutput e) {
                throw new UnusableOutput(e.reason(), of(prefix) + e.getMessage(), e);
            }
        });
        answer.end();
        checkBest();
        Map<Key, Table> tables = new LinkedHashMap<>();
        rows.forEach((key, routes) -> tables.put(
                key,
                new Table(
                        hidingPathIds.contains(key) || routes.isEmpty() ? OBSERVED : WITH_PATH_IDS,
                        List.copyOf(routes.values()),
                        sourceTimes.getOrDefault(key, Map.of()))));
        return new CiliumListing(tables, unknown);
    }

    /** The agent's GoBGP marks a best path of each prefix in the router's own table, and none in a neighbour's. */
    private void checkBest() throws UnusableOutput {
        boolean hasBest = rows.values().stream()
                .flatMap(table -> table.values().stream())
                .anyMatch(row ->
                        row instanceof Route route && route.paths().stream().anyMatch(path -> path.has(PathFlag.BEST)));
        if (asked.isAdj() && hasBest) {
            throw new UnusableOutput(
                    FailureReason.INCONSISTENT,
                    "a path is marked best: the answer for a neighbour's table looks like one to 'available'"
                            + " (loc-rib)");
        }
        if (!asked.isAdj() && !hasBest && rows.values().stream().anyMatch(table -> !table.isEmpty())) {
            throw new UnusableOutput(
                    FailureReason.INCONSISTENT,
                    "no path is marked best: the answer to 'available' (loc-rib) looks like one for a neighbour's"
                            + " table (adj-rib-in, adj-rib-out)");
        }
    }

    private static String of(String prefix) {
        return "prefix '" + Excerpt.of(prefix) + "': ";
    }

    private void route(JsonObject json, Prefix prefix) throws UnusableOutput {
        unknown += json.unknownKeys(KNOWN);
        if (prefix.address().version() != asked.family().version()) {
            throw new IllegalArgumentException("not of the family " + asked.family());
        }
        var key = key(json);
        List<Path> paths = new ArrayList<>();
        List<SourceTime> times = new ArrayList<>();
        for (var path : json.objects("paths")) {
            unknown += path.unknownKeys(KNOWN_OF_PATH);
            paths.add(path(path, prefix, key));
            CiliumAnswer.ago(path.number("age-nanoseconds"), asked.from(), asked.to())
                    .ifPresent(times::add);
        }
        var table = rows.computeIfAbsent(key, k -> new LinkedHashMap<>());
        if (paths.isEmpty()) {
            return;
        }
        var route = new Route(prefix, paths, Optional.empty());
        if (table.put(route.key(), route) != null) {
            throw new IllegalArgumentException("the prefix comes twice");
        }
        times.stream()
                .max(Comparator.comparing(SourceTime::latest))
                .ifPresent(newest ->
                        sourceTimes.computeIfAbsent(key, k -> new HashMap<>()).put(route.key(), newest));
    }

    private Key key(JsonObject json) throws UnusableOutput {
        var asn = CiliumAnswer.number(json, "router-asn")
                .orElseThrow(() -> json.unparsable("a route without router-asn"));
        checkAsked("router-asn", asked.routerAsn(), asn);
        var table = new TableName(CiliumListing.tableOf(asn), asked.family());
        var named = json.text("neighbor").filter(text -> !text.isEmpty()).map(PeerId::parse);
        if (!asked.isAdj()) {
            if (named.isPresent()) {
                throw new UnusableOutput(
                        FailureReason.INCONSISTENT,
                        "the question was for the router's own routes, and the answer is for the neighbour "
                                + named.get());
            }
            return new Key(table, Optional.empty());
        }
        if (named.isPresent()) {
            checkAsked("neighbor", asked.neighbor(), named.get());
        }
        var neighbor = named.or(asked::neighbor)
                .orElseThrow(() -> json.unparsable("a route of a neighbour's table that does not say whose"));
        return new Key(table, Optional.of(neighbor));
    }

    private static <T> void checkAsked(String what, Optional<T> asked, T answered) throws UnusableOutput {
        if (asked.filter(value -> !value.equals(answered)).isPresent()) {
            throw new UnusableOutput(
                    FailureReason.INCONSISTENT,
                    "the answer is for " + what + " " + answered + ", the question was for " + asked.get());
        }
    }

    private Path path(JsonObject json, Prefix prefix, Key table) throws UnusableOutput {
        checkFamily(json);
        var read = CiliumPath.of(json, asked.family(), prefix);
        if (!read.hasId()) {
            hidingPathIds.add(table);
        }
        // An adj-rib says nothing of validity.
        return read.path()
                .flag(PathFlag.VALID, !asked.isAdj())
                .flag(PathFlag.BEST, json.flag("best"))
                .flag(PathFlag.STALE, json.flag("stale"))
                .build();
    }

    private void checkFamily(JsonObject json) throws UnusableOutput {
        var printed = json.object("family");
        if (printed.isPresent() && !CiliumAnswer.family(printed.get()).equals(Optional.of(asked.family()))) {
            throw new UnusableOutput(
                    FailureReason.INCONSISTENT,
                    "a path of another family: " + Excerpt.of(printed.get().toString()));
        }
    }
}
