package dev.hoplog.gap;

import dev.hoplog.chain.Edge;
import dev.hoplog.chain.Link;
import dev.hoplog.gap.Gap.Kind;
import dev.hoplog.model.Attribute;
import dev.hoplog.model.Change.Seen;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A hop has the prefix over one edge, and not over another that should bring it as well. The upstream end of that other has
 * it to give, and not by way of the hop itself.
 */
final class Degraded implements Condition {
    @Override
    public Kind kind() {
        return Kind.DEGRADED;
    }

    @Override
    public Stream<Place> places(Scene scene) {
        return scene.ground().edges(scene.chain()).stream()
                .filter(edge -> edge.link() instanceof Link.Session)
                .map(edge -> new Place(edge.downstream(), Kind.DEGRADED, Optional.of(edge.upstream())))
                .distinct();
    }

    @Override
    public Verdict at(Scene scene, Place place) {
        return edge(scene, place)
                .map(edge -> over(scene, edge, (Link.Session) edge.link()))
                .orElse(Verdict.MOOT);
    }

    private static Optional<Edge> edge(Scene scene, Place place) {
        return scene.edge(place.upstream().orElseThrow(), place.hop())
                .filter(edge -> edge.link() instanceof Link.Session);
    }

    private static Verdict over(Scene scene, Edge edge, Link.Session session) {
        var upstream = scene.step(edge.upstream());
        var downstream = scene.step(edge.downstream());
        if (upstream.standing() == Standing.LACKS || downstream.standing() == Standing.LACKS) {
            return Verdict.MOOT;
        }
        boolean isShown =
                downstream.all(seen -> scene.tellsFrom(edge.downstream(), seen)).orElse(false);
        var received = downstream.all(seen -> Paths.isFrom(seen, session.upstream()));
        if (downstream.all(Degraded::showsFrom).orElse(false) && received.orElse(false)) {
            return Verdict.RESTORED;
        }
        var expected = upstream.all(seen -> Expectation.passesOn(scene.chain(), edge, seen));
        var spare = downstream.all(seen -> isCarriedElsewhere(scene, edge, seen));
        if (isNo(expected) || isShown && isNo(spare)) {
            return Verdict.MOOT;
        }
        if (upstream.standing() == Standing.HAS) {
            var ways = Provenance.of(scene, edge.upstream(), edge.downstream());
            if (ways.equals(Set.of(Provenance.THROUGH))) {
                return Verdict.MOOT;
            }
            if (ways.contains(Provenance.UNOBSERVED)) {
                return Verdict.UNOBSERVED;
            }
            if (!ways.equals(Set.of(Provenance.APART))) {
                return Verdict.UNDECIDED;
            }
        }
        boolean isUnobserved =
                upstream.standing() == Standing.UNOBSERVED || downstream.standing() == Standing.UNOBSERVED;
        if (isUnobserved || downstream.standing() == Standing.HAS && !isShown) {
            return Verdict.UNOBSERVED;
        }
        return isNo(received) && expected.orElse(false) && spare.orElse(false) ? Verdict.HOLDS : Verdict.UNDECIDED;
    }

    private static boolean isNo(Optional<Boolean> answer) {
        return answer.filter(yes -> !yes).isPresent();
    }

    private static boolean showsFrom(Seen seen) {
        return seen.observed().includes(Attribute.FROM);
    }

    private static boolean isCarriedElsewhere(Scene scene, Edge broken, Seen seen) {
        return scene.into(broken.downstream()).stream()
                .filter(edge -> !edge.upstream().equals(broken.upstream()))
                .anyMatch(
                        edge -> edge.link() instanceof Link.Session session && Paths.isFrom(seen, session.upstream()));
    }

    @Override
    public Duration patience(Scene scene, Place place) {
        return edge(scene, place)
                .orElseThrow()
                .grace()
                .plus(scene.clockError(place.upstream().orElseThrow(), place.hop()));
    }

    @Override
    public List<Break> breaks(Scene scene, Place place) {
        return List.of(new Break(List.of(place.upstream().orElseThrow(), place.hop())));
    }
}
