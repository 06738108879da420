package dev.hoplog.gap;

import dev.hoplog.chain.Chain;
import dev.hoplog.chain.Edge;
import dev.hoplog.chain.Link;
import dev.hoplog.gap.Crossing.Reason;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.Attribute;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.Path;
import dev.hoplog.model.PathFlag;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.Route;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Whether an edge should pass on what its upstream end has. Where the source does not show enough, nothing is expected. */
final class Expectation {
    private Expectation() {}

    /** Given what the upstream end has. During a change of what it has both must be passed on. */
    static boolean passesOn(Chain chain, Edge edge, Course.Step upstream) {
        return objection(chain, edge, upstream).isEmpty();
    }

    /** Given the route as the upstream end has it. */
    static boolean passesOn(Chain chain, Edge edge, Seen upstream) {
        return objection(chain, edge, upstream).isEmpty();
    }

    /** Why not, given what the upstream end has; empty: it should pass it on. */
    static Optional<Reason> objection(Chain chain, Edge edge, Course.Step upstream) {
        return upstream.possible().stream()
                .flatMap(seen -> objection(chain, edge, seen).stream())
                .findFirst();
    }

    /**
     * Since when it has been certain without a break that the upstream end has what the edge should pass on, at an instant at
     * which it should: a best path may have turned to another neighbour. By the chain that is in force then.
     */
    static Instant certainSince(Chain chain, Edge edge, Course upstream, Instant at) {
        var certain = upstream.certainSince(at);
        return turnedTo(chain, edge, upstream, at)
                .map(event -> event.bounds().atOrBefore())
                .filter(certain::isBefore)
                .orElse(certain);
    }

    /** Since when the upstream end has had it and should have passed it on, at an instant at which it should. */
    static Bounds since(Chain chain, Edge edge, Course upstream, Instant at) {
        var standing = upstream.standingSince(at);
        return turnedTo(chain, edge, upstream, at)
                .map(RouteEvent::bounds)
                .filter(turned -> standing.atOrBefore().isBefore(turned.atOrBefore()))
                .orElse(standing);
    }

    /** The last change from a usable route that was not to be passed on. */
    private static Optional<RouteEvent> turnedTo(Chain chain, Edge edge, Course upstream, Instant at) {
        return upstream.history().eventsUpTo(at).reversed().stream()
                .filter(upstream.history()::isUsableBefore)
                .filter(event -> !passesOn(chain, edge, event.change().before().orElseThrow()))
                .findFirst();
    }

    private static Optional<Reason> objection(Chain chain, Edge edge, Seen upstream) {
        if (!(upstream.row() instanceof Route route) || !upstream.observed().includes(Attribute.FROM)) {
            return Optional.of(Reason.NOT_SHOWN);
        }
        var best = best(route);
        boolean isOwn = best.stream().allMatch(path -> path.from().isEmpty());
        return switch (edge.link()) {
            // What a daemon read from its host, the kernel has of itself: an interface's, or a route of another's.
            case Link.Install _ -> when(isOwn, Reason.OWN);
            case Link.Session session ->
                when(isOwn && edge.onlyLearnt(), Reason.OWN)
                        .or(() -> when(
                                best.stream().anyMatch(path -> Neighbours.isFrom(path, session.downstream())),
                                Reason.BACK_TO_PEER))
                        .or(() -> when(
                                edge.isInternal() && best.stream().anyMatch(path -> isInternal(chain, edge, path)),
                                Reason.INTERNAL))
                        .or(() -> when(
                                best.stream().anyMatch(path -> mayBeOneOf(chain, edge, session, path)),
                                Reason.NOT_SHOWN));
        };
    }

    /** Whether it is not told if a path is from one to whom, or after whom, the edge does not pass it on. */
    private static boolean mayBeOneOf(Chain chain, Edge edge, Link.Session session, Path path) {
        return Neighbours.mayBeFrom(path, session.downstream())
                || edge.isInternal() && isInternal(chain, edge, from -> Neighbours.mayBeFrom(path, from));
    }

    private static Optional<Reason> when(boolean holds, Reason reason) {
        return holds ? Optional.of(reason) : Optional.empty();
    }

    /** Given that nothing is known of the hop between two edges. */
    static boolean passesOn(Edge to, Edge from) {
        return !(to.isInternal() && from.isInternal());
    }

    /** The paths that a hop uses and passes on. */
    static List<Path> best(Route route) {
        var best = route.paths().stream()
                .filter(path -> path.has(PathFlag.BEST) || path.has(PathFlag.INSTALLED))
                .toList();
        return best.isEmpty() ? route.paths() : best;
    }

    private static boolean isInternal(Chain chain, Edge edge, Path path) {
        return path.has(PathFlag.INTERNAL) || isInternal(chain, edge, from -> Neighbours.isFrom(path, from));
    }

    private static boolean isInternal(Chain chain, Edge edge, Predicate<PeerId> isFrom) {
        return chain.edges().stream()
                .filter(into -> into.downstream().equals(edge.upstream()) && into.isInternal())
                .anyMatch(into -> into.link() instanceof Link.Session session && isFrom.test(session.upstream()));
    }
}
