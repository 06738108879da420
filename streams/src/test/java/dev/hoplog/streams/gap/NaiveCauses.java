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
import dev.hoplog.model.Communities;
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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

    /** By gap, why it was there, break by break and turn by turn; not those of which nothing was ever known. */
    static SortedMap<String, String> of(NaiveLog log, int horizon, Collection<Sure> sure, Blunder blunder) {
        var all = new NaiveCauses(log, horizon, blunder);
        var causes = new TreeMap<String, SortedMap<String, NaiveTeller>>();
        sure.stream()
                .sorted(Comparator.comparingInt(Sure::tick))
                .forEach(one -> causes.computeIfAbsent(one.gap().toString(), _ -> new TreeMap<>())
                        .computeIfAbsent(one.way().toString(), _ -> new NaiveTeller())
                        .tell(one.tick(), all.at(one), blunder));
        var told = new TreeMap<String, SortedMap<String, List<String>>>();
        causes.forEach((gap, ofBreaks) -> ofBreaks.forEach((way, teller) -> {
            if (!teller.lines().isEmpty()) {
                told.computeIfAbsent(gap, _ -> new TreeMap<>()).put(way, teller.lines());
            }
        }));
        return ToldGap.causes(told);
    }

    private NaiveTeller.Why at(Sure sure) {
        int tick = sure.tick();
        var chain = log.chainsAt(tick).getFirst().chain();
        var edges = chain.edges().stream()
                .filter(edge -> edge.carries(GapWorld.PREFIX) && edge.isThereAt(NaiveGaps.instant(tick)))
                .filter(edge -> isPartOf(sure.way().hops(), edge))
                .toList();
        return switch (sure.kind()) {
            case SOURCE_LOST ->
                new NaiveTeller.Why(
                        edges.stream().anyMatch(edge -> isDown(edge, tick, 0)) ? Cause.SOURCE_LOST : Cause.UNKNOWN);
            case STALE ->
                new NaiveTeller.Why(
                        edges.stream().anyMatch(edge -> isDown(edge, tick, error(chain, edge, tick)))
                                ? Cause.SESSION_DOWN
                                : Cause.UNKNOWN);
            case MISSING, DEGRADED -> {
                var first = edges.stream()
                        .filter(edge -> edge.upstream().equals(sure.way().hops().getFirst()))
                        .findFirst();
                if (first.isEmpty() || expectedSince(chain, first.get(), tick) > tick) {
                    yield new NaiveTeller.Why(Cause.UNKNOWN);
                }
                if (sure.way().hops().size() > 2) {
                    yield new NaiveTeller.Why(Cause.HOP_NOT_OBSERVED);
                }
                var cause = at(chain, first.get(), tick);
                yield switch (cause) {
                    case NOT_INSTALLED ->
                        new NaiveTeller.Why(cause, Communities.none(), null, onward(chain, first.get(), tick));
                    case NOT_EXPORTED ->
                        new NaiveTeller.Why(
                                cause, required(first.get()), lacking(first.get(), tick, View.LOC_RIB), Map.of());
                    case REJECTED_ON_IMPORT ->
                        new NaiveTeller.Why(
                                cause,
                                required(first.get()),
                                lacking(
                                        first.get(),
                                        tick,
                                        View.ADJ_RIB_IN_PRE,
                                        View.ADJ_RIB_IN_REJECTED,
                                        View.ADJ_RIB_OUT_POST),
                                Map.of());
                    default -> new NaiveTeller.Why(cause);
                };
            }
        };
    }

    /** What a route has not that the edge requires, by the first of the tables that has it in hand; null: none says. */
    private @Nullable Communities lacking(Edge edge, int tick, View... views) {
        var session = (Link.Session) edge.link();
        for (var view : views) {
            boolean isIn = view == View.ADJ_RIB_IN_PRE || view == View.ADJ_RIB_IN_REJECTED;
            var course = view == View.LOC_RIB
                    ? course(NaiveLog.table(edge.upstream(), view), RowKey.of(GapWorld.PREFIX))
                    : isIn
                            ? adj(edge.downstream(), view, session.upstream())
                            : adj(edge.upstream(), view, session.downstream());
            var states = course.states(tick);
            if (states.isEmpty()) {
                continue;
            }
            if (course.isUnseen(tick)
                    || states.stream().map(NaiveCauses::tags).distinct().count() > 1) {
                return null;
            }
            if (states.getFirst().isPresent()) {
                var carried = tags(states.getFirst());
                return new Communities(
                        required(edge).standard().stream()
                                .filter(tag -> carried.stream().noneMatch(of -> of.contains(tag.toString())))
                                .toList(),
                        List.of(),
                        List.of(),
                        List.of());
            }
        }
        return null;
    }

    private Communities required(Edge edge) {
        return blunder == Blunder.FIRST_CHAIN_REQUIRES
                ? log.chainsAt(0).stream()
                        .flatMap(version -> version.chain().edges().stream())
                        .filter(first -> first.upstream().equals(edge.upstream())
                                && first.downstream().equals(edge.downstream()))
                        .findFirst()
                        .orElse(edge)
                        .requires(GapWorld.PREFIX)
                : edge.requires(GapWorld.PREFIX);
    }

    /** The communities of each path that is used; one of its own for a row that is not there. */
    private static List<String> tags(Optional<Seen> row) {
        return row.map(seen -> NaiveExpectation.best((Route) seen.row()).stream()
                        .map(path -> path.communities().toString())
                        .distinct()
                        .sorted()
                        .toList())
                .orElse(List.of("none"));
    }

    /** Whether each hop that the upstream end of an edge sends it to uses it; null: that is not known. */
    private Map<HopId, @Nullable Boolean> onward(Chain chain, Edge edge, int tick) {
        int error = error(chain, edge, tick);
        var onward = new HashMap<HopId, @Nullable Boolean>();
        var forwarding = course(NaiveLog.table(edge.downstream(), View.FIB), RowKey.of(GapWorld.PREFIX));
        boolean isLasting = tick - forwarding.since(tick) >= error;
        for (var away : chain.edges()) {
            if (away.upstream().equals(edge.upstream())
                    && away.carries(GapWorld.PREFIX)
                    && away.isThereAt(NaiveGaps.instant(tick))
                    && away.link() instanceof Link.Session session) {
                var table = course(NaiveLog.table(away.downstream(), View.LOC_RIB), RowKey.of(GapWorld.PREFIX));
                onward.put(away.downstream(), isLasting ? isUsed(table, session.upstream(), tick, error) : null);
            }
        }
        return onward;
    }

    private static @Nullable Boolean isUsed(NaiveCourse table, PeerId neighbour, int tick, int error) {
        var answers = table.states(tick).stream()
                .map(state -> isUsed(state, neighbour))
                .distinct()
                .toList();
        if (answers.size() != 1 || table.isUnseen(tick)) {
            return null;
        }
        boolean isLasting = answers.getFirst().equals("used")
                && used(table.states(tick).getFirst(), neighbour).stream()
                        .anyMatch(name -> table.isThroughout(
                                tick - error, tick, row -> used(row, neighbour).contains(name)));
        return answers.getFirst().equals("unused") ? Boolean.FALSE : isLasting ? Boolean.TRUE : null;
    }

    private static String isUsed(Optional<Seen> row, PeerId neighbour) {
        if (!used(row, neighbour).isEmpty()) {
            return "used";
        }
        boolean isClear = row.isEmpty() || !from(row.get(), neighbour).isEmpty() || !mayBeThere(row.get(), neighbour);
        return isClear ? "unused" : "unclear";
    }

    /** The names by which a neighbour's paths are used. */
    private static List<PeerId> used(Optional<Seen> row, PeerId neighbour) {
        return row.stream()
                .flatMap(seen -> from(seen, neighbour).stream())
                .filter(path -> path.has(PathFlag.BEST) && path.has(PathFlag.VALID))
                .flatMap(path -> path.from().stream())
                .toList();
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
                && states.stream().flatMap(Optional::stream).noneMatch(seen -> mayBeThere(seen, session.upstream()))
                && (error == 0
                        || table.isThroughout(
                                tick - error,
                                tick - 1,
                                seen -> seen.filter(there -> mayBeThere(there, session.upstream()))
                                        .isEmpty()));
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
        boolean isOld = paths.stream()
                .flatMap(path -> path.from().stream())
                .anyMatch(name -> table.isThroughout(
                        tick - patience,
                        tick,
                        row -> row.stream()
                                .flatMap(NaiveCauses::paths)
                                .flatMap(path -> path.from().stream())
                                .anyMatch(name::equals)));
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
        return !isDown(edge, tick, 0)
                && courses.stream().noneMatch(course -> course.isTurning(tick, ESTABLISHED))
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
        var tables = Stream.of(edge.upstream(), edge.downstream())
                .flatMap(hop -> Stream.of(
                        NaiveLog.table(hop, chain.viewOf(hop)),
                        NaiveLog.table(hop, View.SESSIONS),
                        NaiveLog.table(hop, View.FIB)))
                .collect(Collectors.toSet());
        if (edge.link() instanceof Link.Session session) {
            tables.add(adjTable(edge.upstream(), View.ADJ_RIB_OUT_POST, session.downstream()));
            tables.add(adjTable(edge.upstream(), View.ADJ_RIB_OUT_REJECTED, session.downstream()));
            tables.add(adjTable(edge.downstream(), View.ADJ_RIB_IN_PRE, session.upstream()));
            tables.add(adjTable(edge.downstream(), View.ADJ_RIB_IN_REJECTED, session.upstream()));
        } else {
            chain.edges().stream()
                    .filter(away -> away.upstream().equals(edge.upstream()) && away.carries(GapWorld.PREFIX))
                    .filter(away -> away.link() instanceof Link.Session)
                    .forEach(away -> tables.add(NaiveLog.table(away.downstream(), View.LOC_RIB)));
        }
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
