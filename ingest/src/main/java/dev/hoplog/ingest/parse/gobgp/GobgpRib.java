package dev.hoplog.ingest.parse.gobgp;

import dev.hoplog.ingest.parse.JsonAnswer;
import dev.hoplog.ingest.parse.JsonObject;
import dev.hoplog.ingest.parse.ParsedOutput;
import dev.hoplog.ingest.parse.ParsedOutput.Facts;
import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.ingest.parse.Refusal;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.Attribute;
import dev.hoplog.model.Excerpt;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.Observed;
import dev.hoplog.model.Path;
import dev.hoplog.model.PathBuilder;
import dev.hoplog.model.PathFlag;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.Route;
import dev.hoplog.model.Row;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.SourceTime;
import dev.hoplog.model.Table;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * GoBGP's table: {@code gobgp global rib -a ipv4|ipv6 -j}, GoBGP 3.x and 4.x: an object of lists of paths, by prefix.
 *
 * <p>The neighbour of a path is {@code neighbor-ip} in 3.x and {@code peer-address} in 4.x, and missing for an own route.
 * Only 4.x prints path identifiers, and then for every path.
 * {@code age} is no age but the second in which the path came. A prefix may have an empty list: then it is not there.
 */
public final class GobgpRib {
    /** The daemon has one table. */
    public static final String TABLE = "global";

    private static final Observed WITH_PATH_IDS =
            Observed.allBut(Attribute.PROTOCOL, Attribute.WEIGHT, Attribute.METRIC, Attribute.PREFERENCE);
    private static final Observed OBSERVED = Observed.allBut(
            Attribute.PROTOCOL, Attribute.PATH_ID, Attribute.WEIGHT, Attribute.METRIC, Attribute.PREFERENCE);
    private static final Set<String> KNOWN = Set.of(
            "Family",
            "nlri",
            "age",
            "best",
            "attrs",
            "stale",
            "withdrawal",
            "source-id",
            "neighbor-ip",
            "peer-id",
            "peer-address",
            "RemoteID",
            "LocalID",
            "validation");

    private static final Set<String> KNOWN_OF_NLRI = Set.of("prefix", "id");

    private final JsonAnswer answer;
    private final AddressFamily family;
    private final List<Row> rows = new ArrayList<>();
    private final Map<RowKey, SourceTime> sourceTimes = new HashMap<>();
    private final Set<Prefix> prefixes = new HashSet<>();
    private boolean hidesPathIds;
    private int unknown;

    private GobgpRib(JsonAnswer answer, AddressFamily family) {
        this.answer = answer;
        this.family = family;
    }

    /**
     * A listing of paths by prefix.
     *
     * @param prefixes that it names, with and without paths
     */
    public record Listing(ParsedOutput output, int prefixes) {}

    public static ParsedOutput parse(InputStream in, AddressFamily family) throws UnusableOutput {
        return list(in, family).output();
    }

    /** Reads the whole answer, and how many prefixes it names. */
    public static Listing list(InputStream in, AddressFamily family) throws UnusableOutput {
        return new GobgpRib(JsonAnswer.open(in), family).read();
    }

    private Listing read() throws UnusableOutput {
        answer.members(key -> {
            if (key.equals("error")) {
                throw Refusal.of(answer.text());
            }
            route(key);
        });
        answer.end();
        var observed = hidesPathIds || rows.isEmpty() ? OBSERVED : WITH_PATH_IDS;
        var table = new Table(observed, rows, sourceTimes);
        var output = new ParsedOutput(Map.of(new TableName(TABLE, family), table), Facts.none(), unknown);
        return new Listing(output, prefixes.size());
    }

    private void route(String key) throws UnusableOutput {
        try {
            var prefix = Prefix.parse(key);
            if (prefix.address().version() != family.version()) {
                throw new IllegalArgumentException("not of the family " + family);
            }
            if (!prefixes.add(prefix)) {
                throw new IllegalArgumentException("the prefix comes twice");
            }
            List<Path> paths = new ArrayList<>();
            List<Instant> ages = new ArrayList<>();
            answer.elements(() -> {
                var json = answer.object();
                unknown += json.unknownKeys(KNOWN) + json.unknownKeysIn("nlri", KNOWN_OF_NLRI);
                checkPrefix(json, prefix);
                hidesPathIds |= !json.has("RemoteID");
                paths.add(path(json));
                json.epochSeconds("age").ifPresent(ages::add);
            });
            add(prefix, paths, ages.stream().reduce((a, b) -> b.isAfter(a) ? b : a));
        } catch (IllegalArgumentException e) {
            throw new UnusableOutput(
                    FailureReason.UNPARSABLE, "prefix '" + Excerpt.of(key) + "': " + e.getMessage(), e);
        } catch (UnusableOutput e) {
            throw new UnusableOutput(e.reason(), "prefix '" + Excerpt.of(key) + "': " + e.getMessage(), e);
        }
    }

    private void add(Prefix prefix, List<Path> paths, Optional<Instant> newest) {
        if (paths.isEmpty()) {
            return;
        }
        var route = new Route(prefix, paths, Optional.empty());
        rows.add(route);
        newest.ifPresent(age -> sourceTimes.put(route.key(), new SourceTime(age, age.plusSeconds(1))));
    }

    /** Other daemons print objects of prefixes, too: of theirs no path says it like this. */
    private static void checkPrefix(JsonObject json, Prefix prefix) throws UnusableOutput {
        var nlri = json.object("nlri").orElseThrow(() -> json.unparsable("a path without nlri"));
        var printed = nlri.text("prefix").orElseThrow(() -> nlri.unparsable("an nlri without prefix"));
        if (!Prefix.parse(printed).equals(prefix)) {
            throw nlri.unparsable("a path of " + Excerpt.of(printed));
        }
    }

    private Path path(JsonObject json) throws UnusableOutput {
        var path = new PathBuilder();
        var neighbour = json.text(json.has("peer-address") ? "peer-address" : "neighbor-ip");
        // 4.x prints this for an address that it does not have.
        neighbour
                .filter(text -> !text.isEmpty() && !text.equals("invalid IP"))
                .map(PeerId::parse)
                .filter(peer -> peer.address().filter(a -> a.isUnspecified()).isEmpty())
                .ifPresent(path::from);
        // 0 stands for none.
        json.number("RemoteID").filter(id -> id != 0).ifPresent(path::pathId);
        for (var attribute : json.objects("attrs")) {
            unknown += GobgpAttributes.read(attribute, path);
        }
        return path.flag(PathFlag.VALID)
                .flag(PathFlag.BEST, json.flag("best"))
                .flag(PathFlag.STALE, json.flag("stale"))
                .flag(PathFlag.REMOVED, json.flag("withdrawal"))
                .build();
    }
}
