package dev.hoplog.ingest.parse.gobgp;

import dev.hoplog.ingest.parse.AsPathText;
import dev.hoplog.ingest.parse.ExtendedCommunityText;
import dev.hoplog.ingest.parse.JsonObject;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.Aggregator;
import dev.hoplog.model.AsPath;
import dev.hoplog.model.AsPath.Segment;
import dev.hoplog.model.AsPath.SegmentType;
import dev.hoplog.model.Community;
import dev.hoplog.model.IpAddress;
import dev.hoplog.model.LargeCommunity;
import dev.hoplog.model.NextHop;
import dev.hoplog.model.Origin;
import dev.hoplog.model.PathBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** GoBGP's path attributes: objects with BGP's type number, in no fixed order. */
final class GobgpAttributes {
    /** Of all types that are read. */
    private static final Set<String> KNOWN =
            Set.of("type", "value", "as_paths", "nexthop", "afi", "safi", "metric", "as", "address", "communities");

    private static final Set<String> KNOWN_OF_SEGMENT = Set.of("segment_type", "num", "asns");

    private GobgpAttributes() {}

    /** @return how many keys nobody knows; a type that nobody knows is an attribute, with all its keys */
    static int read(JsonObject json, PathBuilder path) throws UnusableOutput {
        int type = Math.clamp(required(json, json.number("type"), "type"), 0, 256);
        switch (type) {
            case 1 -> path.origin(origin(json));
            case 2 -> path.asPath(asPath(json));
            case 3, 14 -> nextHop(required(json, json.text("nexthop"), "nexthop"), path);
            case 4 -> path.med(required(json, json.number("metric"), "metric"));
            case 5 -> path.localPref(required(json, json.number("value"), "value"));
            case 6 -> path.atomicAggregate();
            case 7 ->
                path.aggregator(new Aggregator(
                        required(json, json.number("as"), "as"),
                        IpAddress.parse(required(json, json.text("address"), "address"))));
            case 8 -> json.numbers("communities").forEach(value -> path.community(new Community(value)));
            case 9 -> path.originatorId(IpAddress.parse(required(json, json.text("value"), "value")));
            case 10 ->
                path.clusterList(
                        json.texts("value").stream().map(IpAddress::parse).toList());
            case 16 -> extendedCommunities(json, path);
            case 32 -> largeCommunities(json, path);
            default -> {
                path.other("attribute_" + type, json.toString());
                return 0;
            }
        }
        int unknown = json.unknownKeys(KNOWN);
        for (var segment : type == 2 ? json.objects("as_paths") : List.<JsonObject>of()) {
            unknown += segment.unknownKeys(KNOWN_OF_SEGMENT);
        }
        return unknown;
    }

    private static Origin origin(JsonObject json) throws UnusableOutput {
        long value = required(json, json.number("value"), "value");
        return switch (Math.clamp(value, -1, 3)) {
            case 0 -> Origin.IGP;
            case 1 -> Origin.EGP;
            case 2 -> Origin.INCOMPLETE;
            default -> throw json.unparsable("no origin: " + value);
        };
    }

    private static AsPath asPath(JsonObject json) throws UnusableOutput {
        List<Segment> segments = new ArrayList<>();
        for (var segment : json.objects("as_paths")) {
            var type = switch (Math.clamp(segment.number("segment_type").orElse(0L), 0, 5)) {
                case 1 -> SegmentType.SET;
                case 2 -> SegmentType.SEQUENCE;
                case 3 -> SegmentType.CONFED_SEQUENCE;
                case 4 -> SegmentType.CONFED_SET;
                default -> throw json.unparsable("an AS path segment of no known type");
            };
            segments.add(new Segment(type, segment.numbers("asns")));
        }
        return AsPathText.ofSegments(segments);
    }

    private static void nextHop(String text, PathBuilder path) {
        int percent = text.indexOf('%');
        path.nextHop(
                percent < 0
                        ? NextHop.of(IpAddress.parse(text))
                        : NextHop.of(IpAddress.parse(text.substring(0, percent)), text.substring(percent + 1)));
    }

    private static void extendedCommunities(JsonObject json, PathBuilder path) throws UnusableOutput {
        for (var community : json.objects("value")) {
            var value = community.scalar("value").orElseGet(community::toString);
            path.extendedCommunity(ExtendedCommunityText.ofGobgp(
                    community.number("type").orElse(0L),
                    community.number("subtype").orElse(0L),
                    value));
        }
    }

    private static void largeCommunities(JsonObject json, PathBuilder path) throws UnusableOutput {
        for (var community : json.objects("value")) {
            path.largeCommunity(new LargeCommunity(
                    required(community, community.number("ASN"), "ASN"),
                    required(community, community.number("LocalData1"), "LocalData1"),
                    required(community, community.number("LocalData2"), "LocalData2")));
        }
    }

    private static <T> T required(JsonObject json, Optional<T> value, String key) throws UnusableOutput {
        return value.orElseThrow(() -> json.unparsable("a path attribute without '" + key + "'"));
    }
}
