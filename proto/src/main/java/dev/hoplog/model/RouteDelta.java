package dev.hoplog.model;

import dev.hoplog.model.Change.Seen;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What differs between two readings of one route, path by path. Only what both observed is compared: {@link BothObserved}.
 *
 * <p>A path is the same one if neighbour, protocol and path id are. Where several share all three (a table without ADD-PATH
 * ids), equal ones are paired first, and the rest in canonical order.
 */
public record RouteDelta(List<Path> added, List<Path> removed, List<PathDelta> changed) {

    /**
     * The same path, before and after.
     *
     * @param attributes that differ
     * @param flags whether what the daemon claims of it differs
     * @param destination whether it leads to something of another kind
     */
    public record PathDelta(Path before, Path after, Set<Attribute> attributes, boolean flags, boolean destination) {}

    private record Name(Optional<PeerId> from, Optional<String> protocol, Optional<Long> pathId)
            implements Comparable<Name> {
        private static final Comparator<Name> ORDER = Comparator.comparing((Name name) -> name.from.toString())
                .thenComparing(name -> name.protocol.toString())
                .thenComparing(name -> name.pathId.toString());

        static Name of(Path path) {
            return new Name(path.from(), path.protocol(), path.pathId());
        }

        @Override
        public int compareTo(Name other) {
            return ORDER.compare(this, other);
        }
    }

    /** The readings as they were: paths in the result show all that was observed of them. */
    public static RouteDelta between(Seen was, Seen is) {
        var common = BothObserved.of((Route) was.row(), was.observed(), (Route) is.row(), is.observed());
        var before = byName((Route) was.row(), common);
        var after = byName((Route) is.row(), common);
        var added = new ArrayList<Path>();
        var removed = new ArrayList<Path>();
        var changed = new ArrayList<PathDelta>();
        after.forEach((name, paths) -> {
            if (!before.containsKey(name)) {
                added.addAll(paths);
            }
        });
        before.forEach((name, old) -> {
            var now = after.getOrDefault(name, new ArrayList<>());
            pairEqual(old, now, common);
            int pairs = Math.min(old.size(), now.size());
            for (int i = 0; i < pairs; i++) {
                changed.add(delta(old.get(i), now.get(i), common));
            }
            removed.addAll(old.subList(pairs, old.size()));
            added.addAll(now.subList(pairs, now.size()));
        });
        added.sort(Path.ORDER);
        removed.sort(Path.ORDER);
        return new RouteDelta(added, removed, changed);
    }

    /** Nothing that both observed differs. */
    public boolean isEmpty() {
        return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
    }

    private static TreeMap<Name, List<Path>> byName(Route route, BothObserved common) {
        var paths = new TreeMap<Name, List<Path>>();
        route.paths()
                .forEach(path -> paths.computeIfAbsent(Name.of(common.of(path)), name -> new ArrayList<>())
                        .add(path));
        return paths;
    }

    /** Takes out what is on both sides. */
    private static void pairEqual(List<Path> before, List<Path> after, BothObserved common) {
        before.removeIf(old -> {
            var same = after.stream()
                    .filter(now -> common.of(old).equals(common.of(now)))
                    .findFirst();
            same.ifPresent(after::remove);
            return same.isPresent();
        });
    }

    private static PathDelta delta(Path before, Path after, BothObserved common) {
        var attributes = EnumSet.noneOf(Attribute.class);
        var was = common.of(before);
        var is = common.of(after);
        common.attributes().attributes().stream()
                .filter(attribute -> !value(was, attribute).equals(value(is, attribute)))
                .forEach(attributes::add);
        return new PathDelta(
                before,
                after,
                attributes,
                !before.flags().equals(after.flags()),
                before.destination() != after.destination());
    }

    private static Object value(Path path, Attribute attribute) {
        return switch (attribute) {
            case FROM -> path.from();
            case PROTOCOL -> path.protocol();
            case PATH_ID -> path.pathId();
            case NEXT_HOPS -> path.nextHops();
            case ORIGIN -> path.origin();
            case AS_PATH -> path.asPath();
            case MED -> path.med();
            case LOCAL_PREF -> path.localPref();
            case WEIGHT -> path.weight();
            case METRIC -> path.metric();
            case PREFERENCE -> path.preference();
            case COMMUNITIES ->
                List.of(path.communities().standard(), path.communities().aliases());
            case LARGE_COMMUNITIES -> path.communities().large();
            case EXTENDED_COMMUNITIES -> path.communities().extended();
            case AGGREGATOR -> List.of(path.atomicAggregate(), path.aggregator());
            case REFLECTION -> List.of(path.originatorId(), path.clusterList());
            case OTHER -> List.of(path.onlyToCustomer(), path.other());
        };
    }
}
