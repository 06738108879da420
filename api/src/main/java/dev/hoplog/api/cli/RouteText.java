package dev.hoplog.api.cli;

import dev.hoplog.v1.Path;
import dev.hoplog.v1.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A route on one line: its best path, and how many others there are; or a line for each path. */
final class RouteText {
    private static final String NEXT_HOP = "next hop";
    private static final String PATH_ID = "path id";
    private static final String DEVICE = "dev ";
    private static final String UNICAST = "unicast";

    /** FRR shows dozens of paths of a prefix where it hears it from as many neighbours. */
    private static final int MOST_OTHERS = 8;

    private RouteText() {}

    /** Such as {@code via fe80::1%eth0 from fd00:100::3, AS path 4220101013, local-pref 100}. */
    static String of(Route route) {
        return ofBest(route, others(route.getPathsCount() - 1));
    }

    /** The same without a word of other paths. */
    static String ofBest(Route route) {
        return ofBest(route, "");
    }

    private static String ofBest(Route route, String others) {
        if (route.getPathsCount() == 0) {
            return "without a path";
        }
        var best = best(route);
        return words(best)
                + others
                + (isUsed(route, "stale") ? " (stale: its neighbour is gone)" : "")
                + (isUsed(route, "sync-failed") ? " (sync failed: the kernel did not take it)" : "")
                + unusable(route);
    }

    private static String words(Path path) {
        return attributes(path).entrySet().stream()
                .map(attribute -> attribute.getKey().equals(NEXT_HOP)
                        ? attribute.getValue()
                        : attribute.getKey() + " " + attribute.getValue())
                .collect(Collectors.joining(", "));
    }

    /** Such as {@code  (and 2 other paths)}; empty: there is no other. */
    private static String others(int count) {
        return count < 1 ? "" : count == 1 ? " (and 1 other path)" : " (and " + count + " other paths)";
    }

    /**
     * The other paths, in the table's order, as many as a person reads; {@link #untoldOthers} says how many there are
     * beyond.
     */
    static List<Path> otherPaths(Route route) {
        var others = new ArrayList<>(route.getPathsList());
        others.remove(best(route));
        return List.copyOf(others.subList(0, Math.min(others.size(), MOST_OTHERS)));
    }

    /** Such as {@code 3 more paths; --json shows all}; empty: {@link #otherPaths} are all. */
    static Optional<String> untoldOthers(Route route) {
        int untold = route.getPathsCount() - 1 - MOST_OTHERS;
        return untold < 1
                ? Optional.empty()
                : Optional.of((untold == 1 ? "1 more path" : untold + " more paths") + "; --json shows all");
    }

    /** Such as {@code also via fd00::1, local-pref 50 (valid)}, with all that its source claims of it. */
    static String ofOther(Path path) {
        return "also " + words(path) + claims(path);
    }

    /** Such as {@code  (valid multipath)}; empty: its source claims nothing of it. */
    static String claims(Path path) {
        return path.getFlagsCount() == 0 ? "" : " (" + String.join(" ", path.getFlagsList()) + ")";
    }

    /** Such as {@code  (not usable: leads nowhere)}; empty: it is. */
    static String unusable(Route route) {
        if (route.getUsable()) {
            return "";
        }
        return route.getPathsCount() > 0 && isInForceNowhere(best(route))
                ? " (not usable: leads nowhere)"
                : " (not usable" + flags(best(route)) + ")";
    }

    /** Lookups end at it, and find no way on. */
    private static boolean isInForceNowhere(Path path) {
        return isInstalled(path) && !leadsOn(path) && !path.getDestination().isEmpty();
    }

    private static boolean isInstalled(Path path) {
        var flags = path.getFlagsList();
        return flags.contains("installed") && !flags.contains("install-failed") && !flags.contains("dead");
    }

    /**
     * Used still, though stale: its neighbour has restarted or is gone (RFC 4724 section 4.2); or though BIRD's kernel
     * protocol could not hand it on.
     */
    private static boolean isUsed(Route route, String flag) {
        return route.getUsable() && best(route).getFlagsList().contains(flag);
    }

    /** What differs of what both show, such as {@code local-pref 100 → 200}. */
    static String difference(Route before, Route after) {
        var changes = new ArrayList<String>();
        if (before.getUsable() != after.getUsable()) {
            changes.add(after.getUsable() ? "usable again" : "not usable any more" + flags(best(after)));
        } else if (!best(before).getFlagsList().equals(best(after).getFlagsList())) {
            changes.add("flags " + bare(best(before)) + " → " + bare(best(after)));
        }
        var old = attributes(NotShown.comparable(best(before), best(after)));
        var now = attributes(NotShown.comparable(best(after), best(before)));
        Stream.concat(old.keySet().stream(), now.keySet().stream())
                .distinct()
                .filter(name -> !Objects.equals(old.get(name), now.get(name)))
                .map(name -> name + " " + old.getOrDefault(name, "none") + " → " + now.getOrDefault(name, "none"))
                .forEach(changes::add);
        if (before.getPathsCount() != after.getPathsCount()) {
            changes.add(paths(before) + " → " + paths(after));
        } else if (changes.isEmpty()
                && showPathIds(before, after)
                && !pathIds(before).equals(pathIds(after))) {
            changes.add("path ids " + pathIds(before) + " → " + pathIds(after));
        }
        return changes.isEmpty() ? "in details (--json has them)" : String.join(", ", changes);
    }

    private static boolean showPathIds(Route before, Route after) {
        return Stream.of(before, after)
                .flatMap(route -> route.getPathsList().stream())
                .noneMatch(path -> NotShown.isOf(path, NotShown.PATH_ID));
    }

    /** In the table's order. */
    private static String pathIds(Route route) {
        return route.getPathsList().stream()
                .map(path -> path.hasPathId() ? pathId(path) : "none")
                .collect(Collectors.joining(" "));
    }

    /** Of several paths of a prefix that one neighbour sent (RFC 7911); empty: it has none, or none is shown. */
    private static String pathId(Path path) {
        return path.hasPathId() ? Integer.toUnsignedString(path.getPathId()) : "";
    }

    private static String paths(Route route) {
        return route.getPathsCount() == 1 ? "1 path" : route.getPathsCount() + " paths";
    }

    /** Next hops of the best path, for a table's cell. */
    static String nextHops(Route route) {
        return nextHops(best(route))
                + (isUsed(route, "stale") ? " (stale)" : "")
                + (isUsed(route, "sync-failed") ? " (sync failed)" : "");
    }

    /** Next hops of any path, for a table's cell. */
    static String nextHops(Path path) {
        return (leadsOn(path) ? nextHops(path, " ") : destination(path))
                + (path.hasPathId() ? " (" + PATH_ID + " " + pathId(path) + ")" : "");
    }

    static Path best(Route route) {
        return route.getPathsList().stream()
                .filter(path -> path.getFlagsList().contains("best"))
                .findFirst()
                .orElseGet(() -> route.getPathsCount() == 0 ? Path.getDefaultInstance() : route.getPaths(0));
    }

    /** By name, in the order they are read in. What the source does not show, or the route does not have, is left out. */
    private static Map<String, String> attributes(Path path) {
        var shown = new LinkedHashMap<String, String>();
        shown.put(NEXT_HOP, via(path));
        put(shown, PATH_ID, pathId(path));
        put(shown, "AS path", path.getAsPath());
        if (path.hasLocalPref()) {
            put(shown, "local-pref", Integer.toUnsignedString(path.getLocalPref()));
        }
        if (path.hasMed()) {
            put(shown, "MED", Integer.toUnsignedString(path.getMed()));
        }
        if (path.hasMetric()) {
            put(shown, "metric", Integer.toUnsignedString(path.getMetric()));
        }
        put(shown, "communities", communities(path));
        return shown;
    }

    private static void put(Map<String, String> shown, String name, String value) {
        if (!value.isEmpty()) {
            shown.put(name, value);
        }
    }

    private static String via(Path path) {
        var via = leadsOn(path) ? nextHops(path, " and ") : destination(path);
        via = leadsOn(path) && !via.startsWith(DEVICE) ? "via " + via : via;
        if (!path.getFrom().isEmpty()) {
            // Over a session the next hop is most often the neighbour itself.
            return path.getNextHopsList().equals(List.of(path.getFrom())) ? via : via + " from " + path.getFrom();
        }
        return path.getProtocol().isEmpty() ? via : via + " (" + path.getProtocol() + ")";
    }

    /** Linux shows a device, lo, even where a route leads nowhere. */
    private static boolean leadsOn(Path path) {
        return path.getNextHopsCount() > 0
                && (path.getDestination().isEmpty() || path.getDestination().equals(UNICAST));
    }

    /** Without an address a next hop is a device alone. */
    private static String nextHops(Path path, String between) {
        return path.getNextHopsList().stream()
                .map(hop -> hop.startsWith("%") ? DEVICE + hop.substring(1) : hop)
                .collect(Collectors.joining(between));
    }

    private static String destination(Path path) {
        return path.getDestination().isEmpty() ? "no next hop shown" : path.getDestination();
    }

    /** All kinds of them; empty: none, or none shown. */
    static String communities(Path path) {
        return String.join(
                " ",
                Stream.of(
                                path.getCommunitiesList().stream(),
                                path.getLargeCommunitiesList().stream(),
                                path.getExtendedCommunitiesList().stream())
                        .flatMap(each -> each)
                        .toList());
    }

    /** What its source claims of it that bears on its use: how it came does not. */
    private static String flags(Path path) {
        var flags = path.getFlagsList().stream()
                .filter(flag -> !flag.equals("internal"))
                .toList();
        return flags.isEmpty() ? "" : ": " + String.join(" ", flags);
    }

    private static String bare(Path path) {
        return path.getFlagsCount() == 0 ? "none" : String.join(" ", path.getFlagsList());
    }
}
