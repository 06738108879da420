package dev.hoplog.gap;

import dev.hoplog.chain.Edge;
import dev.hoplog.chain.Link;
import dev.hoplog.history.Truth;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.Attribute;
import dev.hoplog.model.Communities;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Observed;
import dev.hoplog.model.Path;
import dev.hoplog.model.PathFlag;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.RibId;
import dev.hoplog.model.Route;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.TimeSpan;
import dev.hoplog.model.TimeSpans;
import dev.hoplog.model.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The causes of a gap, from what its stations show: upstream loc-rib, upstream adj-out, the session, downstream adj-in,
 * downstream loc-rib, and the FIB.
 */
public final class Explainer {
    private final String network;
    private final Gap gap;
    private final AddressFamily family;
    private final RowKey row;
    private final Histories histories;
    private final Sessions sessions;
    private final Map<RibId, Course> read = new HashMap<>();

    private Explainer(String network, Gap gap, Histories histories) {
        this.network = network;
        this.gap = gap;
        this.family = AddressFamily.unicast(gap.prefix().address().version());
        this.row = RowKey.of(gap.prefix());
        this.histories = histories;
        this.sessions = new Sessions(network, family, histories);
    }

    /** One for each cause of each break, by break and then by when it first held; where none is proven, UNKNOWN. */
    public static List<Explanation> explain(String network, Gap gap, Histories histories) {
        var explainer = new Explainer(network, gap, histories);
        return gap.breaks().stream()
                .flatMap(way -> explainer.explain(way).stream())
                .toList();
    }

    /** What is certain at an instant. */
    private record Finding(Cause cause, List<Evidence> evidence, Communities lacking) {
        static Finding of(Cause cause, List<Evidence> evidence) {
            return new Finding(cause, evidence, Communities.none());
        }
    }

    /** What was found when a cause first held, and all the time that it did. */
    private record Held(Finding first, List<TimeSpan> when) {}

    private List<Explanation> explain(Break way) {
        var causes = new LinkedHashMap<Cause, Held>();
        for (var segment : segments(way)) {
            var finding = findingAt(way, segment.from());
            if (finding.cause() != Cause.UNKNOWN) {
                causes.computeIfAbsent(finding.cause(), _ -> new Held(finding, new ArrayList<>()))
                        .when()
                        .add(segment);
            }
        }
        return causes.isEmpty()
                ? List.of(new Explanation(way, Cause.UNKNOWN, gap.certain(), List.of(), Communities.none()))
                : causes.values().stream()
                        .map(held -> new Explanation(
                                way,
                                held.first().cause(),
                                TimeSpans.of(held.when()),
                                held.first().evidence(),
                                held.first().lacking()))
                        .toList();
    }

    /** The certain time of the gap, cut wherever any evidence may turn. */
    private List<TimeSpan> segments(Break way) {
        var turns = new TreeSet<Instant>();
        for (var edge : way.edges()) {
            turns.addAll(sessions.turns(edge));
            stations(edge).forEach(rib -> turns.addAll(course(rib).turns()));
        }
        var segments = new ArrayList<TimeSpan>();
        for (var span : gap.certain().spans()) {
            var from = span.from();
            for (var turn : turns.subSet(span.from(), false, span.to(), false)) {
                segments.add(new TimeSpan(from, turn));
                from = turn;
            }
            segments.add(new TimeSpan(from, span.to()));
        }
        return segments;
    }

    private Finding findingAt(Break way, Instant instant) {
        var down = way.edges().stream()
                .flatMap(edge -> sessions.down(edge, instant).stream())
                .toList();
        if (gap.kind() == Gap.Kind.SOURCE_LOST) {
            return down.isEmpty() ? Finding.of(Cause.UNKNOWN, List.of()) : Finding.of(Cause.SOURCE_LOST, down);
        }
        var edge = way.edges().getLast();
        if (!way.unobserved().isEmpty()) {
            return Finding.of(Cause.HOP_NOT_OBSERVED, down);
        }
        return switch (edge.link()) {
            case Link.Install _ -> installing(edge, instant);
            case Link.Session session ->
                down.isEmpty() ? crossing(edge, session, instant) : Finding.of(Cause.SESSION_DOWN, down);
        };
    }

    private Finding installing(Edge edge, Instant instant) {
        return Finding.of(
                Cause.NOT_INSTALLED,
                evidence(
                        List.of(
                                rib(edge.upstream(), View.LOC_RIB),
                                rib(edge.upstream(), View.FIB),
                                rib(edge.downstream(), View.FIB)),
                        instant));
    }

    private Finding crossing(Edge edge, Link.Session session, Instant instant) {
        var downstream = rib(edge.downstream(), View.LOC_RIB);
        var there = routeAt(downstream, instant).stream()
                .flatMap(route -> route.paths().stream())
                .filter(path -> Expectation.isFrom(path, session.upstream()))
                .toList();
        if (!there.isEmpty()) {
            return Finding.of(unused(there), evidence(List.of(downstream), instant));
        }
        var sent = adj(edge.upstream(), View.ADJ_RIB_OUT_POST, session.downstream());
        var unsent = adj(edge.upstream(), View.ADJ_RIB_OUT_REJECTED, session.downstream());
        var received = adj(edge.downstream(), View.ADJ_RIB_IN_PRE, session.upstream());
        var refused = adj(edge.downstream(), View.ADJ_RIB_IN_REJECTED, session.upstream());
        if (isThere(received, instant) || isThere(refused, instant)) {
            return new Finding(
                    Cause.REJECTED_ON_IMPORT,
                    evidence(List.of(received, refused, downstream), instant),
                    lacking(edge, List.of(received, refused, rib(edge.upstream(), View.LOC_RIB)), instant));
        }
        if (isMissing(sent, instant) || isThere(unsent, instant)) {
            return new Finding(
                    Cause.NOT_EXPORTED,
                    evidence(List.of(rib(edge.upstream(), View.LOC_RIB), sent, unsent), instant),
                    lacking(edge, List.of(rib(edge.upstream(), View.LOC_RIB)), instant));
        }
        if (isThere(sent, instant) && isMissing(received, instant)) {
            return Finding.of(Cause.LISTED_AS_EXPORTED_BUT_NOT_RECEIVED, evidence(List.of(sent, received), instant));
        }
        return Finding.of(Cause.UNKNOWN, List.of());
    }

    private static Cause unused(List<Path> paths) {
        return paths.stream().anyMatch(path -> path.has(PathFlag.VALID)) ? Cause.NOT_BEST : Cause.NEXT_HOP_UNREACHABLE;
    }

    /** What the edge requires and the first of the tables that shows the route's communities does not have on it. */
    private Communities lacking(Edge edge, List<RibId> tables, Instant instant) {
        var required = edge.requires(gap.prefix());
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

    private List<RibId> stations(Edge edge) {
        var stations = new ArrayList<>(List.of(
                rib(edge.upstream(), View.LOC_RIB),
                rib(edge.upstream(), View.FIB),
                rib(edge.downstream(), View.LOC_RIB),
                rib(edge.downstream(), View.FIB)));
        if (edge.link() instanceof Link.Session session) {
            stations.add(adj(edge.upstream(), View.ADJ_RIB_OUT_POST, session.downstream()));
            stations.add(adj(edge.upstream(), View.ADJ_RIB_OUT_REJECTED, session.downstream()));
            stations.add(adj(edge.downstream(), View.ADJ_RIB_IN_PRE, session.upstream()));
            stations.add(adj(edge.downstream(), View.ADJ_RIB_IN_REJECTED, session.upstream()));
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
                .map(rib -> new Evidence(rib, row, truth(rib, instant)))
                .filter(evidence -> evidence.truth().isKnown())
                .toList();
    }

    private Truth truth(RibId rib, Instant instant) {
        return course(rib).at(instant).truth();
    }

    private Course course(RibId rib) {
        return read.computeIfAbsent(rib, _ -> Course.of(histories, rib, row));
    }

    private RibId rib(HopId hop, View view) {
        return RibId.of(network, hop, family, view);
    }

    private RibId adj(HopId hop, View view, PeerId peer) {
        return RibId.adj(network, hop, family, view, peer);
    }
}
