package dev.hoplog.chain;

import dev.hoplog.model.HopId;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.View;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The declared graph of hops of one network.
 *
 * @param nodes ascending by name
 * @param edges ascending by upstream, downstream and beginning; no two of the same ends overlap in time
 */
public record Chain(List<Node> nodes, List<Edge> edges) {
    private static final Comparator<Edge> ORDER = Comparator.comparing(Edge::upstream)
            .thenComparing(Edge::downstream)
            .thenComparing(edge -> edge.from().orElse(Instant.MIN));

    public Chain {
        nodes = nodes.stream().sorted(Comparator.comparing(Node::name)).toList();
        edges = edges.stream().sorted(ORDER).toList();
        var names = new HashMap<String, String>();
        var views = new HashMap<HopId, View>();
        for (var node : nodes) {
            claim(names, node.name(), node);
            node.aliases().forEach(alias -> claim(names, alias, node));
        }
        for (var edge : edges) {
            known(nodes, edge.upstream(), edge);
            known(nodes, edge.downstream(), edge);
            var view = edge.link() instanceof Link.Install ? View.FIB : View.LOC_RIB;
            if (views.putIfAbsent(edge.downstream(), view) instanceof View other && other != view) {
                throw new IllegalArgumentException(
                        edge.downstream() + " is written into by one edge and has a session in another");
            }
        }
        for (int i = 1; i < edges.size(); i++) {
            var a = edges.get(i - 1);
            var b = edges.get(i);
            if (a.upstream().equals(b.upstream()) && a.downstream().equals(b.downstream()) && a.overlaps(b)) {
                throw new IllegalArgumentException("two edges " + a + " at the same time");
            }
        }
    }

    private static void claim(Map<String, String> names, String name, Node node) {
        if (names.put(name, node.name()) instanceof String other) {
            throw new IllegalArgumentException("two nodes are called " + name + ": " + other + " and " + node.name());
        }
    }

    private static void known(List<Node> nodes, HopId hop, Edge edge) {
        if (nodes.stream().noneMatch(node -> node.hops().contains(hop))) {
            throw new IllegalArgumentException("the edge " + edge + " has an end that no node lists: " + hop);
        }
    }

    /** Whether any edge should carry it, ever. */
    public boolean concerns(Prefix prefix) {
        return edges.stream().anyMatch(edge -> edge.carries(prefix));
    }

    /** All hops, node by node. */
    public List<HopId> hops() {
        return nodes.stream().flatMap(node -> node.hops().stream()).toList();
    }

    /** Which view says whether a hop uses a route: of a table that others write into, the FIB. */
    public View viewOf(HopId hop) {
        return edges.stream().anyMatch(edge -> edge.downstream().equals(hop) && edge.link() instanceof Link.Install)
                ? View.FIB
                : View.LOC_RIB;
    }

    /** The node of that name or alias. */
    public Optional<Node> node(String name) {
        return nodes.stream().filter(node -> node.isCalled(name)).findFirst();
    }
}
