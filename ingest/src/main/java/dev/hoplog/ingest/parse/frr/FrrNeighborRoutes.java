package dev.hoplog.ingest.parse.frr;

import dev.hoplog.ingest.parse.AsPathText;
import dev.hoplog.ingest.parse.JsonAnswer;
import dev.hoplog.ingest.parse.JsonObject;
import dev.hoplog.ingest.parse.ParsedOutput;
import dev.hoplog.ingest.parse.ParsedOutput.Facts;
import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.ingest.parse.Refusal;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.Attribute;
import dev.hoplog.model.Excerpt;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.IpAddress;
import dev.hoplog.model.NextHop;
import dev.hoplog.model.Observed;
import dev.hoplog.model.Origin;
import dev.hoplog.model.Path;
import dev.hoplog.model.PathBuilder;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.Route;
import dev.hoplog.model.Row;
import dev.hoplog.model.Table;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one neighbour is sent, sent us, and was refused: {@code show bgp [vrf X] ipv4|ipv6 unicast neighbors N
 * advertised-routes [detail]|received-routes|filtered-routes json}, FRR 8.4 to 10.x.
 *
 * <ul>
 *   <li>{@code "*"}, {@code ">"}, {@code valid} and {@code best} are constants here, printed for a refused route as well:
 *       no flag is taken from them.
 *   <li>Received and filtered routes are held against the route-map of the moment: for five seconds after an edit (the
 *       delay timer) a route may stand both in the table and among the filtered, and what the route-map sets (a next hop)
 *       already shows. The attributes are what is printed, so those that the policy of the moment would leave.
 *   <li>The next hop of an advertised route is the one before it is rewritten on the way out: {@code ::} for a route learnt
 *       over iBGP.
 *   <li>One entry stands for all paths of its prefix (ADD-PATH), the last one printed; the counter counts them all.
 *   <li>The detail form (8.5 on) lists every path that the table has, the ones not sent among them, up to 10.2 with the
 *       attributes from before the export policy, later all with those of the last one sent. It proves that the prefix is
 *       advertised and nothing of how: no attribute of it is observed.
 *   <li>A default route that is originated for the neighbour stands in the header only. Where it does, no attribute is
 *       observed of the whole table: what a table observes, it observes of every row.
 * </ul>
 */
public final class FrrNeighborRoutes {
    /** Under which key the routes stand; filtered ones stand under that of the received ones. */
    public enum Direction {
        ADVERTISED("advertisedRoutes"),
        RECEIVED("receivedRoutes");

        private final String key;

        Direction(String key) {
            this.key = key;
        }
    }

    /**
     * What an answer counts beside its routes.
     *
     * @param paths of all prefixes; what was printed, where the answer does not count
     * @param filtered prefixes that the policy refuses; counted among the received ones only, and 0 among the filtered
     *     ones themselves. Empty where the answer does not count
     */
    public record Counters(long paths, Optional<Long> filtered) {}

    /** The routes, and what was counted beside them. */
    public record Listing(ParsedOutput output, Counters counters) {}

    private static final Set<String> HEADER = Set.of("bgpStatusCodes", "bgpOriginCodes", "defaultLocPrf", "vrfId");
    private static final Set<String> KNOWN = Set.of(
            "addrPrefix",
            "prefixLen",
            "network",
            "nextHop",
            "nextHopGlobal",
            "metric",
            "locPrf",
            "weight",
            "path",
            "bgpOriginCode",
            "origin",
            "appliedStatusSymbols",
            "valid",
            "best");
    private static final Map<String, Origin> ORIGIN_CODES =
            Map.of("i", Origin.IGP, "e", Origin.EGP, "?", Origin.INCOMPLETE);

    private final JsonAnswer answer;
    private final TableName asked;
    private final Direction direction;
    private final Map<Prefix, Path> routes = new LinkedHashMap<>();

    private Observed observed = Observed.of(
            Attribute.NEXT_HOPS,
            Attribute.ORIGIN,
            Attribute.AS_PATH,
            Attribute.MED,
            Attribute.LOCAL_PREF,
            Attribute.WEIGHT);
    private Optional<Long> tableVersion = Optional.empty();
    private Optional<String> routerId = Optional.empty();
    private Optional<Long> localAsn = Optional.empty();
    private Optional<Long> total = Optional.empty();
    private Optional<Long> totalPaths = Optional.empty();
    private Optional<Long> filtered = Optional.empty();
    private Optional<Prefix> originatedDefault = Optional.empty();
    private boolean complete;
    private int unknown;

    private FrrNeighborRoutes(JsonAnswer answer, TableName asked, Direction direction) {
        this.answer = answer;
        this.asked = asked;
        this.direction = direction;
    }

    /**
     * Reads the whole answer.
     *
     * @param asked the VRF and family of the command, which the answer does not name
     */
    public static ParsedOutput parse(InputStream in, TableName asked, Direction direction) throws UnusableOutput {
        return list(in, asked, direction).output();
    }

    /** Reads the whole answer, with what it counts. */
    public static Listing list(InputStream in, TableName asked, Direction direction) throws UnusableOutput {
        return new FrrNeighborRoutes(JsonAnswer.open(in), asked, direction).read();
    }

    private Listing read() throws UnusableOutput {
        answer.members(this::member);
        answer.end();
        if (!complete) {
            throw answer.unparsable("an answer without " + direction.key);
        }
        checkTotal();
        originatedDefault.ifPresent(prefix -> {
            if (routes.putIfAbsent(prefix, new PathBuilder().build()) == null) {
                observed = Observed.of();
            }
        });
        List<Row> rows = routes.entrySet().stream()
                .<Row>map(route ->
                        new Route(route.getKey(), List.of(route.getValue().keeping(observed)), Optional.empty()))
                .toList();
        var output = new ParsedOutput(
                Map.of(asked, new Table(observed, rows, Map.of())),
                new Facts(tableVersion, routerId, localAsn, Optional.empty()),
                unknown);
        // From 10.7 on there is a counter of paths beside that of prefixes; before, the one counts paths.
        var paths = totalPaths.or(() -> total).orElse((long) rows.size());
        return new Listing(output, new Counters(paths, filtered));
    }

    private void member(String key) throws UnusableOutput {
        if (key.equals(direction.key)) {
            answer.members(this::route);
            complete = true;
            return;
        }
        switch (key) {
            case "warning" -> throw Refusal.of(answer.text());
            case "advertisedRoutes", "receivedRoutes" ->
                throw answer.unparsable(key + ", where " + direction.key + " were expected");
            case "bgpTableVersion" -> tableVersion = Optional.of(answer.number());
            case "bgpLocalRouterId" -> routerId = Optional.of(answer.text());
            case "localAS" -> localAsn = Optional.of(answer.asn());
            case "totalPrefixCounter" -> total = Optional.of(answer.number());
            case "totalPathsCount" -> totalPaths = Optional.of(answer.number());
            case "filteredPrefixCounter" -> filtered = Optional.of(answer.number());
            case "bgpOriginatingDefaultNetwork" -> originatedDefault = Optional.of(prefix(answer.text()));
            default -> {
                FrrVrf.checkNoPrefix(key, answer);
                unknown += HEADER.contains(key) ? 0 : 1;
            }
        }
    }

    /** The counter counts paths, of which there is at least one for each prefix. */
    private void checkTotal() throws UnusableOutput {
        if (total.isPresent() && (total.get() < routes.size() || (total.get() > 0 && routes.isEmpty()))) {
            throw new UnusableOutput(
                    FailureReason.INCONSISTENT,
                    "totalPrefixCounter is " + total.get() + ", but " + routes.size() + " prefixes were printed");
        }
    }

    private void route(String key) throws UnusableOutput {
        var prefix = prefix(key);
        var json = answer.object();
        try {
            var network = json.text("network").map(Prefix::parse);
            if (network.isPresent() && !network.get().equals(prefix)) {
                throw json.unparsable("it says that it is " + network.get());
            }
            if (routes.put(prefix, path(json)) != null) {
                throw json.unparsable("the prefix comes twice");
            }
        } catch (IllegalArgumentException e) {
            throw new UnusableOutput(
                    FailureReason.UNPARSABLE, "prefix '" + Excerpt.of(key) + "': " + e.getMessage(), e);
        } catch (UnusableOutput e) {
            throw new UnusableOutput(e.reason(), "prefix '" + Excerpt.of(key) + "': " + e.getMessage(), e);
        }
    }

    private Prefix prefix(String text) throws UnusableOutput {
        try {
            var prefix = Prefix.parse(text);
            if (prefix.address().version() == asked.family().version()) {
                return prefix;
            }
        } catch (IllegalArgumentException e) {
            throw answer.unparsable("prefix '" + Excerpt.of(text) + "': " + e.getMessage());
        }
        throw answer.unparsable("prefix '" + Excerpt.of(text) + "': not of the family " + asked.family());
    }

    private Path path(JsonObject json) throws UnusableOutput {
        if (json.has("paths")) {
            unknown += json.unknownKeys(FrrVrf.PREFIX_HEADER);
            observed = Observed.of();
            return new PathBuilder().build();
        }
        unknown += json.unknownKeys(KNOWN);
        for (var key : json.keys()) {
            FrrVrf.checkNoPrefix(key, answer);
        }
        var path = new PathBuilder();
        FrrPath.common(json, path);
        var code = json.text("bgpOriginCode");
        if (code.isPresent()) {
            path.origin(Optional.ofNullable(ORIGIN_CODES.get(code.get()))
                    .orElseThrow(() -> json.unparsable("no origin: " + Excerpt.of(code.get()))));
        }
        json.text("path").map(AsPathText::parse).ifPresent(path::asPath);
        json.number("weight").ifPresent(path::weight);
        var nextHop = json.text("nextHop");
        (nextHop.isPresent() ? nextHop : json.text("nextHopGlobal"))
                .map(IpAddress::parse)
                .map(NextHop::of)
                .ifPresent(path::nextHop);
        observed = observed.and(shownBy(json));
        return path.build();
    }

    /** The weight is always printed, so that without it an attribute that is missing is not absent. */
    private static Observed shownBy(JsonObject json) {
        boolean whole = json.has("weight")
                && json.has("path")
                && (json.has("origin") || json.has("bgpOriginCode"))
                && (json.has("nextHop") || json.has("nextHopGlobal"));
        return whole ? Observed.all() : Observed.of();
    }
}
