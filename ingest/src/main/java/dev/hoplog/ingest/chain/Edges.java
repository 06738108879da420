package dev.hoplog.ingest.chain;

import dev.hoplog.chain.Edge;
import dev.hoplog.chain.Link;
import dev.hoplog.model.HopId;
import dev.hoplog.model.PeerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The edges of a file: a session is two, a mesh many. Grows; not thread-safe. */
final class Edges {
    private record Ends(HopId upstream, HopId downstream) {}

    private record Placed(Edge edge, Place place) {}

    private final Nodes nodes;
    private final Ranges ranges;
    private final Problems problems;
    private final List<Edge> edges = new ArrayList<>();
    private final Map<Ends, List<Placed>> byEnds = new HashMap<>();
    private final Map<HopId, Placed> firstInto = new HashMap<>();

    Edges(Nodes nodes, Ranges ranges, Problems problems) {
        this.nodes = nodes;
        this.ranges = ranges;
        this.problems = problems;
    }

    List<Edge> all() {
        return List.copyOf(edges);
    }

    void add(Item.Mapping item) {
        for (var form : List.of("session", "mesh", "install")) {
            item.get(form).ifPresent(ends -> {
                var hops = new ArrayList<HopId>();
                FileReading.scalars(Optional.of(ends))
                        .forEach(end -> nodes.hop(end).ifPresent(hops::add));
                if (hops.size() < ((Item.Sequence) ends).items().size()) {
                    return; // said
                }
                switch (form) {
                    case "session" -> session(item, hops.getFirst(), hops.getLast());
                    case "mesh" -> mesh(item, hops);
                    default -> edge(item, Optional.empty(), hops.getFirst(), hops.getLast(), new Link.Install());
                }
            });
        }
    }

    private void mesh(Item.Mapping item, List<HopId> hops) {
        for (int i = 0; i < hops.size(); i++) {
            for (int j = i + 1; j < hops.size(); j++) {
                session(item, hops.get(i), hops.get(j));
            }
        }
    }

    private void session(Item.Mapping item, HopId first, HopId second) {
        var addresses = addresses(item, first, second);
        if (addresses.size() < 2) {
            return; // said
        }
        var kind = ((Item.Scalar) item.get("kind").orElseThrow()).text().equals("internal")
                ? Link.Kind.INTERNAL
                : Link.Kind.EXTERNAL;
        var forth = item.get("forth").map(Item.Mapping.class::cast);
        var back = item.get("back").map(Item.Mapping.class::cast);
        boolean bothWays = forth.isEmpty() && back.isEmpty();
        if (bothWays || forth.isPresent()) {
            edge(item, forth, first, second, new Link.Session(kind, addresses.getFirst(), addresses.getLast()));
        }
        if (bothWays || back.isPresent()) {
            edge(item, back, second, first, new Link.Session(kind, addresses.getLast(), addresses.getFirst()));
        }
    }

    /** Fewer than two: there is a problem. */
    private List<PeerId> addresses(Item.Mapping item, HopId first, HopId second) {
        var said = FileReading.scalars(item.get("addresses"));
        var over = item.get("over").map(Item.Scalar.class::cast);
        var found = new ArrayList<PeerId>();
        if (!said.isEmpty()) {
            over.ifPresent(name -> problems.add(name.place(), "both `over` and `addresses`: keep one"));
            said.forEach(scalar -> Scalars.read(scalar, problems, PeerId::parse).ifPresent(found::add));
        } else if (first.node().equals(second.node())) {
            problems.add(
                    item.place(),
                    "a session within one node: say with `addresses` how the ends know each other, such as [\"::1\", \"::1\"]");
        } else {
            nodes.address(first, over, item.place()).ifPresent(found::add);
            nodes.address(second, over, item.place()).ifPresent(found::add);
        }
        return found;
    }

    private void edge(
            Item.Mapping item, Optional<Item.Mapping> direction, HopId upstream, HopId downstream, Link link) {
        var carries = said(item, direction, "carries").map(ranges::carried).orElse(List.of());
        var place = direction.map(Item.Mapping::place).orElse(item.place());
        if (said(item, direction, "carries").isEmpty()) {
            problems.add(place, upstream + " -> " + downstream + " carries nothing: write `carries`");
        }
        if (carries.isEmpty()) {
            return; // said
        }
        try {
            var edge = new Edge(
                    upstream,
                    downstream,
                    link,
                    carries,
                    said(item, direction, "only_learnt")
                            .map(yes -> ((Item.Scalar) yes).text().equals("true"))
                            .orElse(false),
                    grace(item, direction),
                    instant(item, "from"),
                    instant(item, "until"));
            add(new Placed(edge, place));
        } catch (IllegalArgumentException refused) {
            problems.add(place, String.valueOf(refused.getMessage()));
        }
    }

    private static Optional<Item> said(Item.Mapping item, Optional<Item.Mapping> direction, String key) {
        return direction.flatMap(way -> way.get(key)).or(() -> item.get(key));
    }

    private Duration grace(Item.Mapping item, Optional<Item.Mapping> direction) {
        return said(item, direction, "grace")
                .flatMap(grace -> Scalars.read(grace, problems, Scalars::timeSpan))
                .orElse(Edge.USUAL_GRACE);
    }

    private Optional<Instant> instant(Item.Mapping item, String key) {
        return item.get(key).flatMap(time -> Scalars.read(time, problems, Scalars::instant));
    }

    private void add(Placed placed) {
        var edge = placed.edge();
        var same = byEnds.computeIfAbsent(new Ends(edge.upstream(), edge.downstream()), _ -> new ArrayList<>());
        var clash = same.stream().filter(other -> other.edge().overlaps(edge)).findFirst();
        var first = firstInto.putIfAbsent(edge.downstream(), placed);
        if (clash.isPresent()) {
            problems.add(
                    placed.place(),
                    "there is an edge " + edge + " at that time already, at "
                            + clash.get().place() + ": keep one, or part them with `from` and `until`");
        } else if (first != null && isInstall(first.edge()) != isInstall(edge)) {
            problems.add(
                    placed.place(),
                    edge.downstream() + " is written into by one edge and has a session in another, at " + first.place()
                            + ": a kernel's table has no sessions, and nothing installs into a daemon");
        } else {
            same.add(placed);
            edges.add(edge);
        }
    }

    private static boolean isInstall(Edge edge) {
        return edge.link() instanceof Link.Install;
    }
}
