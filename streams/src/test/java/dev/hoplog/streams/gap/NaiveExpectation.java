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
import java.util.stream.Stream;

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
            if (isFrom(path, session.downstream())
                    || mayBeFrom(path, session.downstream())
                    || edge.isInternal() && isInternal(chain, path, edge.upstream())) {
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
        return path.from()
                .filter(from -> !isOpen(from, peer) && part(from, 0).equals(part(peer, 0)))
                .filter(from ->
                        Stream.of(from, peer).anyMatch(name -> part(name, 1).isEmpty())
                                || part(from, 1).equals(part(peer, 1)))
                .isPresent();
    }

    /** Whether that cannot be told. */
    static boolean mayBeFrom(Path path, PeerId peer) {
        return path.from().filter(from -> isOpen(from, peer)).isPresent();
    }

    /** One names a port and no address, and the other an address that a neighbour at that port may have. */
    private static boolean isOpen(PeerId one, PeerId other) {
        return Stream.of(List.of(one, other), List.of(other, one))
                .anyMatch(names -> isPort(names.getFirst())
                        && (names.getLast().toString().startsWith("fe80:")
                                || names.getLast().toString().contains("."))
                        && (part(names.getLast(), 1).isEmpty()
                                || part(names.getLast(), 1)
                                        .equals(names.getFirst().toString())));
    }

    private static boolean isPort(PeerId name) {
        return name.toString().startsWith("eth");
    }

    /** Whether a neighbour that is not listed may be there by another name. */
    static boolean mayBeListedAsAnother(PeerId name, boolean wasListed) {
        return !name.toString().startsWith("fd00:") && !(name.toString().contains(".") && wasListed);
    }

    /** What comes before the percent sign, or after it. */
    private static String part(PeerId name, int which) {
        var parts = name.toString().split("%");
        return which < parts.length ? parts[which] : "";
    }

    private static boolean isInternal(Chain chain, Path path, HopId hop) {
        return path.has(PathFlag.INTERNAL)
                || chain.edges().stream()
                        .anyMatch(edge -> edge.downstream().equals(hop)
                                && edge.link() instanceof Link.Session session
                                && session.kind() == Link.Kind.INTERNAL
                                && (isFrom(path, session.upstream()) || mayBeFrom(path, session.upstream())));
    }
}
