package dev.hoplog.gap;

import dev.hoplog.chain.Chain;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.chain.Edge;
import dev.hoplog.chain.Link;
import dev.hoplog.gap.Crossing.Reason;
import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Path;
import dev.hoplog.model.PathFlag;
import dev.hoplog.model.Route;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/** What became of a prefix at each edge of the chain at an instant, by the rules that decide gaps. */
public final class Edges {
    private final Ground ground;
    private final Chain chain;
    private final Instant at;
    private final Explainer explainer;
    private final List<Gap> open;

    private Edges(Ground ground, Chain chain, Instant at) {
        this.ground = ground;
        this.chain = chain;
        this.at = at;
        this.explainer = new Explainer(ground, Gap.Kind.MISSING);
        this.open = GapFinder.find(ground, at).stream()
                .filter(gap -> gap.ending().isEmpty() && gap.certain().contains(at))
                .toList();
    }

    /**
     * The edges that should carry the prefix and are there at the instant, from where it comes downstream; those that should
     * not pass it on last. None, if no chain is in force then.
     */
    public static List<EdgeCrossing> at(Ground ground, Instant instant) {
        return ground.chainAt(instant)
                .map(ChainVersion::chain)
                .map(chain -> ordered(new Edges(ground, chain, instant).crossings()))
                .orElse(List.of());
    }

    private List<EdgeCrossing> crossings() {
        return ground.edges(chain).stream()
                .filter(edge -> edge.isThereAt(at))
                .map(edge -> new EdgeCrossing(edge, crossing(edge)))
                .toList();
    }

    private Crossing crossing(Edge edge) {
        var upstream = step(edge.upstream());
        var downstream = step(edge.downstream());
        return switch (upstream.standing()) {
            case LACKS -> new Crossing.NotExpected(Reason.UPSTREAM_LACKS, isFromThere(edge, downstream));
            case UNDECIDED, UNOBSERVED -> notKnown(edge, upstream, downstream);
            case HAS -> fromWhoHas(edge, upstream, downstream);
        };
    }

    private static boolean isFromThere(Edge edge, Course.Step downstream) {
        return edge.link() instanceof Link.Session session
                && downstream.possible().size() == 1
                && downstream.possible().getFirst().row() instanceof Route route
                && route.paths().stream().anyMatch(path -> Neighbours.isFrom(path, session.upstream()));
    }

    private Crossing fromWhoHas(Edge edge, Course.Step upstream, Course.Step downstream) {
        var objection = Expectation.objection(chain, edge, upstream);
        if (downstream.standing() == Standing.HAS) {
            if (downstream.possible().size() != 1 || upstream.possible().size() != 1) {
                return objection
                        .<Crossing>map(reason -> new Crossing.NotExpected(reason, false))
                        .orElse(new Crossing.Carried(Optional.empty()));
            }
            return received(
                    edge, upstream.possible().getFirst(), downstream.possible().getFirst(), objection);
        }
        if (objection.isPresent()) {
            return new Crossing.NotExpected(objection.get(), false);
        }
        return downstream.standing() == Standing.LACKS ? lacking(edge) : notKnown(edge, upstream, downstream);
    }

    private static Crossing received(Edge edge, Seen upstream, Seen downstream, Optional<Reason> objection) {
        var paths = ((Route) downstream.row()).paths();
        var fromThere = paths.stream()
                .filter(path ->
                        !(edge.link() instanceof Link.Session session) || Neighbours.isFrom(path, session.upstream()))
                .toList();
        boolean isTold =
                !(edge.link() instanceof Link.Session session) || Neighbours.tells(downstream, session.upstream());
        // What came all the same came, whatever was expected.
        boolean came = edge.link() instanceof Link.Session && isTold && !fromThere.isEmpty();
        if (objection.isPresent() && !came) {
            return new Crossing.NotExpected(objection.get(), false);
        }
        if (!isTold) {
            return new Crossing.Carried(Optional.empty());
        }
        if (fromThere.isEmpty()) {
            return new Crossing.FromElsewhere();
        }
        var after = Passage.preferred(fromThere, Edges::isUsed).getFirst();
        var before = Passage.preferred(((Route) upstream.row()).paths(), Edges::isUsed)
                .getFirst();
        return new Crossing.Carried(Optional.of(Passage.of(upstream, before, downstream, after, isUsed(after))));
    }

    private static boolean isUsed(Path path) {
        return path.has(PathFlag.BEST) || path.has(PathFlag.INSTALLED);
    }

    private Crossing lacking(Edge edge) {
        var way = new Break(List.of(edge.upstream(), edge.downstream()));
        var ready = ground.thereSince(edge, at, Expectation.certainSince(chain, edge, course(edge.upstream()), at))
                .plus(edge.grace())
                .plus(course(edge.upstream()).clockErrorBeside(course(edge.downstream()), at));
        boolean isOpen = open.stream().anyMatch(gap -> gap.breaks().contains(way));
        return !isOpen && at.isBefore(ready)
                ? new Crossing.UnderWay(ready)
                : new Crossing.Missing(explainer.findingAt(way, at));
    }

    private Crossing notKnown(Edge edge, Course.Step upstream, Course.Step downstream) {
        var unobserved = new TreeSet<HopId>();
        var undecided = new TreeSet<HopId>();
        Map.of(edge.upstream(), upstream, edge.downstream(), downstream).forEach((hop, step) -> {
            switch (step.standing()) {
                case UNOBSERVED -> unobserved.add(hop);
                case UNDECIDED -> undecided.add(hop);
                case HAS, LACKS -> {}
            }
        });
        return new Crossing.NotKnown(unobserved, undecided, ground.sessions().down(edge, at));
    }

    private Course course(HopId hop) {
        return Objects.requireNonNull(ground.courses(chain).get(hop));
    }

    private Course.Step step(HopId hop) {
        return course(hop).at(at);
    }

    /** By how many edges each lies from where the prefix comes in; a chain may go round in circles. */
    private static List<EdgeCrossing> ordered(List<EdgeCrossing> crossings) {
        var fed = new HashSet<HopId>();
        var carriedOn = new HashSet<HopId>();
        for (var crossing : crossings) {
            if (crossing.leadsOn()) {
                fed.add(crossing.edge().downstream());
            }
            if (crossing.feeds()) {
                carriedOn.add(crossing.edge().downstream());
            }
        }
        var depths = new HashMap<HopId, Integer>();
        // First what carries it on, then what should have, so that a loop of edges does not make its end a beginning.
        crossings.stream()
                .filter(crossing ->
                        crossing.feeds() && !carriedOn.contains(crossing.edge().upstream()))
                .forEach(crossing -> depths.put(crossing.edge().upstream(), 0));
        crossings.stream()
                .filter(crossing ->
                        crossing.leadsOn() && !fed.contains(crossing.edge().upstream()))
                .forEach(crossing -> depths.put(crossing.edge().upstream(), 0));
        descend(crossings, depths);
        return crossings.stream()
                .sorted(Comparator.comparing((EdgeCrossing crossing) -> !crossing.isExpected())
                        .thenComparing(
                                crossing -> depths.getOrDefault(crossing.edge().upstream(), Integer.MAX_VALUE))
                        .thenComparing(crossing -> crossing.edge().upstream())
                        .thenComparing(crossing -> crossing.edge().downstream()))
                .toList();
    }

    private static void descend(List<EdgeCrossing> crossings, Map<HopId, Integer> depths) {
        var left = new ArrayDeque<>(depths.keySet().stream().sorted().toList());
        while (!left.isEmpty()) {
            var hop = left.removeFirst();
            for (var crossing : crossings) {
                if (crossing.leadsOn() && crossing.edge().upstream().equals(hop)) {
                    var below = crossing.edge().downstream();
                    if (depths.putIfAbsent(below, depths.getOrDefault(hop, 0) + 1) == null) {
                        left.addLast(below);
                    }
                }
            }
        }
    }
}
