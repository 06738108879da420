package dev.hoplog.gap;

import dev.hoplog.chain.Chain;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.chain.Edge;
import dev.hoplog.chain.Link;
import dev.hoplog.history.Truth;
import dev.hoplog.model.Attribute;
import dev.hoplog.model.Communities;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Observed;
import dev.hoplog.model.Path;
import dev.hoplog.model.PathFlag;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.RibId;
import dev.hoplog.model.Route;
import dev.hoplog.model.TimeSpan;
import dev.hoplog.model.TimeSpans;
import dev.hoplog.model.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The causes of a gap, from what its stations show: upstream loc-rib, upstream adj-out, the session, downstream adj-in,
 * downstream loc-rib, and the FIB.
 */
public final class Explainer {
    private final Ground ground;
    private final Gap.Kind kind;

    public Explainer(Ground ground, Gap.Kind kind) {
        this.ground = ground;
        this.kind = kind;
    }

    /** One for each cause of each break, by break and then by when it first held; where none is proven, UNKNOWN. */
    public static List<Explanation> explain(Ground ground, Gap gap) {
        var explainer = new Explainer(ground, gap.kind());
        return gap.brokenFrom().entrySet().stream()
                .flatMap(broken -> explainer.explain(broken.getKey(), from(broken.getValue(), gap.certain())).stream())
                .toList();
    }

    private static TimeSpans from(Instant begin, TimeSpans spans) {
        return spans.intersect(TimeSpans.of(new TimeSpan(begin, Instant.MAX)));
    }

    /**
     * What is certain at an instant.
     *
     * @param onward hops that use the route although it is not installed
     */
    public record Finding(Cause cause, List<Evidence> evidence, Communities lacking, SortedSet<HopId> onward) {
        public static final Finding NOTHING = of(Cause.UNKNOWN, List.of());

        static Finding of(Cause cause, List<Evidence> evidence) {
            return of(cause, evidence, Communities.none());
        }

        static Finding of(Cause cause, List<Evidence> evidence, Communities lacking) {
            return new Finding(cause, evidence, lacking, Collections.emptySortedSet());
        }
    }

    /** What was found when a cause first held, and all the time that it did. */
    private record Held(Finding first, List<TimeSpan> when) {}

    private List<Explanation> explain(Break way, TimeSpans certain) {
        var causes = new LinkedHashMap<Cause, Held>();
        var unknown = Finding.NOTHING;
        for (var span : certain.spans()) {
            for (var found : findings(way, span).entrySet()) {
                var finding = found.getValue();
                if (finding.cause() != Cause.UNKNOWN) {
                    causes.computeIfAbsent(finding.cause(), _ -> new Held(finding, new ArrayList<>()))
                            .when()
                            .add(found.getKey());
                } else if (unknown.evidence().isEmpty()) {
                    unknown = finding;
                }
            }
        }
        return causes.isEmpty()
                ? List.of(Explanation.of(way, certain, unknown))
                : causes.values().stream()
                        .map(held -> Explanation.of(way, TimeSpans.of(held.when()), held.first()))
                        .toList();
    }

    /** What is certain throughout each segment of a span, in the order of time. */
    public SequencedMap<TimeSpan, Finding> findings(Break way, TimeSpan span) {
        var findings = new LinkedHashMap<TimeSpan, Finding>();
        var from = span.from();
        for (var turn : turns(way, span)) {
            findings.put(new TimeSpan(from, turn), findingAt(way, from));
            from = turn;
        }
        findings.put(new TimeSpan(from, span.to()), findingAt(way, from));
        return findings;
    }

    /** The instants strictly inside a span at which any evidence may turn. */
    private SortedSet<Instant> turns(Break way, TimeSpan span) {
        var turns = new TreeSet<Instant>();
        ground.chainsFrom(span.from())
                .forEach(chain -> edges(chain, way).forEach(edge -> {
                    turns.addAll(ground.sessions().turns(edge, span.from(), span.to()));
                    for (var rib : stations(chain, edge)) {
                        turns.addAll(ground.course(rib).turns(span.from(), span.to()));
                    }
                }));
        return turns.subSet(Course.next(span.from()), span.to());
    }

    private List<Edge> edges(Chain chain, Break way) {
        return ground.edges(chain).stream().filter(edge -> isOn(way, edge)).toList();
    }

    private static boolean isOn(Break way, Edge edge) {
        int at = way.hops().indexOf(edge.upstream());
        return at >= 0 && at + 1 < way.hops().size() && way.hops().get(at + 1).equals(edge.downstream());
    }

    /** The tables that may be evidence of a break, of all versions that are in force at an instant or later. */
    public Set<RibId> tables(Break way, Instant from) {
        var tables = new HashSet<RibId>();
        ground.chainsFrom(from)
                .forEach(chain -> edges(chain, way).forEach(edge -> {
                    tables.addAll(ground.sessions().tables(edge));
                    tables.addAll(stations(chain, edge));
                }));
        return tables;
    }

    /** When the next change of any evidence of a break is seen, or it begins or ceases to be observed, after an instant. */
    public Optional<Instant> pending(Break way, Instant after) {
        return ground.chainsFrom(after)
                .flatMap(chain -> edges(chain, way).stream()
                        .flatMap(edge -> Stream.concat(
                                Stream.concat(
                                        ground.sessions().pending(edge, after),
                                        ground.sessions().pendingCoverage(edge, after)),
                                stations(chain, edge).stream()
                                        .map(ground::course)
                                        .flatMap(course -> Stream.concat(
                                                course.pending(after).stream(),
                                                course.pendingCoverage(after).stream())))))
                .min(Instant::compareTo);
    }

    Finding findingAt(Break way, Instant instant) {
        var chain = ground.chainAt(instant).map(ChainVersion::chain);
        var edges = chain.stream()
                .flatMap(inForce -> edges(inForce, way).stream())
                .filter(edge -> edge.isThereAt(instant))
                .toList();
        var down = edges.stream()
                .flatMap(edge -> ground.sessions().down(edge, instant).stream())
                .toList();
        if (kind == Gap.Kind.SOURCE_LOST) {
            return down.isEmpty() ? Finding.NOTHING : Finding.of(Cause.SOURCE_LOST, down);
        }
        if (kind == Gap.Kind.STALE) {
            // No station shows a withdrawal that does not arrive; a session that is down shows why it does not.
            return down.isEmpty() ? Finding.NOTHING : Finding.of(Cause.SESSION_DOWN, down);
        }
        if (!way.unobserved().isEmpty()) {
            return Finding.of(Cause.HOP_NOT_OBSERVED, down);
        }
        return edges.stream()
                .findFirst()
                .map(edge -> switch (edge.link()) {
                    case Link.Install _ -> installing(chain.orElseThrow(), edge, instant);
                    case Link.Session session ->
                        down.isEmpty() ? crossing(edge, session, instant) : Finding.of(Cause.SESSION_DOWN, down);
                })
                .orElse(Finding.NOTHING);
    }

    private Finding installing(Chain chain, Edge edge, Instant instant) {
        var evidence = new ArrayList<>(evidence(
                List.of(
                        ground.rib(edge.upstream(), View.LOC_RIB),
                        ground.rib(edge.upstream(), View.FIB),
                        ground.rib(edge.downstream(), View.FIB)),
                instant));
        var onward = new TreeSet<HopId>();
        for (var away : awayFrom(chain, edge.upstream())) {
            if (away.isThereAt(instant) && away.link() instanceof Link.Session session) {
                var rib = ground.rib(away.downstream(), View.LOC_RIB);
                if (isUsedFrom(rib, session.upstream(), instant)) {
                    onward.add(away.downstream());
                    evidence.addAll(evidence(List.of(rib), instant));
                }
            }
        }
        return new Finding(Cause.NOT_INSTALLED, evidence, Communities.none(), onward);
    }

    private List<Edge> awayFrom(Chain chain, HopId hop) {
        return ground.edges(chain).stream()
                .filter(edge -> edge.upstream().equals(hop))
                .toList();
    }

    private boolean isUsedFrom(RibId rib, PeerId neighbour, Instant instant) {
        return routeAt(rib, instant).stream()
                .flatMap(route -> route.paths().stream())
                .anyMatch(path -> path.isUsable(View.LOC_RIB) && Neighbours.isFrom(path, neighbour));
    }

    private Finding crossing(Edge edge, Link.Session session, Instant instant) {
        var downstream = ground.rib(edge.downstream(), View.LOC_RIB);
        var paths = routeAt(downstream, instant).map(Route::paths).orElse(List.of());
        var there = paths.stream()
                .filter(path -> Neighbours.isFrom(path, session.upstream()))
                .filter(path -> !path.has(PathFlag.REMOVED) && !path.has(PathFlag.HISTORY))
                .toList();
        if (!there.isEmpty()) {
            return Finding.of(unused(there), evidence(List.of(downstream), instant));
        }
        if (paths.stream().anyMatch(path -> Neighbours.mayBeFrom(path, session.upstream()))) {
            return Finding.NOTHING;
        }
        var sent = ground.adj(edge.upstream(), View.ADJ_RIB_OUT_POST, session.downstream());
        var unsent = ground.adj(edge.upstream(), View.ADJ_RIB_OUT_REJECTED, session.downstream());
        var received = ground.adj(edge.downstream(), View.ADJ_RIB_IN_PRE, session.upstream());
        var refused = ground.adj(edge.downstream(), View.ADJ_RIB_IN_REJECTED, session.upstream());
        var had = ground.rib(edge.upstream(), View.LOC_RIB);
        if (isThere(received, instant) || isThere(refused, instant)) {
            var lacking = lacking(edge, List.of(received, refused, sent, had), instant);
            // What a policy misses somebody may have taken away: all who had it in hand show who.
            var seen = lacking.equals(Communities.none())
                    ? List.of(received, refused, downstream)
                    : List.of(had, sent, received, refused, downstream);
            return Finding.of(Cause.REJECTED_ON_IMPORT, evidence(seen, instant), lacking);
        }
        // Without a session nothing is sent and nothing received, whatever the policy: what is missing proves nothing
        // then.
        boolean isUp = ground.sessions().isUpAt(edge, instant);
        if (isMissing(sent, instant) && isUp || isThere(unsent, instant)) {
            return Finding.of(
                    Cause.NOT_EXPORTED,
                    evidence(List.of(had, sent, unsent), instant),
                    lacking(edge, List.of(had), instant));
        }
        if (isThere(sent, instant) && isMissing(received, instant) && isUp) {
            return Finding.of(Cause.LISTED_AS_EXPORTED_BUT_NOT_RECEIVED, evidence(List.of(sent, received), instant));
        }
        return isUp ? Finding.NOTHING : Finding.of(Cause.UNKNOWN, evidence(List.of(sent, received), instant));
    }

    private static Cause unused(List<Path> paths) {
        return paths.stream().anyMatch(path -> path.has(PathFlag.VALID)) ? Cause.NOT_BEST : Cause.NEXT_HOP_UNREACHABLE;
    }

    /** What the edge requires and the first of the tables that shows the route's communities does not have on it. */
    private Communities lacking(Edge edge, List<RibId> tables, Instant instant) {
        var required = edge.requires(ground.prefix());
        for (var table : tables) {
            if (truth(table, instant) instanceof Truth.Present present
                    && present.seen().row() instanceof Route route
                    && showsCommunities(present.seen().observed())) {
                var carried = route.paths().getFirst().communities();
                return new Communities(
                        required.standard().stream()
                                .filter(community -> !carried.standard().contains(community))
                                .toList(),
                        required.large().stream()
                                .filter(community -> !carried.large().contains(community))
                                .toList(),
                        List.of(),
                        List.of());
            }
        }
        return Communities.none();
    }

    private static boolean showsCommunities(Observed observed) {
        return observed.includes(Attribute.COMMUNITIES) && observed.includes(Attribute.LARGE_COMMUNITIES);
    }

    private List<RibId> stations(Chain chain, Edge edge) {
        var stations = new ArrayList<RibId>();
        for (var end : List.of(edge.upstream(), edge.downstream())) {
            stations.add(ground.rib(end, View.FIB));
            if (chain.viewOf(end) == View.LOC_RIB) {
                stations.add(ground.rib(end, View.LOC_RIB));
            }
        }
        switch (edge.link()) {
            case Link.Session session -> {
                stations.add(ground.adj(edge.upstream(), View.ADJ_RIB_OUT_POST, session.downstream()));
                stations.add(ground.adj(edge.upstream(), View.ADJ_RIB_OUT_REJECTED, session.downstream()));
                stations.add(ground.adj(edge.downstream(), View.ADJ_RIB_IN_PRE, session.upstream()));
                stations.add(ground.adj(edge.downstream(), View.ADJ_RIB_IN_REJECTED, session.upstream()));
            }
            case Link.Install _ ->
                awayFrom(chain, edge.upstream()).stream()
                        .filter(away -> away.link() instanceof Link.Session)
                        .forEach(away -> stations.add(ground.rib(away.downstream(), View.LOC_RIB)));
        }
        return stations;
    }

    private boolean isThere(RibId rib, Instant instant) {
        return truth(rib, instant) instanceof Truth.Present;
    }

    private boolean isMissing(RibId rib, Instant instant) {
        return truth(rib, instant) instanceof Truth.Absent;
    }

    private Optional<Route> routeAt(RibId rib, Instant instant) {
        return truth(rib, instant) instanceof Truth.Present present
                        && present.seen().row() instanceof Route route
                ? Optional.of(route)
                : Optional.empty();
    }

    /** What is known of these tables. */
    private List<Evidence> evidence(List<RibId> ribs, Instant instant) {
        return ribs.stream()
                .map(rib -> new Evidence(rib, ground.row(), truth(rib, instant)))
                .filter(evidence -> evidence.truth().isKnown())
                .toList();
    }

    private Truth truth(RibId rib, Instant instant) {
        return ground.course(rib).truth(instant);
    }
}
