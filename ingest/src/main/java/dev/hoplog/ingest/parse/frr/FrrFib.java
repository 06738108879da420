package dev.hoplog.ingest.parse.frr;

import dev.hoplog.ingest.parse.JsonAnswer;
import dev.hoplog.ingest.parse.JsonObject;
import dev.hoplog.ingest.parse.ParsedOutput;
import dev.hoplog.ingest.parse.ParsedOutput.Facts;
import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.ingest.parse.Refusal;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.Attribute;
import dev.hoplog.model.Destination;
import dev.hoplog.model.Excerpt;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.IpAddress;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Zebra's table: {@code show ip|ipv6 route [vrf X|vrf all] json}, FRR 8.4 to 10.x.
 *
 * <p>An object of prefixes, each with the routes that the protocols offer for it, which here are the paths of one route;
 * {@code selected} marks the one that zebra chose. Of a recursive route the list of next hops has the parent and then, flat,
 * what resolves it: the former goes beside the path, the latter is what forwards. A failed route keeps its {@code fib} and
 * {@code active}, and has {@code failed} in place of {@code installed}. A route whose next hop is not valid is not listed.
 * The only time is an age.
 *
 * <p>A route that is only for packets {@code from} some sources is there, as a path of its prefix, but not claimed to be chosen or
 * installed for it: the same as in the kernel's tables.
 *
 * <p>{@code vrf all} prints one object for each VRF, one document behind the other, or as members of one object. {@code {}} is
 * what an empty VRF gives and one that is not there: of an empty table only another answer can tell that it exists.
 */
public final class FrrFib {
    /** What is asked for in place of a VRF. */
    public static final String ALL_VRFS = "all";

    private static final Observed OBSERVED = Observed.of(
            Attribute.PROTOCOL, Attribute.NEXT_HOPS, Attribute.METRIC, Attribute.PREFERENCE, Attribute.OTHER);
    private static final Set<String> KNOWN = Set.of(
            "prefix",
            "prefixLen",
            "protocol",
            "instance",
            "vrfId",
            "vrfName",
            "selected",
            "destSelected",
            "distance",
            "metric",
            "installed",
            "failed",
            "queued",
            "removed",
            "table",
            "tag",
            "internalStatus",
            "internalFlags",
            "internalNextHopNum",
            "internalNextHopActiveNum",
            "internalNextHopFibInstalledNum",
            "nexthopGroupId",
            "installedNexthopGroupId",
            "receivedNexthopGroupId",
            "lastUpdate",
            "uptime",
            "nexthops");
    private static final Set<String> KNOWN_OF_NEXT_HOP = Set.of(
            "flags",
            "fib",
            "ip",
            "directlyConnected",
            "unreachable",
            "blackhole",
            "reject",
            "adminProhibited",
            "afi",
            "interfaceIndex",
            "interfaceName",
            "active",
            "recursive",
            "resolver",
            "duplicate",
            "onLink",
            "linkDown",
            "vrf",
            "source",
            "rmapSource",
            "weight",
            "labels");

    private final JsonAnswer answer;
    private final TableName asked;
    private final Map<TableName, Map<Prefix, List<Path>>> tables = new LinkedHashMap<>();
    private int unknown;

    private FrrFib(JsonAnswer answer, TableName asked) {
        this.answer = answer;
        this.asked = asked;
    }

    /**
     * Reads the whole answer.
     *
     * @param asked the VRF and family of the command; the table comes out even if it is empty, unless all were asked for
     */
    public static ParsedOutput parse(InputStream in, TableName asked) throws UnusableOutput {
        return new FrrFib(JsonAnswer.open(in), asked).read();
    }

    private ParsedOutput read() throws UnusableOutput {
        if (isAll()) {
            do {
                new Vrf(Optional.empty()).read();
            } while (answer.another());
        } else {
            tables.put(asked, Map.of());
            new Vrf(Optional.empty()).read();
            answer.end();
        }
        if (tables.isEmpty()) {
            throw new UnusableOutput(FailureReason.NO_SUCH_TABLE, "an answer without any VRF");
        }
        var result = new LinkedHashMap<TableName, Table>();
        tables.forEach((name, routes) -> {
            List<Row> rows = new ArrayList<>();
            routes.forEach((prefix, paths) -> rows.add(new Route(prefix, paths, Optional.empty())));
            result.put(name, new Table(OBSERVED, rows, Map.of()));
        });
        return new ParsedOutput(result, Facts.none(), unknown);
    }

    private boolean isAll() {
        return asked.name().equals(ALL_VRFS);
    }

    /** The routes of one VRF, collected while its object is read. */
    private final class Vrf {
        private @Nullable String name;
        private final Map<Prefix, List<Path>> routes = new LinkedHashMap<>();
        private final Set<FrrFibKey> keys = new HashSet<>();

        /** @param named as a member of an object of VRFs */
        Vrf(Optional<String> named) {
            name = named.orElse(isAll() ? null : asked.name());
        }

        void read() throws UnusableOutput {
            boolean mayHoldVrfs = name == null;
            var areArrays = new HashMap<String, Boolean>();
            answer.repeatedMembers(key -> {
                // Only the routes of several prefixes may stand under one key.
                boolean isArray = answer.atArray();
                var wasArray = Optional.ofNullable(areArrays.putIfAbsent(key, isArray));
                if (wasArray.filter(was -> !was || !isArray).isPresent()) {
                    throw answer.unparsable("the key '" + Excerpt.of(key) + "' comes twice");
                } else if (key.equals("warning")) {
                    throw Refusal.of(answer.text());
                } else if (answer.atArray()) {
                    route(key);
                } else if (answer.atObject() && mayHoldVrfs && routes.isEmpty()) {
                    new Vrf(Optional.of(key)).read();
                } else if (answer.atObject()) {
                    throw answer.unparsable("no route: '" + Excerpt.of(key) + "'");
                } else {
                    unknown++;
                }
            });
            checkNoneIsHidden();
            if (name != null) {
                var before = tables.put(new TableName(name, asked.family()), routes);
                if (before != null && !before.isEmpty()) {
                    throw answer.unparsable("the VRF " + Excerpt.of(name) + " comes twice");
                }
            }
        }

        private void checkNoneIsHidden() throws UnusableOutput {
            for (var key : keys) {
                var hidden = key.hidden().filter(prefix -> !keys.contains(new FrrFibKey(prefix, Optional.empty())));
                if (hidden.isPresent()) {
                    throw new UnusableOutput(
                            FailureReason.INCONSISTENT,
                            "a route from " + hidden.get() + " to " + key.to()
                                    + " may stand in the place of the route to " + hidden.get());
                }
            }
        }

        private void route(String text) throws UnusableOutput {
            try {
                var key = FrrFibKey.parse(text, asked.family().version());
                var read = new LinkedHashSet<FrrFibKey>();
                answer.elements(() -> {
                    var json = answer.object();
                    var of = key.of(json);
                    if (read.add(of) && !keys.add(of)) {
                        throw new IllegalArgumentException("the prefix comes twice");
                    }
                    routes.computeIfAbsent(of.to(), to -> new ArrayList<>()).add(path(of, json));
                });
                if (read.size() > 1) {
                    throw new IllegalArgumentException("routes of several prefixes");
                }
            } catch (IllegalArgumentException e) {
                throw new UnusableOutput(
                        FailureReason.UNPARSABLE, "prefix '" + Excerpt.of(text) + "': " + e.getMessage(), e);
            } catch (UnusableOutput e) {
                throw new UnusableOutput(e.reason(), "prefix '" + Excerpt.of(text) + "': " + e.getMessage(), e);
            }
        }

        private Path path(FrrFibKey key, JsonObject json) throws UnusableOutput {
            var vrf = json.text("vrfName");
            if (vrf.isPresent() && !vrf.get().equals(name)) {
                if (name != null) {
                    throw new UnusableOutput(
                            FailureReason.INCONSISTENT,
                            "a route of the VRF " + Excerpt.of(vrf.get()) + " in the table of " + Excerpt.of(name));
                }
                name = vrf.get();
            }
            unknown += json.unknownKeys(KNOWN);
            return FrrFib.this.path(key, json);
        }
    }

    private Path path(FrrFibKey key, JsonObject json) throws UnusableOutput {
        var path = new PathBuilder()
                .protocol(json.text("protocol").orElseThrow(() -> json.unparsable("a route of no protocol")));
        json.number("metric").ifPresent(path::metric);
        json.number("distance").ifPresent(path::preference);
        json.number("tag").ifPresent(tag -> path.other("tag", tag.toString()));
        var legs = new ArrayList<JsonObject>();
        for (var nextHop : json.objects("nexthops")) {
            unknown += nextHop.unknownKeys(KNOWN_OF_NEXT_HOP);
            if (nextHop.flag("recursive")) {
                nextHop.text("ip").map(IpAddress::parse).ifPresent(via -> path.other("recursive", via.toString()));
            } else if (!nextHop.flag("duplicate")) {
                legs.add(nextHop);
            }
        }
        legs(legs, path);
        key.from().ifPresent(source -> path.other("from", source.toString()));
        boolean isForAll = key.from().isEmpty();
        return path.flag(PathFlag.BEST, isForAll && json.flag("selected"))
                .flag(PathFlag.INSTALLED, isForAll && json.flag("installed"))
                .flag(PathFlag.INSTALL_FAILED, json.flag("failed"))
                .build();
    }

    /** Those that forward; of a route of which none does, all that it would have. */
    private static void legs(List<JsonObject> legs, PathBuilder path) throws UnusableOutput {
        boolean forwards = false;
        boolean linkDown = !legs.isEmpty();
        for (var leg : legs) {
            forwards |= leg.flag("fib");
            linkDown &= leg.flag("linkDown");
        }
        if (linkDown) {
            path.other("flags", "linkdown");
        }
        for (var leg : legs) {
            if (leg.flag("fib") || !forwards) {
                leg(leg, path);
            }
        }
    }

    private static void leg(JsonObject leg, PathBuilder path) throws UnusableOutput {
        if (leg.flag("unreachable")) {
            path.destination(
                    leg.flag("blackhole")
                            ? Destination.BLACKHOLE
                            : leg.flag("adminProhibited") ? Destination.PROHIBITED : Destination.UNREACHABLE);
        }
        var address = leg.text("ip").map(IpAddress::parse);
        var device = leg.text("interfaceName");
        if (address.isPresent() || device.isPresent()) {
            path.nextHop(new NextHop(address, device, leg.number("weight")));
        }
    }
}
