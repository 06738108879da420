package dev.hoplog.streams.gap;

import dev.hoplog.chain.Chain;
import dev.hoplog.chain.Edge;
import dev.hoplog.chain.Link;
import dev.hoplog.gap.Break;
import dev.hoplog.gap.Cause;
import dev.hoplog.gap.Gap.Kind;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.Attribute;
import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Id;
import dev.hoplog.model.Path;
import dev.hoplog.model.PathFlag;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.PeerSession;
import dev.hoplog.model.RibId;
import dev.hoplog.model.Route;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.SessionState;
import dev.hoplog.model.View;
import dev.hoplog.streams.gap.NaiveConditions.Blunder;
import dev.hoplog.streams.gap.NaiveCourse.Known;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why a prefix did not get over an edge, tick by tick, from all that was read at its ends. */
final class NaiveCauses {
    private static final Predicate<Optional<Seen>> THERE = Optional::isPresent;
    private static final Predicate<Optional<Seen>> MISSING = Optional::isEmpty;
    static final Predicate<Optional<Seen>> ESTABLISHED = row -> row.filter(
                    seen -> seen.row() instanceof PeerSession session && session.state() == SessionState.ESTABLISHED)
            .isPresent();

    /** A tick at which it is certain that a gap is there, and one of its breaks. */
    record Sure(Id gap, Kind kind, Break way, int tick) {}

    private record Row(RibId rib, RowKey key) {}

    private final NaiveLog log;
    private final int horizon;
    private final Blunder blunder;
    private final Map<Row, NaiveCourse> courses = new HashMap<>();

    private NaiveCauses(NaiveLog log, int horizon, Blunder blunder) {
        this.log = log;
        this.horizon = horizon;
        this.blunder = blunder;
    }

    /** By gap, the causes of each break in the order in which they first held; none that is unknown. */
    static SortedMap<String, String> of(NaiveLog log, int horizon, Collection<Sure> sure, Blunder blunder) {
        var all = new NaiveCauses(log, horizon, blunder);
        var causes = new TreeMap<String, SortedMap<String, Set<Cause>>>();
        for (var one : sure) {
            var cause = all.at(one);
            if (cause != Cause.UNKNOWN) {
                causes.computeIfAbsent(one.gap().toString(), _ -> new TreeMap<>())
                        .computeIfAbsent(one.way().toString(), _ -> new LinkedHashSet<>())
                        .add(cause);
            }
        }
        var told = new TreeMap<String, String>();
        causes.forEach((gap, ofBreaks) -> told.put(gap, ofBreaks.toString()));
        return told;
    }

    private Cause at(Sure sure) {
        int tick = sure.tick();
        var chain = log.chainsAt(tick).getFirst().chain();
        var edges = chain.edges().stream()
                .filter(edge -> edge.carries(GapWorld.PREFIX) && edge.isThereAt(NaiveGaps.instant(tick)))
                .filter(edge -> isPartOf(sure.way().hops(), edge))
                .toList();
        return switch (sure.kind()) {
            case SOURCE_LOST ->
                edges.stream().anyMatch(edge -> isDown(edge, tick, 0)) ? Cause.SOURCE_LOST : Cause.UNKNOWN;
            case STALE ->
                edges.stream().anyMatch(edge -> isDown(edge, tick, error(chain, edge, tick)))
                        ? Cause.SESSION_DOWN
                        : Cause.UNKNOWN;
            case MISSING, DEGRADED -> {
                var first = edges.stream()
                        .filter(edge -> edge.upstream().equals(sure.way().hops().getFirst()))
                        .findFirst();
                if (first.isEmpty() || expectedSince(chain, first.get(), tick) > tick) {
                    yield Cause.UNKNOWN;
                }
                yield sure.way().hops().size() > 2 ? Cause.HOP_NOT_OBSERVED : at(chain, first.get(), tick);
            }
        };
    }

    private static boolean isPartOf(List<HopId> way, Edge edge) {
        for (int i = 1; i < way.size(); i++) {
            if (List.of(edge.upstream(), edge.downstream()).equals(way.subList(i - 1, i + 1))) {
                return true;
            }
        }
        return false;
    }

    private Cause at(Chain chain, Edge edge, int tick) {
        if (!(edge.link() instanceof Link.Session session)) {
            return Cause.NOT_INSTALLED;
        }
        int error = error(chain, edge, tick);
        int wait = 2 * (int) edge.grace().toSeconds() + error;
        int patience = blunder == Blunder.FLIGHT_IS_LOSS ? 0 : wait;
        if (isDown(edge, tick, error)) {
            return Cause.SESSION_DOWN;
        }
        var table = course(NaiveLog.table(edge.downstream(), View.LOC_RIB), RowKey.of(GapWorld.PREFIX));
        var row = table.certain(tick);
        if (row != null && row.isPresent()) {
            var from = from(row.get(), session.upstream());
            if (!from.isEmpty()) {
                return unused(table, from, tick, patience);
            }
            if (mayBeThere(row.get(), session.upstream())) {
                return Cause.UNKNOWN;
            }
        }
        var states = table.states(tick);
        boolean isWithout = !states.isEmpty()
                && states.stream().flatMap(Optional::stream).noneMatch(seen -> mayBeThere(seen, session.upstream()));
        var sent = adj(edge.upstream(), View.ADJ_RIB_OUT_POST, session.downstream());
        var received = adj(edge.downstream(), View.ADJ_RIB_IN_PRE, session.upstream());
        var refused = adj(edge.downstream(), View.ADJ_RIB_IN_REJECTED, session.upstream());
        if (isWithout
                && (received.isThroughout(tick - patience, tick, THERE)
                        || refused.isThroughout(tick - patience, tick, THERE))) {
            return Cause.REJECTED_ON_IMPORT;
        }
        boolean isUp = isUp(edge, tick, blunder == Blunder.NEW_SESSION_IS_OLD ? 0 : wait);
        var keptBack = adj(edge.upstream(), View.ADJ_RIB_OUT_REJECTED, session.downstream());
        if (isUp
                        && expectedSince(chain, edge, tick) + patience <= tick
                        && sent.isThroughout(tick - error, tick, MISSING)
                || keptBack.isThroughout(tick - error, tick, THERE)) {
            return Cause.NOT_EXPORTED;
        }
        if (isUp
                && sent.isThroughout(tick - patience, tick, THERE)
                && received.isThroughout(tick - error, tick, MISSING)) {
            return Cause.LISTED_AS_EXPORTED_BUT_NOT_RECEIVED;
        }
        return Cause.UNKNOWN;
    }

    private static Cause unused(NaiveCourse table, List<Path> paths, int tick, int patience) {
        var names = paths.stream().flatMap(path -> path.from().stream()).toList();
        boolean isOld = table.isThroughout(
                tick - patience,
                tick,
                row -> row.stream()
                        .flatMap(NaiveCauses::paths)
                        .flatMap(path -> path.from().stream())
                        .anyMatch(names::contains));
        if (!isOld) {
            return Cause.UNKNOWN;
        }
        return paths.stream().anyMatch(path -> path.has(PathFlag.VALID)) ? Cause.NOT_BEST : Cause.NEXT_HOP_UNREACHABLE;
    }

    private static boolean mayBeThere(Seen seen, PeerId neighbour) {
        return !seen.observed().includes(Attribute.FROM)
                || paths(seen)
                        .anyMatch(path -> NaiveExpectation.isFrom(path, neighbour)
                                || NaiveExpectation.mayBeFrom(path, neighbour));
    }

    private static Stream<Path> paths(Seen seen) {
        return ((Route) seen.row()).paths().stream();
    }

    private static List<Path> from(Seen seen, PeerId neighbour) {
        return paths(seen)
                .filter(path -> NaiveExpectation.isFrom(path, neighbour))
                .toList();
    }

    /** The first tick of those up to now at which the edge should pass on what its beginning has; after now: it should not. */
    private int expectedSince(Chain chain, Edge edge, int tick) {
        var course = course(NaiveLog.table(edge.upstream(), chain.viewOf(edge.upstream())), RowKey.of(GapWorld.PREFIX));
        int since = tick + 1;
        while (since > 0
                && course.at(since - 1) == Known.HAS
                && course.possible(since - 1).stream()
                        .allMatch(seen -> NaiveExpectation.isExpected(chain, edge, seen))) {
            since--;
        }
        return since;
    }

    private boolean isDown(Edge edge, int tick, int ticks) {
        return edge.link() instanceof Link.Session
                && ends(edge).anyMatch(end -> {
                    var course = course(end.rib(), end.key());
                    return course.isThroughout(tick - ticks, tick, ESTABLISHED.negate())
                            && !(course.before(tick).isEmpty()
                                    && NaiveExpectation.mayBeListedAsAnother(
                                            name(edge, end.rib()), course.wasThere(tick)));
                });
    }

    private boolean isUp(Edge edge, int tick, int ticks) {
        var courses = ends(edge).map(end -> course(end.rib(), end.key())).toList();
        var up = courses.stream()
                .filter(course -> course.isThroughout(tick, tick, ESTABLISHED))
                .toList();
        return courses.stream().noneMatch(course -> course.isTurning(tick, ESTABLISHED))
                && !up.isEmpty()
                && up.stream().allMatch(course -> course.isThroughout(tick - ticks, tick, ESTABLISHED));
    }

    private static Stream<Row> ends(Edge edge) {
        return Stream.of(edge.downstream(), edge.upstream())
                .map(hop -> NaiveLog.table(hop, View.SESSIONS))
                .map(table -> new Row(table, RowKey.of(name(edge, table))));
    }

    /** As whom the session table of one end has the other. */
    private static PeerId name(Edge edge, RibId table) {
        var session = (Link.Session) edge.link();
        return table.hop().equals(edge.downstream()) ? session.upstream() : session.downstream();
    }

    /** By how much times of any two tables at either end may be apart at a tick, in ticks. */
    private int error(Chain chain, Edge edge, int tick) {
        if (!(edge.link() instanceof Link.Session session)) {
            return 0;
        }
        var tables = Stream.of(edge.upstream(), edge.downstream())
                .flatMap(hop -> Stream.of(
                        NaiveLog.table(hop, chain.viewOf(hop)),
                        NaiveLog.table(hop, View.SESSIONS),
                        NaiveLog.table(hop, View.FIB)))
                .collect(Collectors.toSet());
        tables.add(adjTable(edge.upstream(), View.ADJ_RIB_OUT_POST, session.downstream()));
        tables.add(adjTable(edge.upstream(), View.ADJ_RIB_OUT_REJECTED, session.downstream()));
        tables.add(adjTable(edge.downstream(), View.ADJ_RIB_IN_PRE, session.upstream()));
        tables.add(adjTable(edge.downstream(), View.ADJ_RIB_IN_REJECTED, session.upstream()));
        return tables.stream()
                .flatMap(one -> tables.stream().map(other -> log.clockError(one, other, tick)))
                .max(Integer::compareTo)
                .orElse(0);
    }

    private NaiveCourse adj(HopId hop, View view, PeerId neighbour) {
        return course(adjTable(hop, view, neighbour), RowKey.of(GapWorld.PREFIX));
    }

    private static RibId adjTable(HopId hop, View view, PeerId neighbour) {
        return RibId.adj(GapWorld.NETWORK, hop, AddressFamily.IPV6_UNICAST, view, neighbour);
    }

    private NaiveCourse course(RibId rib, RowKey key) {
        return courses.computeIfAbsent(new Row(rib, key), _ -> log.course(rib, key, horizon));
    }
}
