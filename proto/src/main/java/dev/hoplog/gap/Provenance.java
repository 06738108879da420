package dev.hoplog.gap;

import dev.hoplog.chain.Link;
import dev.hoplog.model.Attribute;
import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Path;
import dev.hoplog.model.Route;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** Whether a hop has its route by way of another, followed upstream along the edges of the chain. */
enum Provenance {
    THROUGH,
    /** It is a hop's own, or comes from a neighbour that the chain does not know. */
    APART,
    UNDECIDED,
    UNOBSERVED;

    /** How a hop that has the prefix has it. */
    static Provenance of(Scene scene, HopId hop, HopId by) {
        return of(scene, hop, by, Set.of());
    }

    private static Provenance of(Scene scene, HopId hop, HopId by, Set<HopId> below) {
        if (hop.equals(by)) {
            return THROUGH;
        }
        if (below.contains(hop)) {
            // Round in circles: one of them is about to find that it has it no more.
            return UNDECIDED;
        }
        var step = scene.step(hop);
        return switch (step.standing()) {
            case UNOBSERVED -> UNOBSERVED;
            case UNDECIDED, LACKS -> UNDECIDED;
            case HAS -> {
                var seen = new HashSet<>(below);
                seen.add(hop);
                yield together(step.possible().stream().flatMap(row -> of(scene, hop, row, by, seen)));
            }
        };
    }

    private static Stream<Provenance> of(Scene scene, HopId hop, Seen row, HopId by, Set<HopId> below) {
        return row.observed().includes(Attribute.FROM) && row.row() instanceof Route route
                ? Expectation.best(route).stream().flatMap(path -> of(scene, hop, path, by, below))
                : Stream.of(UNOBSERVED);
    }

    private static Stream<Provenance> of(Scene scene, HopId hop, Path path, HopId by, Set<HopId> below) {
        var behind = scene.into(hop).stream()
                .filter(edge ->
                        edge.link() instanceof Link.Session session && Expectation.isFrom(path, session.upstream()))
                .toList();
        return behind.isEmpty() ? Stream.of(APART) : behind.stream().map(edge -> of(scene, edge.upstream(), by, below));
    }

    private static Provenance together(Stream<Provenance> each) {
        var all = each.distinct().toList();
        if (all.size() == 1) {
            return all.getFirst();
        }
        return all.contains(UNOBSERVED) ? UNOBSERVED : UNDECIDED;
    }
}
