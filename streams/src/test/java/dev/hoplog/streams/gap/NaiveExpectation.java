package dev.hoplog.streams.gap;

import dev.hoplog.chain.Chain;
import dev.hoplog.chain.Edge;
import dev.hoplog.chain.Link;
import dev.hoplog.model.Attribute;
import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Path;
import dev.hoplog.model.PathFlag;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.Route;
import java.util.List;
import java.util.Optional;

/** What an edge should pass on, as the oracle has it. */
final class NaiveExpectation {
    private NaiveExpectation() {}

    static boolean isExpected(Chain chain, Edge edge, Seen seen) {
        if (!(seen.row() instanceof Route route) || !seen.observed().includes(Attribute.FROM)) {
            return false;
        }
        var best = best(route);
        boolean isLearnt = best.stream().anyMatch(path -> path.from().isPresent());
        if (!(edge.link() instanceof Link.Session session)) {
            return isLearnt;
        }
        if (edge.onlyLearnt() && !isLearnt) {
            return false;
        }
        for (var path : best) {
            if (isFrom(path, session.downstream()) || edge.isInternal() && isInternal(chain, path, edge.upstream())) {
                return false;
            }
        }
        return true;
    }

    static List<Path> best(Route route) {
        return route.paths().stream()
                .filter(path -> path.has(PathFlag.BEST) || path.has(PathFlag.INSTALLED))
                .toList();
    }

    static boolean isFrom(Path path, PeerId peer) {
        return path.from().equals(Optional.of(peer));
    }

    private static boolean isInternal(Chain chain, Path path, HopId hop) {
        return path.has(PathFlag.INTERNAL)
                || chain.edges().stream()
                        .anyMatch(edge -> edge.downstream().equals(hop)
                                && edge.link() instanceof Link.Session session
                                && session.kind() == Link.Kind.INTERNAL
                                && isFrom(path, session.upstream()));
    }
}
