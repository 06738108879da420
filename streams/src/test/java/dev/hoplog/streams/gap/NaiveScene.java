package dev.hoplog.streams.gap;

import dev.hoplog.chain.Chain;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.chain.Edge;
import dev.hoplog.chain.Link;
import dev.hoplog.gap.Break;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.HopId;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.RibId;
import dev.hoplog.model.Route;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.View;
import dev.hoplog.streams.gap.NaiveCourse.Known;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is so at a tick: where the prefix is known to be, and by which ways it may come from there. The tick goes on; what was
 * found out of tables stays.
 */
final class NaiveScene {
    private record Row(RibId rib, RowKey key) {}

    private final NaiveLog log;
    private final int horizon;
    private final Map<Row, NaiveCourse> courses = new HashMap<>();
    /** Where the hops of the version at hand have the prefix. */
    private final Map<HopId, NaiveCourse> ofHops = new HashMap<>();

    private final Map<List<HopId>, BitSet> wasThere = new HashMap<>();

    private int tick;
    private @Nullable ChainVersion version;

    NaiveScene(NaiveLog log, int horizon) {
        this.log = log;
        this.horizon = horizon;
    }

    /** Whether a chain is in force then. */
    boolean turnTo(int next) {
        tick = next;
        var inForce = log.chainsAt(tick);
        if (inForce.isEmpty()) {
            return false;
        }
        if (inForce.getFirst() != version) {
            version = inForce.getFirst();
            ofHops.clear();
        }
        return true;
    }

    ChainVersion version() {
        return Objects.requireNonNull(version);
    }

    SortedSet<HopId> hops() {
        var hops = new TreeSet<HopId>();
        carrying().forEach(edge -> hops.addAll(List.of(edge.upstream(), edge.downstream())));
        return hops;
    }

    /** Ways up from a hop, each a list of edges in the direction of the route, sorted by what is at their beginning. */
    static final class Ways {
        final List<List<Edge>> sources = new ArrayList<>();
        final List<List<Edge>> origins = new ArrayList<>();
        final Set<HopId> lacking = new TreeSet<>();
        boolean isUndecided;
    }

    private Stream<Edge> carrying() {
        return chain().edges().stream().filter(edge -> edge.carries(GapWorld.PREFIX));
    }

    private Chain chain() {
        return version().chain();
    }

    private RibId rib(HopId hop) {
        return NaiveLog.table(hop, chain().viewOf(hop));
    }

    NaiveCourse course(HopId hop) {
        return ofHops.computeIfAbsent(hop, _ -> course(rib(hop), RowKey.of(GapWorld.PREFIX)));
    }

    private NaiveCourse course(RibId rib, RowKey key) {
        return courses.computeIfAbsent(new Row(rib, key), _ -> log.course(rib, key, horizon));
    }

    Known known(HopId hop) {
        return course(hop).at(tick);
    }

    Ways waysTo(HopId hop) {
        var ways = new Ways();
        var longer = List.of(List.<Edge>of());
        while (!longer.isEmpty()) {
            var next = new ArrayList<List<Edge>>();
            for (var way : longer) {
                var behind = extended(way, hop);
                if (!way.isEmpty() && behind.isEmpty()) {
                    ways.origins.add(way);
                }
                for (var further : behind) {
                    var end = further.getFirst().upstream();
                    switch (known(end)) {
                        case HAS -> ways.sources.add(further);
                        case LACKS -> {
                            if (further.stream().allMatch(this::brought)) {
                                ways.lacking.add(end);
                            }
                        }
                        case UNDECIDED -> ways.isUndecided = true;
                        case UNOBSERVED -> next.add(further);
                    }
                }
            }
            longer = next;
        }
        return ways;
    }

    /** All ways that are longer by one edge that may bring it. */
    private List<List<Edge>> extended(List<Edge> way, HopId hop) {
        var begin = way.isEmpty() ? hop : way.getFirst().upstream();
        return carrying()
                .filter(edge -> edge.downstream().equals(begin) && edge.isThereAt(NaiveGaps.instant(tick)))
                .filter(edge -> !edge.upstream().equals(hop)
                        && way.stream().noneMatch(below -> below.upstream().equals(edge.upstream())))
                .filter(edge ->
                        way.isEmpty() || !(edge.isInternal() && way.getFirst().isInternal()))
                .filter(edge -> known(edge.upstream()) != Known.HAS
                        || course(edge.upstream()).possible(tick).stream()
                                .allMatch(seen -> NaiveExpectation.isExpected(chain(), edge, seen)))
                .map(edge -> Stream.concat(Stream.of(edge), way.stream()).toList())
                .toList();
    }

    /** Whether the edge would have passed on what its beginning had, as far as is known. */
    private boolean brought(Edge edge) {
        return course(edge.upstream())
                .lastHad(tick)
                .map(seen -> NaiveExpectation.isExpected(chain(), edge, seen))
                .orElse(true);
    }

    static Break along(List<Edge> way) {
        return new Break(
                Stream.concat(Stream.of(way.getFirst().upstream()), way.stream().map(Edge::downstream))
                        .toList());
    }

    /** Whether the hops between were silent already when it got lost or the source had it. */
    boolean isNews(HopId hop, List<Edge> way) {
        int opened = NaiveGaps.tick(
                NaiveGaps.both(course(hop).turned(tick), came(way.getFirst())).atOrBefore());
        return way.stream()
                .skip(1)
                .map(Edge::upstream)
                .allMatch(between -> course(between).lastObserved(tick) < opened);
    }

    boolean isOverdue(HopId hop, List<Edge> way) {
        var source = way.getFirst().upstream();
        int ready = hadToPassOn(way.getFirst());
        int grace = 0;
        for (var edge : way) {
            grace += 2 * (int) edge.grace().toSeconds();
            ready = Math.max(ready, thereSince(edge));
        }
        int due = Math.max(ready + grace, course(hop).since(tick)) + log.clockError(rib(source), rib(hop), tick);
        return due <= tick;
    }

    /** The first tick of those up to now at which the beginning of an edge had what the edge should pass on, without a break. */
    private int hadToPassOn(Edge edge) {
        var course = course(edge.upstream());
        int since = tick;
        while (since > course.since(tick)
                && course.possible(since - 1).stream()
                        .allMatch(seen -> NaiveExpectation.isExpected(chain(), edge, seen))) {
            since--;
        }
        return since;
    }

    /** When it came to have that. */
    Bounds came(Edge edge) {
        return course(edge.upstream()).turned(tick, seen -> NaiveExpectation.isExpected(chain(), edge, seen));
    }

    /** The first tick of those up to now at which such an edge was there without a break. */
    private int thereSince(Edge edge) {
        var there = wasThere.computeIfAbsent(List.of(edge.upstream(), edge.downstream()), this::there);
        int since = tick;
        while (since > 0 && there.get(since - 1)) {
            since--;
        }
        return since;
    }

    /** The ticks at which there was an edge between two hops. */
    private BitSet there(List<HopId> ends) {
        var there = new BitSet();
        for (int when = 0; when <= horizon; when++) {
            var at = NaiveGaps.instant(when);
            there.set(
                    when,
                    log.chainsAt(when).stream()
                            .flatMap(inForce -> inForce.chain().edges().stream())
                            .anyMatch(edge ->
                                    List.of(edge.upstream(), edge.downstream()).equals(ends)
                                            && edge.carries(GapWorld.PREFIX)
                                            && edge.isThereAt(at)));
        }
        return there;
    }

    /** Whether the hop lost it when nothing was observed any more of those that it came from. */
    boolean fellSilentFirst(HopId hop, List<Edge> way) {
        int lost = NaiveGaps.tick(course(hop).turned(tick).atOrBefore());
        return way.stream()
                .map(Edge::upstream)
                .allMatch(silent -> course(silent).lastObserved(tick) < lost);
    }

    /** Those that are no part of another. */
    static List<Break> whole(List<Break> ways) {
        return ways.stream()
                .filter(part -> ways.stream()
                        .noneMatch(whole ->
                                !whole.equals(part) && Collections.lastIndexOfSubList(whole.hops(), part.hops()) > 0))
                .toList();
    }

    /** Each way from the first hop on that may have had it, as may all after it. */
    List<Break> named(List<List<Edge>> ways) {
        var named = new ArrayList<Break>();
        for (var way : ways) {
            var left = new ArrayList<>(way);
            for (var edge : way) {
                var last = course(edge.upstream());
                if (last.lastObserved(tick) >= 0 && !last.hadLast(tick)) {
                    left.subList(0, left.indexOf(edge) + 1).clear();
                }
            }
            if (!left.isEmpty() && !named.contains(along(left))) {
                named.add(along(left));
            }
        }
        return named;
    }

    /** Whether the hop last had it over that edge, and the session is down. */
    boolean isLost(HopId hop, Edge edge) {
        return edge.link() instanceof Link.Session session
                && (isDown(edge.downstream(), session.upstream()) || isDown(edge.upstream(), session.downstream()))
                && course(hop)
                        .lastUsable(tick)
                        .filter(seen -> seen.row() instanceof Route route
                                && route.paths().stream()
                                        .anyMatch(path -> NaiveExpectation.isFrom(path, session.upstream())))
                        .isPresent();
    }

    private boolean isDown(HopId hop, PeerId neighbour) {
        var course = course(NaiveLog.table(hop, View.SESSIONS), RowKey.of(neighbour));
        return course.isThroughout(tick, tick, NaiveCauses.ESTABLISHED.negate())
                && !(course.before(tick).isEmpty()
                        && NaiveExpectation.mayBeListedAsAnother(neighbour, course.wasThere(tick)));
    }
}
