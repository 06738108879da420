package dev.hoplog.gap;

import dev.hoplog.chain.Edge;
import dev.hoplog.chain.Link;
import dev.hoplog.gap.Gap.End;
import dev.hoplog.gap.Gap.Kind;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.HopId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Gaps of hops that lack the prefix. One opens at a hop that is proven to lack it when a source upstream has been proven to
 * have it for as long as the edges between may take. It goes on while either end is undecided or not observed, and ends when
 * the hop is proven to have it, or all sources are proven to lack it.
 */
final class Losses {
    private final Ground ground;
    private final OpenGaps gaps;
    private final Scene scene;
    private final Instant at;
    private final Map<HopId, Frontier> frontiers = new HashMap<>();

    Losses(Scene scene, OpenGaps gaps) {
        this.ground = scene.ground();
        this.gaps = gaps;
        this.scene = scene;
        this.at = scene.at();
    }

    void take() {
        gaps.all().stream()
                .filter(gap -> gap.kind().isLoss())
                .filter(gap -> !scene.steps().containsKey(gap.hop()))
                .forEach(gap -> gaps.close(gap, End.MOOT, Moments.exactly(at)));
        scene.steps().forEach((hop, step) -> {
            switch (step.standing()) {
                case HAS -> restore(hop);
                case LACKS -> lack(hop);
                case UNDECIDED -> {}
                case UNOBSERVED -> suspend(hop, true);
            }
        });
        blame();
    }

    private Course course(HopId hop) {
        return scene.course(hop);
    }

    private void restore(HopId hop) {
        gaps.at(Place.lacking(hop))
                .ifPresent(gap -> gaps.close(gap, End.RESTORED, course(hop).standingSince(at)));
    }

    private void suspend(HopId hop, boolean whether) {
        gaps.suspend(Place.lacking(hop), whether, at);
    }

    private void lack(HopId hop) {
        var frontier = Frontier.of(
                hop,
                at,
                upstream -> ground.into(scene.chain(), upstream),
                scene::step,
                (edge, step) -> Expectation.passesOn(scene.chain(), edge, step),
                this::passedOn);
        frontiers.put(hop, frontier);
        gaps.at(Place.lacking(hop)).ifPresentOrElse(gap -> goOn(gap, frontier), () -> openAnew(hop, frontier));
    }

    /** What its upstream end had last it would have passed on; where that is not so, that it is gone there took nothing away. */
    private boolean passedOn(Edge edge) {
        return course(edge.upstream())
                .lastHad(at)
                .map(seen -> Expectation.passesOn(scene.chain(), edge, seen))
                .orElse(true);
    }

    private void goOn(OpenGap gap, Frontier frontier) {
        var known = frontier.sources().stream().filter(gap.breaks()::contains).toList();
        // A hop that falls silent suspends the gap; only what opens anew is looked for behind it.
        var further = frontier.sources().stream()
                .filter(way -> !gap.breaks().contains(way) && way.unobserved().isEmpty())
                .toList();
        var due = due(gap.hop(), further);
        boolean isLost = gap.kind() == Kind.SOURCE_LOST
                && fromWhoHad(frontier.origins().stream().filter(way -> isLost(gap.hop(), way)))
                        .anyMatch(gap.breaks()::contains);
        if (!known.isEmpty() || !due.isEmpty() || isLost) {
            suspend(gap.hop(), false);
            due.forEach(way -> gaps.breaksAlsoAt(Place.lacking(gap.hop()), way, at));
            gaps.certain(gap);
        } else if (frontier.isSettled() && frontier.sources().isEmpty()) {
            gaps.close(gap, End.MOOT, moot(gap));
        } else if (further.isEmpty() && frontier.undecided().isEmpty()) {
            suspend(gap.hop(), true);
        }
    }

    private void openAnew(HopId hop, Frontier frontier) {
        var sources = frontier.sources().stream().filter(way -> isNew(hop, way)).toList();
        var due = due(hop, sources);
        if (!due.isEmpty()) {
            open(hop, Kind.MISSING, due, opening(hop, due));
        } else if (frontier.sources().isEmpty() && frontier.undecided().isEmpty()) {
            var lost = longest(fromWhoHad(
                            frontier.origins().stream().filter(way -> isLost(hop, way) && wasSilent(hop, way)))
                    .toList());
            if (!lost.isEmpty()) {
                open(hop, Kind.SOURCE_LOST, lost, course(hop).standingSince(at));
            }
        }
    }

    /** Those on which it may not be under way any more. When the first of the others is not, it is looked at again. */
    private List<Break> due(HopId hop, List<Break> ways) {
        var due = new ArrayList<Break>();
        for (var way : ways) {
            var ready = ready(hop, way);
            if (ready.isAfter(at)) {
                gaps.setTimer(ready);
            } else {
                due.add(way);
            }
        }
        return due;
    }

    private void open(HopId hop, Kind kind, List<Break> breaks, Bounds bounds) {
        gaps.open(scene, Place.lacking(hop), kind, breaks, bounds);
    }

    /**
     * Whether what took the prefix from the hop, or brought it to the source, came after the hops between fell silent.
     * Before, the one that was observed then would have had the gap, or did not pass it on.
     */
    private boolean isNew(HopId hop, Break way) {
        var opening = opening(hop, List.of(way)).atOrBefore();
        return way.unobserved().stream()
                .allMatch(between -> course(between).unobservedSince(at).isBefore(opening));
    }

    /**
     * From when on a gap is certain: the source has had what it should pass on for as long as the way from it may take, and
     * the two were so at one time, whichever scraper's clock is off.
     */
    private Instant ready(HopId hop, Break way) {
        var source = course(way.source());
        var edges = edges(way);
        var ready = Expectation.certainSince(scene.chain(), edges.getFirst(), source, at);
        var grace = Duration.ZERO;
        for (var edge : edges) {
            grace = grace.plus(edge.grace());
            ready = later(ready, ground.thereSince(edge, at, ready));
        }
        return later(ready.plus(grace), course(hop).certainSince(at)).plus(scene.clockError(way.source(), hop));
    }

    private List<Edge> edges(Break way) {
        var edges = new ArrayList<Edge>();
        for (int i = 1; i < way.hops().size(); i++) {
            edges.add(scene.edge(way.hops().get(i - 1), way.hops().get(i)).orElseThrow());
        }
        return edges;
    }

    /** The later of the two: the hop lost it, or the first source had it to pass on. */
    private Bounds opening(HopId hop, List<Break> sources) {
        var had = sources.stream()
                .map(way -> Expectation.since(scene.chain(), edges(way).getFirst(), course(way.source()), at))
                .min((a, b) -> a.atOrBefore().compareTo(b.atOrBefore()))
                .orElseThrow();
        return Moments.later(course(hop).standingSince(at), had);
    }

    /**
     * Ways without the hops that the prefix did not come through: what was seen to lack it when it fell silent had none to give,
     * nor those behind it by way of that one. None is left of a way whose last hop lacked it.
     */
    private Stream<Break> fromWhoHad(Stream<Break> ways) {
        return ways.map(way -> {
                    int begin = way.hops().size() - 1;
                    while (begin > 0 && !course(way.hops().get(begin - 1)).lackedLast(at)) {
                        begin--;
                    }
                    return way.hops().subList(begin, way.hops().size());
                })
                .filter(hops -> hops.size() > 1)
                .distinct()
                .map(Break::new);
    }

    /** Those that are not the end of another. */
    private static List<Break> longest(List<Break> ways) {
        return ways.stream()
                .filter(way -> ways.stream().noneMatch(longer -> isEndOf(way.hops(), longer.hops())))
                .toList();
    }

    private static boolean isEndOf(List<HopId> hops, List<HopId> longer) {
        int more = longer.size() - hops.size();
        return more > 0 && longer.subList(more, longer.size()).equals(hops);
    }

    /** Whether the hop last had it from there, and the session is down. */
    private boolean isLost(HopId hop, Break way) {
        return scene.edge(way.last(), hop)
                .filter(edge -> edge.link() instanceof Link.Session session
                        && ground.sessions().isDownAt(edge, at)
                        && course(hop).hadLast(session.upstream(), at))
                .isPresent();
    }

    /** Whether nothing was observed any more of where it came from when the hop lost it: before, it may have been withdrawn. */
    private boolean wasSilent(HopId hop, Break way) {
        var lost = course(hop).standingSince(at).atOrBefore();
        return way.hops().stream()
                .filter(silent -> !silent.equals(hop))
                .allMatch(silent -> course(silent).unobservedSince(at).isBefore(lost));
    }

    /** When all on its ways who are seen to lack it did, and never before it opened; where nobody is, it is the chain that turned. */
    private Bounds moot(OpenGap gap) {
        return gap.breaks().stream()
                .flatMap(way -> way.hops().stream().limit(way.hops().size() - 1L))
                .distinct()
                .filter(hop -> scene.steps().containsKey(hop) && scene.step(hop).standing() == Standing.LACKS)
                .map(hop -> course(hop).standingSince(at))
                .reduce(Moments::later)
                .map(lacked -> Moments.later(lacked, gap.opened()))
                .orElseGet(() -> Moments.exactly(at));
    }

    /** Hops that lack it, and that no source could give it to, lack it for the reason that the hops before them do. */
    private void blame() {
        frontiers.forEach((hop, frontier) -> {
            if (!gaps.isOpen(Place.lacking(hop)) && frontier.sources().isEmpty()) {
                culprits(hop, new HashSet<>()).forEach(culprit -> gaps.affects(Place.lacking(culprit), hop, at));
            }
        });
    }

    private Set<HopId> culprits(HopId hop, Set<HopId> visited) {
        var culprits = new TreeSet<HopId>();
        var frontier = frontiers.get(hop);
        if (visited.add(hop) && frontier != null) {
            for (var upstream : frontier.lacking()) {
                if (gaps.isOpen(Place.lacking(upstream))) {
                    culprits.add(upstream);
                } else {
                    culprits.addAll(culprits(upstream, visited));
                }
            }
        }
        return culprits;
    }

    private static Instant later(Instant a, Instant b) {
        return a.isBefore(b) ? b : a;
    }
}
