package dev.hoplog.gap;

import dev.hoplog.model.Attribute;
import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.Observed;
import dev.hoplog.model.Path;
import dev.hoplog.model.Route;
import dev.hoplog.model.RouteDelta;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A route before and after an edge: the path that the upstream end uses, and the one that the downstream end has from there.
 *
 * @param compared the attributes that travel and that both ends show
 * @param changed those of them that differ. Next hops do so by design
 * @param used whether the downstream end uses that path
 */
public record Passage(
        Path before,
        Observed beforeShown,
        Path after,
        Observed afterShown,
        Set<Attribute> compared,
        Set<Attribute> changed,
        boolean used) {
    /** The others are each end's own affair: whom it has the route from, how it weighs it, and what only its daemon tells. */
    private static final Set<Attribute> TRAVELLING = Collections.unmodifiableSet(EnumSet.of(
            Attribute.NEXT_HOPS,
            Attribute.ORIGIN,
            Attribute.AS_PATH,
            Attribute.MED,
            Attribute.LOCAL_PREF,
            Attribute.COMMUNITIES,
            Attribute.LARGE_COMMUNITIES,
            Attribute.EXTENDED_COMMUNITIES,
            Attribute.AGGREGATOR,
            Attribute.REFLECTION));

    public Passage {
        compared = Collections.unmodifiableSet(copy(compared));
        changed = Collections.unmodifiableSet(copy(changed));
    }

    private static Set<Attribute> copy(Set<Attribute> attributes) {
        var copy = EnumSet.noneOf(Attribute.class);
        copy.addAll(attributes);
        return copy;
    }

    static Passage of(Seen upstream, Path before, Seen downstream, Path after, boolean used) {
        var travelling = Observed.of(TRAVELLING.toArray(Attribute[]::new));
        var common = upstream.observed().and(downstream.observed()).and(travelling);
        var delta = RouteDelta.between(alone(upstream, before, common), alone(downstream, after, common));
        var changed = EnumSet.noneOf(Attribute.class);
        delta.changed().forEach(path -> changed.addAll(path.attributes()));
        return new Passage(
                before, upstream.observed(), after, downstream.observed(), common.attributes(), changed, used);
    }

    /** Without what tells paths of one table apart, so that one end's path is compared with the other's. */
    private static Seen alone(Seen seen, Path path, Observed common) {
        var route = (Route) seen.row();
        return new Seen(new Route(route.prefix(), List.of(path.keeping(common)), route.stamp()), common);
    }

    /** The path that an end uses, of those that satisfy a condition; where it uses none of them, the first. */
    static List<Path> preferred(List<Path> paths, Predicate<Path> isUsed) {
        var used = paths.stream().filter(isUsed).toList();
        return used.isEmpty() ? paths : used;
    }
}
