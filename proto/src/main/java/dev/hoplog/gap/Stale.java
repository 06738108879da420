package dev.hoplog.gap;

import dev.hoplog.chain.Edge;
import dev.hoplog.chain.Link;
import dev.hoplog.gap.Gap.Kind;
import dev.hoplog.model.Attribute;
import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A hop still has the prefix from hops that have it no more. */
final class Stale implements Condition {
    @Override
    public Kind kind() {
        return Kind.STALE;
    }

    @Override
    public Stream<Place> places(Scene scene) {
        return scene.ground().edges(scene.chain()).stream()
                .map(Edge::downstream)
                .distinct()
                .map(hop -> new Place(hop, Kind.STALE, Optional.empty()));
    }

    @Override
    public Verdict at(Scene scene, Place place) {
        var edges = scene.into(place.hop());
        if (edges.isEmpty()) {
            return Verdict.MOOT;
        }
        var downstream = scene.step(place.hop());
        if (downstream.standing() == Standing.LACKS) {
            return Verdict.RESTORED;
        }
        var upstream = edges.stream().map(edge -> toGive(scene, edge)).toList();
        if (upstream.contains(Standing.HAS) || isFromWhoHas(scene, edges, downstream)) {
            return Verdict.MOOT;
        }
        if (downstream.standing() == Standing.UNOBSERVED || upstream.contains(Standing.UNOBSERVED)) {
            return Verdict.UNOBSERVED;
        }
        if (downstream.standing() == Standing.UNDECIDED || upstream.contains(Standing.UNDECIDED)) {
            return Verdict.UNDECIDED;
        }
        return fromThem(scene, edges, downstream);
    }

    /** Whether the upstream end has it to give: where sessions go both ways, it may have it by way of the hop itself only. */
    private static Standing toGive(Scene scene, Edge edge) {
        var upstream = scene.step(edge.upstream());
        if (upstream.standing() != Standing.HAS || edge.link() instanceof Link.Install) {
            return upstream.standing();
        }
        var rows = upstream.possible().stream()
                .map(row -> toGive(Provenance.ofAll(scene, edge.upstream(), row, edge.downstream())))
                .distinct()
                .toList();
        if (rows.size() == 1) {
            return rows.getFirst();
        }
        return rows.contains(Standing.UNOBSERVED) ? Standing.UNOBSERVED : Standing.UNDECIDED;
    }

    /** A way that does not lead to the hop is enough, also where the hop at its beginning is about to lose it. */
    private static Standing toGive(Set<Provenance> ways) {
        if (ways.contains(Provenance.APART) || ways.contains(Provenance.LEFT_OVER)) {
            return Standing.HAS;
        }
        if (ways.equals(Set.of(Provenance.THROUGH))) {
            return Standing.LACKS;
        }
        return ways.contains(Provenance.UNOBSERVED) ? Standing.UNOBSERVED : Standing.UNDECIDED;
    }

    /** Whether the hop has a path from one that has it: that is not left over, whoever gave it to that one. */
    private static boolean isFromWhoHas(Scene scene, List<Edge> edges, Course.Step downstream) {
        var having = edges.stream()
                .filter(edge -> scene.step(edge.upstream()).standing() == Standing.HAS)
                .toList();
        return downstream
                .all(seen -> Paths.standing(seen).stream()
                        .anyMatch(path -> having.stream().anyMatch(edge -> came(path, edge))))
                .orElse(false);
    }

    private static Verdict fromThem(Scene scene, List<Edge> edges, Course.Step downstream) {
        var lacking = edges.stream()
                .filter(edge -> scene.step(edge.upstream()).standing() == Standing.LACKS)
                .toList();
        boolean wasTheirs = lacking.stream()
                .anyMatch(edge ->
                        scene.course(edge.upstream()).lastUsable(scene.at()).isPresent());
        if (!wasTheirs) {
            return Verdict.MOOT;
        }
        if (!downstream.all(seen -> isShown(scene, edges, seen)).orElse(false)) {
            return Verdict.UNOBSERVED;
        }
        return downstream
                .all(seen -> Paths.standing(seen).stream()
                        .allMatch(path -> lacking.stream().anyMatch(edge -> came(path, edge))))
                .map(all -> all ? Verdict.HOLDS : Verdict.MOOT)
                .orElse(Verdict.UNDECIDED);
    }

    private static boolean isShown(Scene scene, List<Edge> edges, Seen seen) {
        return edges.stream().allMatch(edge -> switch (edge.link()) {
            case Link.Install _ -> seen.observed().includes(Attribute.PROTOCOL);
            case Link.Session _ -> scene.tellsFrom(edge.downstream(), seen);
        });
    }

    private static boolean came(Path path, Edge edge) {
        return switch (edge.link()) {
            case Link.Session session -> Neighbours.isFrom(path, session.upstream());
            case Link.Install _ ->
                path.protocol()
                        .filter(Predicate.isEqual(labelInKernel(edge.upstream())))
                        .isPresent();
        };
    }

    /** As which a kernel lists the routes of a daemon's table; empty: it does not tell them from those of others. */
    private static String labelInKernel(HopId hop) {
        return switch (hop.daemon()) {
            case "frr" -> "bgp";
            case "bird" -> "bird";
            default -> "";
        };
    }

    @Override
    public Duration patience(Scene scene, Place place) {
        return scene.into(place.hop()).stream()
                .map(edge -> edge.grace().plus(scene.clockError(edge.upstream(), place.hop())))
                .reduce(Duration.ZERO, (a, b) -> a.compareTo(b) < 0 ? b : a);
    }

    /** The edges over which it came and was not taken back. */
    @Override
    public List<Break> breaks(Scene scene, Place place) {
        return scene.into(place.hop()).stream()
                .filter(edge -> scene.step(place.hop()).possible().stream()
                        .anyMatch(seen -> Paths.standing(seen).stream().anyMatch(path -> came(path, edge))))
                .map(edge -> new Break(List.of(edge.upstream(), edge.downstream())))
                .toList();
    }
}
