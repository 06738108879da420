package dev.hoplog.ingest.parse.frr;

import static dev.hoplog.model.PathFlag.INTERNAL;
import static dev.hoplog.model.PathFlag.REMOVED;
import static dev.hoplog.model.PathFlag.STALE;
import static dev.hoplog.model.PathFlag.SUPPRESSED;
import static dev.hoplog.model.PathFlag.VALID;

import dev.hoplog.ingest.parse.AsPathText;
import dev.hoplog.ingest.parse.ExtendedCommunityText;
import dev.hoplog.ingest.parse.JsonObject;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.Aggregator;
import dev.hoplog.model.AsPath;
import dev.hoplog.model.AsPath.Segment;
import dev.hoplog.model.AsPath.SegmentType;
import dev.hoplog.model.Excerpt;
import dev.hoplog.model.IpAddress;
import dev.hoplog.model.LargeCommunity;
import dev.hoplog.model.PathBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A path of the detail form. {@code bestpath} is an object here; the weight is left out when it is zero; a community's
 * list names the well-known ones in another way than its string, and a configured alias replaces the value in both.
 */
final class FrrDetailPath {
    private static final Set<String> KNOWN = Set.of(
            "aspath",
            "origin",
            "metric",
            "locPrf",
            "weight",
            "valid",
            "version",
            "bestpath",
            "multipath",
            "stale",
            "removed",
            "suppressed",
            "history",
            "dampeningSuppressed",
            "dampeningHistoryEntry",
            "dampeningPenalty",
            "dampeningFlapCount",
            "reuseTimerMsecs",
            "peerUptime",
            "peerUptimeMsec",
            "peerUptimeEstablishedEpoch",
            "gracefulRestartSecondsRemaining",
            "llgrSecondsRemaining",
            "tag",
            "aggregatorAs",
            "aggregatorId",
            "atomicAggregate",
            "otc",
            "aigpMetric",
            "originatorId",
            "clusterList",
            "sourced",
            "local",
            "aggregated",
            "rxedFromRrClient",
            "community",
            "largeCommunity",
            "extendedCommunity",
            "extendedIpv6Community",
            "addpathRxId",
            "addpathTxId",
            "addpathTxIdAll",
            "addpathTxIdBestPerAS",
            "addpathTxIdBestSelected",
            "advertisedTo",
            "lastUpdate",
            "lastUpdateStr",
            "bgpId",
            "earlyProcessing",
            "processScheduled",
            "rpkiValidationState",
            "nexthops",
            "peer");

    /** Of the objects inside, which are something else in other forms. */
    private static final Map<String, Set<String>> KNOWN_INSIDE = Map.of(
            "peer", Set.of("peerId", "routerId", "hostname", "interface", "type"),
            "aspath", Set.of("string", "segments", "length"),
            "bestpath", Set.of("bestpathFromAs", "overall", "selectionReason"),
            "lastUpdate", Set.of("epoch", "string"),
            "community", Set.of("string", "list"),
            "largeCommunity", Set.of("string", "list"),
            "extendedCommunity", Set.of("string"),
            "extendedIpv6Community", Set.of("string"));

    private FrrDetailPath() {}

    static FrrPath read(JsonObject json) throws UnusableOutput {
        var peer = json.object("peer").orElseThrow(() -> json.unparsable("no path of the detail form"));
        var peerId = peer.text("peerId").orElseThrow(() -> json.unparsable("a path from nobody"));
        var peerInterface = peer.text("interface");
        var nextHops = FrrNextHops.of(json);
        var path = new PathBuilder();
        FrrPath.peer(peerId, peerInterface).ifPresent(path::from);
        nextHops.list(peerInterface).forEach(path::nextHop);
        FrrPath.common(json, path);
        attributes(json, path);
        communities(json, path);
        flags(json, path);
        path.flag(
                INTERNAL,
                peer.text("type")
                        .filter(t -> t.equals("internal") || t.equals("confed-internal"))
                        .isPresent());
        var update = json.object("lastUpdate");
        Optional<Instant> heardAt = update.isPresent() ? update.get().epochSeconds("epoch") : Optional.empty();
        int unknown = json.unknownKeys(KNOWN) + nextHops.unknown();
        for (var inside : KNOWN_INSIDE.entrySet()) {
            unknown += json.unknownKeysIn(inside.getKey(), inside.getValue());
        }
        return new FrrPath(path.build(), json.number("version"), heardAt, unknown);
    }

    private static void attributes(JsonObject json, PathBuilder path) throws UnusableOutput {
        path.asPath(asPath(json));
        path.weight(json.number("weight").orElse(0L));
        // 0 stands for none.
        json.number("addpathRxId").filter(id -> id != 0).ifPresent(path::pathId);
        var aggregatorAs = json.scalar("aggregatorAs").map(AsPathText::asn);
        var aggregatorId = json.text("aggregatorId").map(IpAddress::parse);
        if (aggregatorAs.isPresent() != aggregatorId.isPresent()) {
            throw json.unparsable("half an aggregator");
        }
        if (aggregatorAs.isPresent() && aggregatorId.isPresent()) {
            path.aggregator(new Aggregator(aggregatorAs.get(), aggregatorId.get()));
        }
        if (json.flag("atomicAggregate")) {
            path.atomicAggregate();
        }
        json.text("originatorId").map(IpAddress::parse).ifPresent(path::originatorId);
        var clusters = list(json, "clusterList");
        if (!clusters.isEmpty()) {
            path.clusterList(clusters.stream().map(IpAddress::parse).toList());
        }
        json.number("otc").ifPresent(path::onlyToCustomer);
        // 64 bits without a sign (RFC 7311).
        var aigp = json.scalar("aigpMetric");
        if (aigp.filter(value -> !value.matches("[0-9]{1,20}")).isPresent()) {
            throw json.unparsable("no AIGP metric: " + Excerpt.of(aigp.get()));
        }
        aigp.ifPresent(value -> path.other("aigp", value));
        json.number("tag").ifPresent(value -> path.other("tag", value.toString()));
    }

    private static AsPath asPath(JsonObject json) throws UnusableOutput {
        var aspath = json.object("aspath").orElseThrow(() -> json.unparsable("a path without aspath"));
        List<Segment> segments = new ArrayList<>();
        for (var segment : aspath.objects("segments")) {
            var type = switch (segment.text("type").orElse("")) {
                case "as-sequence" -> SegmentType.SEQUENCE;
                case "as-set" -> SegmentType.SET;
                case "as-confed-sequence" -> SegmentType.CONFED_SEQUENCE;
                case "as-confed-set" -> SegmentType.CONFED_SET;
                default -> throw json.unparsable("an AS path segment of no known type");
            };
            // "bgp as-notation dot+" makes all of them text, "dot" those of more than 16 bits.
            var asns = segment.scalars("list").stream().map(AsPathText::asn).toList();
            if (asns.isEmpty()) {
                throw json.unparsable("an AS path segment without its numbers");
            }
            segments.add(new Segment(type, asns));
        }
        return segments.isEmpty() ? asPathText(aspath) : AsPathText.ofSegments(segments);
    }

    /** The text beside the segments, which is "Local" where there are none. */
    private static AsPath asPathText(JsonObject aspath) throws UnusableOutput {
        var text = aspath.text("string").orElseThrow(() -> aspath.unparsable("an AS path that is not shown"));
        return AsPathText.parse(text.equals("Local") ? "" : text);
    }

    private static void communities(JsonObject json, PathBuilder path) throws UnusableOutput {
        for (var text : list(json, "community")) {
            path.community(text);
        }
        for (var text : list(json, "largeCommunity")) {
            if (text.chars().filter(c -> c == ':').count() == 2) {
                path.largeCommunity(LargeCommunity.parse(text));
            } else {
                path.communityAlias(text);
            }
        }
        for (var key : List.of("extendedCommunity", "extendedIpv6Community")) {
            var extended = json.object(key);
            if (extended.isPresent()) {
                ExtendedCommunityText.ofFrr(string(extended.get(), key)).forEach(path::extendedCommunity);
            }
        }
    }

    /** What is listed, or named in the text beside the list. It is only printed where there is some: nothing is not read as none. */
    private static List<String> list(JsonObject json, String key) throws UnusableOutput {
        var shown = json.object(key);
        if (shown.isEmpty()) {
            return List.of();
        }
        var list = shown.get().texts("list");
        return list.isEmpty() ? List.of(string(shown.get(), key).split(" +")) : list;
    }

    private static String string(JsonObject shown, String key) throws UnusableOutput {
        return shown.text("string")
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> shown.unparsable("'" + key + "' that shows nothing"));
    }

    private static void flags(JsonObject json, PathBuilder path) throws UnusableOutput {
        var best = json.object("bestpath");
        FrrPath.marks(
                path,
                best.isPresent() && best.get().flag("overall"),
                json.flag("multipath"),
                json.flag("dampeningSuppressed"),
                json.flag("dampeningHistoryEntry"));
        path.flag(VALID, json.flag("valid"))
                .flag(STALE, json.flag("stale"))
                .flag(SUPPRESSED, json.flag("suppressed"))
                .flag(REMOVED, json.flag("removed"));
    }
}
