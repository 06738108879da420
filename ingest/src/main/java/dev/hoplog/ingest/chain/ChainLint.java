package dev.hoplog.ingest.chain;

import dev.hoplog.chain.Carried;
import dev.hoplog.chain.Chain;
import dev.hoplog.chain.Edge;
import dev.hoplog.chain.Link;
import dev.hoplog.chain.Node;
import java.util.ArrayList;
import java.util.List;

/** What is allowed in a chain and yet most likely a mistake. Pure. */
public final class ChainLint {
    private final Chain chain;
    private final List<Warning> warnings = new ArrayList<>();

    private ChainLint(Chain chain) {
        this.chain = chain;
    }

    /** Node by node, then edge by edge. */
    public static List<Warning> of(Chain chain) {
        var lint = new ChainLint(chain);
        chain.nodes().forEach(lint::node);
        chain.edges().forEach(lint::edge);
        return List.copyOf(lint.warnings);
    }

    private void node(Node node) {
        for (var hop : node.hops()) {
            if (chain.edges().stream()
                    .anyMatch(edge ->
                            edge.upstream().equals(hop) || edge.downstream().equals(hop))) {
                continue;
            }
            if (hop.equals(node.headline())) {
                warn(
                        Warning.Kind.HEADLINE_WITHOUT_EDGES,
                        hop,
                        "speaks for " + node.name() + " and is on no edge: nothing is ever expected of the node");
            } else {
                warn(Warning.Kind.HOP_WITHOUT_EDGES, hop, "is on no edge: nothing is ever expected of it");
            }
        }
    }

    private void edge(Edge edge) {
        if (edge.grace().isZero()) {
            warn(
                    Warning.Kind.NO_GRACE,
                    edge,
                    "has a grace of 0: each route that is on its way while the ends are read counts as lost");
        }
        if (edge.link() instanceof Link.Session && !hasReverse(edge)) {
            warn(
                    Warning.Kind.ONE_WAY_SESSION,
                    edge,
                    "carries nothing back: say `back` too, if the session does carry something that way");
        }
        overlapping(edge);
        edge.carries().stream()
                .filter(carried -> isNeverThere(edge, carried))
                .forEach(carried -> warn(Warning.Kind.NEVER_THERE, edge, neverThere(edge, carried)));
    }

    private boolean hasReverse(Edge edge) {
        return chain.edges().stream()
                .anyMatch(other -> other.upstream().equals(edge.downstream())
                        && other.downstream().equals(edge.upstream())
                        && other.overlaps(edge));
    }

    private void overlapping(Edge edge) {
        var carries = edge.carries();
        for (int i = 0; i < carries.size(); i++) {
            for (int j = i + 1; j < carries.size(); j++) {
                var range = carries.get(i).range();
                var other = carries.get(j).range();
                if (range.overlaps(other)) {
                    warn(
                            Warning.Kind.OVERLAPPING_RANGES,
                            edge,
                            "carries " + range + " and " + other
                                    + ", which overlap: one of them may be wider than meant");
                }
            }
        }
    }

    /** A hop that nothing leads to is where routes begin; of any other, what it carries on comes from somewhere. */
    private boolean isNeverThere(Edge edge, Carried carried) {
        var into = chain.edges().stream()
                .filter(other -> other.downstream().equals(edge.upstream()) && other.overlaps(edge))
                .toList();
        return (edge.onlyLearnt() || !into.isEmpty())
                && into.stream()
                        .filter(other -> !(edge.onlyLearnt() && other.upstream().equals(edge.downstream())))
                        .flatMap(other -> other.carries().stream())
                        .noneMatch(brought -> brought.range().overlaps(carried.range()));
    }

    private static String neverThere(Edge edge, Carried carried) {
        return "carries " + carried.range() + ", which no other edge brings to " + edge.upstream()
                + (edge.onlyLearnt() ? ", and passes on only what it learnt" : ": does it announce that itself?");
    }

    private void warn(Warning.Kind kind, Object about, String what) {
        warnings.add(new Warning(kind, about.toString(), what));
    }
}
