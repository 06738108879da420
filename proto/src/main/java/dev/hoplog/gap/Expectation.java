package dev.hoplog.gap;

import dev.hoplog.chain.Chain;
import dev.hoplog.chain.Edge;
import dev.hoplog.chain.Link;
import dev.hoplog.model.Attribute;
import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.Path;
import dev.hoplog.model.PathFlag;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.Route;
import java.util.List;

/** Whether an edge should pass on what its upstream end has. Where the source does not show enough, nothing is expected. */
final class Expectation {
    private Expectation() {}

    /** Given what the upstream end has. During a change of what it has both must be passed on. */
    static boolean passesOn(Chain chain, Edge edge, Course.Step upstream) {
        return upstream.possible().stream().allMatch(seen -> passesOn(chain, edge, seen));
    }

    /** Given the route as the upstream end has it. */
    static boolean passesOn(Chain chain, Edge edge, Seen upstream) {
        if (!(upstream.row() instanceof Route route) || !upstream.observed().includes(Attribute.FROM)) {
            return false;
        }
        var best = best(route);
        boolean learnt = best.stream().anyMatch(path -> path.from().isPresent());
        return switch (edge.link()) {
            // What a daemon read from its host, the kernel has of itself: an interface's, or a route of another's.
            case Link.Install _ -> learnt;
            case Link.Session session ->
                (learnt || !edge.onlyLearnt())
                        && best.stream().noneMatch(path -> isFrom(path, session.downstream()))
                        && (!edge.isInternal() || best.stream().noneMatch(path -> isInternal(chain, edge, path)));
        };
    }

    /** Given that nothing is known of the hop between two edges. */
    static boolean passesOn(Edge to, Edge from) {
        return !(to.isInternal() && from.isInternal());
    }

    private static List<Path> best(Route route) {
        var best = route.paths().stream()
                .filter(path -> path.has(PathFlag.BEST) || path.has(PathFlag.INSTALLED))
                .toList();
        return best.isEmpty() ? route.paths() : best;
    }

    private static boolean isInternal(Chain chain, Edge edge, Path path) {
        return path.has(PathFlag.INTERNAL)
                || chain.edges().stream()
                        .filter(into -> into.downstream().equals(edge.upstream()) && into.isInternal())
                        .anyMatch(into ->
                                into.link() instanceof Link.Session session && isFrom(path, session.upstream()));
    }

    /** A neighbour may be named with its interface or without. */
    static boolean isFrom(Path path, PeerId neighbour) {
        return path.from()
                .filter(from -> from.equals(neighbour)
                        || from.address().isPresent()
                                && from.address().equals(neighbour.address())
                                && (from.interfaceName().isEmpty()
                                        || neighbour.interfaceName().isEmpty()))
                .isPresent();
    }
}
