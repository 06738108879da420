package dev.hoplog.ingest.parse.bird;

import dev.hoplog.ingest.parse.AsPathText;
import dev.hoplog.ingest.parse.ExtendedCommunityText;
import dev.hoplog.model.Aggregator;
import dev.hoplog.model.Excerpt;
import dev.hoplog.model.IpAddress;
import dev.hoplog.model.LargeCommunity;
import dev.hoplog.model.Origin;
import dev.hoplog.model.PathBuilder;
import dev.hoplog.model.Uint32;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The attributes of a route. 2.x calls them {@code BGP.as_path}, 3.x {@code bgp_path}, and 3.1.7 mixes both when asked for
 * the names of 2.x. Communities are never named: {@code (65010,100)}, {@code (65010, 1, 2)}, {@code (rt, 65010, 100)}.
 */
final class BirdAttributes {
    private static final Pattern TUPLE = Pattern.compile("\\(([^()]*)\\)\\s*");
    private static final Pattern AGGREGATOR = Pattern.compile("(\\S+) AS(\\d+)");

    /** BIRD's AS path has some 500 characters at most; then it ends with these, perhaps within a number. */
    private static final String CUT = "...";

    /** What 3.x calls the last line of every route: {@code Internal route handling values: 0L 5G 0S id 16}. */
    private static final String HANDLING = "internal route handling values";

    private static final Pattern HANDLING_VALUES = Pattern.compile("\\d+L \\d+G \\d+S id \\d+");

    private BirdAttributes() {}

    /**
     * Whether it is the line with which 3.x ends a route. Its numbers are BIRD's own book-keeping, other ones after every
     * restart: known by its form, a version that calls it something else makes no change of it.
     *
     * @param name in lower case
     */
    static boolean isHandling(String name, String value) {
        return name.equals(HANDLING) || HANDLING_VALUES.matcher(value).matches();
    }

    /**
     * @param name in lower case
     * @throws IllegalArgumentException if the value cannot be read
     */
    static void read(String name, String value, PathBuilder path) {
        if (isHandling(name, value)) {
            return;
        }
        if (!name.startsWith("bgp.") && !name.startsWith("bgp_")) {
            switch (name) {
                // What the first line says, and a metric that moves with the IGP.
                case "type", "source", "from", "preference", "igp_metric" -> {}
                default -> path.other(name, value);
            }
            return;
        }
        switch (name.substring(4)) {
            case "origin" -> path.origin(origin(value));
            case "as_path", "path" -> asPath(value, path);
            case "med" -> path.med(Uint32.parse("MED", value));
            case "local_pref" -> path.localPref(Uint32.parse("local preference", value));
            case "atomic_aggr" -> path.atomicAggregate();
            case "aggregator" -> path.aggregator(aggregator(value));
            case "originator_id" -> path.originatorId(IpAddress.parse(value));
            case "cluster_list" ->
                path.clusterList(Arrays.stream(value.split(" "))
                        .filter(id -> !id.isEmpty())
                        .map(IpAddress::parse)
                        .toList());
            case "community" -> tuples(value, inside -> path.community(colons(inside)));
            case "large_community" ->
                tuples(value, inside -> path.largeCommunity(LargeCommunity.parse(colons(inside))));
            case "ext_community" ->
                tuples(value, inside -> path.extendedCommunity(ExtendedCommunityText.ofBird(inside)));
            case "otc" -> path.onlyToCustomer(Uint32.parse("OTC", value));
            // The next hop of the path is where BIRD resolved this one to.
            case "next_hop" -> path.other("bgp_next_hop", value);
            default -> path.other("bgp_" + name.substring(4), value);
        }
    }

    private static Origin origin(String value) {
        return switch (value) {
            case "IGP" -> Origin.IGP;
            case "EGP" -> Origin.EGP;
            case "Incomplete" -> Origin.INCOMPLETE;
            default -> throw new IllegalArgumentException("no origin: '" + Excerpt.of(value) + "'");
        };
    }

    /** One path that is too long for BIRD to print must not hide its whole table: it is kept, and marked. */
    private static void asPath(String value, PathBuilder path) {
        if (!value.endsWith(CUT)) {
            path.asPath(AsPathText.parse(value));
            return;
        }
        int lastNumber = Math.max(value.lastIndexOf(' '), 0);
        var whole = value.substring(0, lastNumber);
        int open = Math.max(whole.lastIndexOf('{'), whole.lastIndexOf('('));
        boolean isOpen = open > Math.max(whole.lastIndexOf('}'), whole.lastIndexOf(')'));
        path.asPath(AsPathText.parse(isOpen ? whole.substring(0, open) : whole)).other("bgp_path", "truncated by BIRD");
    }

    private static Aggregator aggregator(String value) {
        var matcher = AGGREGATOR.matcher(value);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no aggregator: '" + Excerpt.of(value) + "'");
        }
        return new Aggregator(Uint32.parse("AS number", matcher.group(2)), IpAddress.parse(matcher.group(1)));
    }

    private static String colons(String inside) {
        return inside.replace(" ", "").replace(',', ':');
    }

    private static void tuples(String value, Consumer<String> consumer) {
        var matcher = TUPLE.matcher(value);
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            consumer.accept(matcher.group(1));
            end = matcher.end();
        }
        if (end != value.length()) {
            throw new IllegalArgumentException("no communities: '" + Excerpt.of(value.substring(end)) + "'");
        }
    }
}
