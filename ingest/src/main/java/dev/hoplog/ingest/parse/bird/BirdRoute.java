package dev.hoplog.ingest.parse.bird;

import dev.hoplog.model.Destination;
import dev.hoplog.model.Excerpt;
import dev.hoplog.model.IpAddress;
import dev.hoplog.model.NextHop;
import dev.hoplog.model.Path;
import dev.hoplog.model.PathBuilder;
import dev.hoplog.model.PathFlag;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.Uint32;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One route of BIRD's, which is one path of ours: its first line, its next hops and its attributes. */
final class BirdRoute {
    private static final Pattern FIRST_LINE =
            Pattern.compile("([^\\[]*?)\\s*\\b(unicast|blackhole|unreachable|prohibited|recursive)"
                    + " \\[([^\\s\\]]+) ([^\\]]*?)(?: from ([^\\s\\]]+))?\\]( [*!])?(.*)");

    /**
     * OSPF's type of route; preference, suppressed, stale, metric; where a BGP path comes from, which its attributes say
     * better, or OSPF's tag and router.
     */
    private static final Pattern INFO =
            Pattern.compile("(?: (?:I|IA|E1|E2))? \\((\\d+)(-?)(s?)(?:/[^)]*)?\\)(?: \\[[^\\]]*\\])*\\s*");

    /** Of a labelled route BIRD prints its own label behind the prefix. */
    private static final Pattern LABELLED = Pattern.compile("(\\S+) +mpls (\\d+)");

    private static final Pattern NEXT_HOP =
            Pattern.compile("(?:via (\\S+) on (\\S+)|dev (\\S+))( mpls \\S+)?( onlink)?(?: weight (\\d+))?\\s*");
    private static final Pattern ATTRIBUTE = Pattern.compile("([^:]+):(?: (.*))?");

    /** 16,000 communities, which is what a BGP message holds, have some 200,000. */
    private static final int MOST_CHARACTERS = 1 << 19;

    /** What 3.x calls it among the attributes. */
    private static final String LABEL = "mpls_label";

    private final String net;
    private Optional<Long> label;
    private final Destination destination;
    private final boolean recursive;
    private final String protocol;
    private final Optional<BirdClock.Moment> since;
    private final Optional<IpAddress> from;
    private final boolean best;
    private final boolean syncFailed;
    private final String info;
    private final List<NextHop> nextHops = new ArrayList<>();
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<String> attributeLines = new ArrayList<>();
    private String lastAttribute = "";

    private BirdRoute(Matcher line, Optional<BirdClock> clock) {
        var labelled = LABELLED.matcher(line.group(1).trim());
        boolean isLabelled = labelled.matches();
        net = isLabelled ? labelled.group(1) : line.group(1).trim();
        label = isLabelled ? Optional.of(Uint32.parse("label", labelled.group(2))) : Optional.empty();
        destination = switch (line.group(2)) {
            case "blackhole" -> Destination.BLACKHOLE;
            case "unreachable" -> Destination.UNREACHABLE;
            case "prohibited" -> Destination.PROHIBITED;
            default -> Destination.UNICAST;
        };
        recursive = line.group(2).equals("recursive");
        protocol = line.group(3);
        since = clock.flatMap(c -> c.resolve(line.group(4)));
        from = Optional.ofNullable(line.group(5)).map(IpAddress::parse);
        // "!" is the best one, too: only the kernel did not take it.
        best = line.group(6) != null;
        syncFailed = " !".equals(line.group(6));
        info = line.group(7);
    }

    /** Empty if the line is none. */
    static Optional<BirdRoute> begin(String line, Optional<BirdClock> clock) {
        var matcher = FIRST_LINE.matcher(line);
        return matcher.matches() ? Optional.of(new BirdRoute(matcher, clock)) : Optional.empty();
    }

    /** The prefix, or empty for one more path of the last. */
    String net() {
        return net;
    }

    /** Its MPLS label, which stands beside the prefix. */
    Optional<Long> label() {
        return label;
    }

    /** One more path of the last prefix has a blank in the place of both, and with it the same label. */
    void takeLabelOf(BirdRoute before) {
        label = before.label;
    }

    String protocol() {
        return protocol;
    }

    /** The neighbour that the first line names, as far as it names one. */
    Optional<IpAddress> printedFrom() {
        return from;
    }

    /** By name, in lower case. */
    Set<String> attributeNames() {
        return attributes.keySet();
    }

    List<String> attributeLines() {
        return attributeLines;
    }

    Optional<BirdClock.Moment> since() {
        return since;
    }

    /** Takes a line that begins with a tab: a next hop, an attribute, or with two tabs the rest of a long attribute. */
    void detail(String line) {
        var text = line.substring(1);
        if (text.startsWith("\t")) {
            if (lastAttribute.isEmpty()) {
                throw new IllegalArgumentException("the rest of no attribute: '" + Excerpt.of(line) + "'");
            }
            attributes.merge(lastAttribute, text.trim(), BirdRoute::joined);
            attributeLines.add(text);
            return;
        }
        var nextHop = NEXT_HOP.matcher(text);
        if (nextHop.matches()) {
            nextHops.add(nextHop(nextHop));
            return;
        }
        var attribute = ATTRIBUTE.matcher(text);
        if (!attribute.matches()) {
            throw new IllegalArgumentException("no attribute: '" + Excerpt.of(line) + "'");
        }
        lastAttribute = attribute.group(1).trim().toLowerCase(Locale.ROOT);
        var value = attribute.group(2) == null ? "" : attribute.group(2).trim();
        if (attributes.put(lastAttribute, value) != null) {
            throw new IllegalArgumentException("the attribute " + Excerpt.of(lastAttribute) + " comes twice");
        }
        attributeLines.add(text);
    }

    private static String joined(String before, String rest) {
        if (before.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException("an attribute of more than " + MOST_CHARACTERS + " characters");
        }
        return before + " " + rest;
    }

    private static NextHop nextHop(Matcher line) {
        var weight = Optional.ofNullable(line.group(6)).map(w -> Uint32.parse("weight", w));
        return line.group(1) == null
                ? new NextHop(Optional.empty(), Optional.of(line.group(3)), weight)
                : new NextHop(Optional.of(IpAddress.parse(line.group(1))), Optional.of(line.group(2)), weight);
    }

    /** A piece that every whole route has and this one lacks. */
    Optional<String> missing(BirdDetail detail) {
        if (destination == Destination.UNICAST && !recursive && nextHops.isEmpty()) {
            return Optional.of("next hop");
        }
        // Some are never missing: the type in 2.x, the source in 3.x.
        return detail == BirdDetail.ALL && attributes.isEmpty() ? Optional.of("attributes") : Optional.empty();
    }

    /**
     * Whether it has what no whole route of its version lacks: 2.x prints the type first, 3.x the other last; 3.x asked for
     * the attributes of 2.x may print either.
     */
    boolean isMarked() {
        return attributes.containsKey("type") || hasLastLine();
    }

    /** Whether nothing can follow: 3.x ends every route with the same line, 2.x has none such. */
    boolean hasLastLine() {
        return BirdAttributes.isHandling(lastAttribute, attributes.getOrDefault(lastAttribute, ""));
    }

    /**
     * 2.x: what every BGP route has unless a filter takes it away, so only suspicious at the end of the output. BIRD
     * prints attributes in the order of their type codes, and gives a route without a local preference the default one.
     */
    Optional<String> missingAtEnd() {
        return isBgp()
                ? List.of("next_hop", "local_pref").stream()
                        .filter(name ->
                                !attributes.containsKey("bgp." + name) && !attributes.containsKey("bgp_" + name))
                        .findFirst()
                        .map(name -> "BGP " + name)
                : Optional.empty();
    }

    private boolean isBgp() {
        return attributes.getOrDefault("type", "").startsWith("BGP")
                || attributes.getOrDefault("source", "").startsWith("BGP");
    }

    /** @throws IllegalArgumentException if a value cannot be read */
    Path path() {
        var path = new PathBuilder().protocol(protocol).destination(destination);
        nextHops.forEach(path::nextHop);
        peer().ifPresent(path::from);
        var preference = INFO.matcher(info);
        if (preference.matches()) {
            path.preference(Uint32.parse("preference", preference.group(1)))
                    .flag(PathFlag.SUPPRESSED, !preference.group(2).isEmpty())
                    .flag(PathFlag.STALE, !preference.group(3).isEmpty());
        }
        path.flag(PathFlag.VALID).flag(PathFlag.BEST, best).flag(PathFlag.SYNC_FAILED, syncFailed);
        attributes.forEach((name, value) -> BirdAttributes.read(name, value, path));
        label.filter(_ -> !attributes.containsKey(LABEL)).ifPresent(number -> path.other(LABEL, number.toString()));
        return path.build();
    }

    /**
     * 3.x prints the neighbour as an attribute, 2.x in the first line if it is not the next hop. A link-local neighbour is
     * behind the interface of the next hop.
     */
    private Optional<PeerId> peer() {
        var printed = Optional.ofNullable(attributes.get("from"))
                .map(IpAddress::parse)
                .or(() -> from);
        var address = printed.isPresent() || !isBgp()
                ? printed
                : nextHops.stream().flatMap(hop -> hop.address().stream()).findFirst();
        return address.filter(a -> !a.isUnspecified())
                .map(a -> new PeerId(
                        address,
                        nextHops.stream()
                                .filter(hop -> a.isLinkLocal())
                                .flatMap(hop -> hop.interfaceName().stream())
                                .findFirst()));
    }
}
