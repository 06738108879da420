package dev.hoplog.gap;

import dev.hoplog.chain.Link;
import dev.hoplog.model.Attribute;
import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Path;
import dev.hoplog.model.Route;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether a hop has its route by way of another, followed upstream along the edges of the chain. */
enum Provenance {
    THROUGH,
    /** It is a hop's own, or comes from a neighbour that the chain does not know. */
    APART,
    /** It is from a hop that has it no more, which the hops behind are about to find. */
    LEFT_OVER,
    UNDECIDED,
    UNOBSERVED;

    /** How a hop that has the prefix has what it uses: one for each way on which it may have come. */
    static Set<Provenance> of(Scene scene, HopId hop, HopId by) {
        return of(scene, hop, by, Set.of());
    }

    /** The same of all that a row holds, also of what the hop does not use as long as there is something better. */
    static Set<Provenance> ofAll(Scene scene, HopId hop, Seen row, HopId by) {
        return of(scene, hop, row, Paths::standing, by, Set.of(hop)).collect(Collectors.toSet());
    }

    private static Set<Provenance> of(Scene scene, HopId hop, HopId by, Set<HopId> below) {
        if (hop.equals(by)) {
            return EnumSet.of(THROUGH);
        }
        if (below.contains(hop)) {
            // Round in circles: one of them is about to find that it has it no more.
            return EnumSet.of(UNDECIDED);
        }
        var step = scene.step(hop);
        return switch (step.standing()) {
            case UNOBSERVED -> EnumSet.of(UNOBSERVED);
            case UNDECIDED -> EnumSet.of(UNDECIDED);
            case LACKS -> EnumSet.of(LEFT_OVER);
            case HAS -> {
                var seen = new HashSet<>(below);
                seen.add(hop);
                yield step.possible().stream()
                        .flatMap(row -> of(scene, hop, row, Provenance::used, by, seen))
                        .collect(Collectors.toSet());
            }
        };
    }

    private static List<Path> used(Seen row) {
        return row.row() instanceof Route route ? Expectation.best(route) : List.of();
    }

    private static Stream<Provenance> of(
            Scene scene, HopId hop, Seen row, Function<Seen, List<Path>> paths, HopId by, Set<HopId> below) {
        return row.observed().includes(Attribute.FROM)
                ? paths.apply(row).stream().flatMap(path -> of(scene, hop, path, by, below).stream())
                : Stream.of(UNOBSERVED);
    }

    private static Set<Provenance> of(Scene scene, HopId hop, Path path, HopId by, Set<HopId> below) {
        var behind = scene.into(hop).stream()
                .filter(edge ->
                        edge.link() instanceof Link.Session session && Neighbours.isFrom(path, session.upstream()))
                .toList();
        return behind.isEmpty()
                ? EnumSet.of(scene.leavesOpenFrom(hop, path) ? UNOBSERVED : APART)
                : behind.stream()
                        .flatMap(edge -> of(scene, edge.upstream(), by, below).stream())
                        .collect(Collectors.toSet());
    }
}
