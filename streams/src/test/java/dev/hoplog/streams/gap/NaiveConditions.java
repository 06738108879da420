package dev.hoplog.streams.gap;

import dev.hoplog.chain.Chain;
import dev.hoplog.chain.Edge;
import dev.hoplog.chain.Link;
import dev.hoplog.model.Attribute;
import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Path;
import dev.hoplog.model.PathFlag;
import dev.hoplog.model.RibId;
import dev.hoplog.model.Route;
import dev.hoplog.model.RowKey;
import dev.hoplog.streams.gap.NaiveCourse.Known;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Whether a path is lost beside others, or a route is left over, at a tick: found by looking at everything each time. */
final class NaiveConditions {
    /** What is so at a tick. */
    enum Is {
        THERE,
        WELL,
        MOOT,
        UNDECIDED,
        DARK
    }

    /** A way of getting it wrong. */
    enum Blunder {
        NONE,
        /** What comes round by way of the hop itself is missed at it. */
        PROVENANCE_IS_IGNORED,
        /** A path is missed where no other edge brings one. */
        ONE_EDGE_IS_ENOUGH,
        /** Upstream hops of which nothing is known are taken to lack it. */
        UNOBSERVED_IS_LACKING,
        /** Whatever the hop has is taken to come from the hops before it. */
        OWN_IS_THEIRS,
        /** What a hop upstream has by way of the hop itself keeps the hop from being stale. */
        GIVEN_BACK_IS_SUPPORT,
        /** A neighbour that is named otherwise is another. */
        OTHER_NAME_IS_OTHERS,
        /** What is under way to the next station has been lost there. */
        FLIGHT_IS_LOSS,
        /** What a session that just came up does not carry it will not. */
        NEW_SESSION_IS_OLD,
        /** What was a cause once is the cause until another is. */
        ONCE_IS_FOR_EVER,
        /** A chain that comes into force changes nothing that is said already. */
        FIRST_CHAIN_REQUIRES
    }

    private final NaiveLog log;
    private final int horizon;
    private final Blunder blunder;
    private final Map<RibId, NaiveCourse> courses = new HashMap<>();
    /** By tick: there is one chain at each. */
    private final Map<Integer, List<Edge>> carrying = new HashMap<>();

    NaiveConditions(NaiveLog log, int horizon, Blunder blunder) {
        this.log = log;
        this.horizon = horizon;
        this.blunder = blunder;
    }

    List<Edge> carrying(Chain chain, int tick) {
        return carrying.computeIfAbsent(
                tick,
                _ -> chain.edges().stream()
                        .filter(edge -> edge.carries(GapWorld.PREFIX) && edge.isThereAt(NaiveGaps.instant(tick)))
                        .toList());
    }

    private NaiveCourse course(Chain chain, HopId hop) {
        var table = NaiveLog.table(hop, chain.viewOf(hop));
        return courses.computeIfAbsent(table, _ -> log.course(table, RowKey.of(GapWorld.PREFIX), horizon));
    }

    private Known known(Chain chain, HopId hop, int tick) {
        return course(chain, hop).at(tick);
    }

    /** What it may be, if it has it. */
    private List<Seen> rows(Chain chain, HopId hop, int tick) {
        var course = course(chain, hop);
        return course.at(tick) == Known.HAS ? course.possible(tick) : List.of();
    }

    private static boolean isOf(Edge edge, Path path) {
        return edge.link() instanceof Link.Session session && NaiveExpectation.isFrom(path, session.upstream());
    }

    private static Stream<Path> valid(Seen row) {
        return ((Route) row.row()).paths().stream().filter(path -> path.has(PathFlag.VALID));
    }

    private static boolean brings(Edge edge, Seen row) {
        return valid(row).anyMatch(path -> isOf(edge, path));
    }

    private static boolean isHidden(Seen row) {
        return !row.observed().includes(Attribute.FROM);
    }

    /** Whether it may be from one of them, by another name. */
    private boolean isOpen(Path path, List<Edge> edges) {
        return blunder != Blunder.OTHER_NAME_IS_OTHERS
                && edges.stream()
                        .anyMatch(edge -> edge.link() instanceof Link.Session session
                                && NaiveExpectation.mayBeFrom(path, session.upstream()));
    }

    private boolean isHidden(Seen row, List<Edge> edges) {
        return isHidden(row) || valid(row).anyMatch(path -> isOpen(path, edges));
    }

    Is degraded(Chain chain, HopId from, HopId hop, int tick) {
        var edges = carrying(chain, tick).stream()
                .filter(edge -> edge.downstream().equals(hop) && edge.link() instanceof Link.Session)
                .toList();
        var these = edges.stream().filter(edge -> edge.upstream().equals(from)).toList();
        if (these.isEmpty() || known(chain, from, tick) == Known.LACKS || known(chain, hop, tick) == Known.LACKS) {
            return Is.MOOT;
        }
        var edge = these.getFirst();
        var rows = rows(chain, hop, tick);
        Predicate<Seen> isSpared = row -> blunder == Blunder.ONE_EDGE_IS_ENOUGH
                || edges.stream().anyMatch(other -> other != edge && brings(other, row));
        boolean isShown = !rows.isEmpty() && rows.stream().noneMatch(row -> isHidden(row, edges));
        if (!rows.isEmpty()
                && rows.stream().noneMatch(NaiveConditions::isHidden)
                && rows.stream().allMatch(row -> brings(edge, row))) {
            return Is.WELL;
        }
        var had = rows(chain, from, tick);
        Predicate<Seen> isExpected = row -> NaiveExpectation.isExpected(chain, edge, row);
        if (!had.isEmpty() && had.stream().noneMatch(isExpected)
                || isShown && rows.stream().noneMatch(isSpared)) {
            return Is.MOOT;
        }
        if (!had.isEmpty() && blunder != Blunder.PROVENANCE_IS_IGNORED) {
            var begins = begins(chain, List.of(List.of(from)), hop, tick);
            if (!begins.equals(Set.of(Is.WELL))) {
                return begins.equals(Set.of(Is.MOOT)) ? Is.MOOT : begins.contains(Is.DARK) ? Is.DARK : Is.UNDECIDED;
            }
        }
        if (known(chain, from, tick) == Known.UNOBSERVED
                || known(chain, hop, tick) == Known.UNOBSERVED
                || !rows.isEmpty() && !isShown) {
            return Is.DARK;
        }
        boolean isSo = !rows.isEmpty()
                && !had.isEmpty()
                && rows.stream().noneMatch(row -> brings(edge, row))
                && rows.stream().allMatch(isSpared)
                && had.stream().allMatch(isExpected);
        return isSo ? Is.THERE : Is.UNDECIDED;
    }

    /**
     * What is at the beginning of each way on which it may have come: well, if that is not the hop itself; moot, if it is;
     * there, if something is left over there, of a hop that has it no more.
     */
    private Set<Is> begins(Chain chain, List<List<HopId>> known, HopId hop, int tick) {
        var begins = new HashSet<Is>();
        var ways = new ArrayList<>(known);
        while (!ways.isEmpty()) {
            var way = ways.removeLast();
            var last = way.getLast();
            if (last.equals(hop)) {
                begins.add(Is.MOOT);
            } else if (way.indexOf(last) < way.size() - 1) {
                begins.add(Is.UNDECIDED);
            } else if (known(chain, last, tick) != Known.HAS) {
                begins.add(
                        switch (known(chain, last, tick)) {
                            case UNOBSERVED -> Is.DARK;
                            case LACKS -> Is.THERE;
                            case HAS, UNDECIDED -> Is.UNDECIDED;
                        });
            } else {
                for (var row : rows(chain, last, tick)) {
                    if (isHidden(row)) {
                        begins.add(Is.DARK);
                        continue;
                    }
                    for (var path : NaiveExpectation.best((Route) row.row())) {
                        ways.addAll(longer(chain, way, path, tick, begins));
                    }
                }
            }
        }
        return begins;
    }

    /** Ways that are longer by the hop that a path is from; without one, that is where it begins. */
    private List<List<HopId>> longer(Chain chain, List<HopId> way, Path path, int tick, Set<Is> begins) {
        var into = carrying(chain, tick).stream()
                .filter(edge -> edge.downstream().equals(way.getLast()))
                .toList();
        var before = into.stream()
                .filter(edge -> isOf(edge, path))
                .map(edge ->
                        Stream.concat(way.stream(), Stream.of(edge.upstream())).toList())
                .toList();
        if (before.isEmpty()) {
            begins.add(isOpen(path, into) ? Is.DARK : Is.WELL);
        }
        return before;
    }

    /** Whether a hop that has it could give it to another: well, it could; moot, it is from that one alone. */
    private Is gives(Chain chain, HopId from, HopId hop, int tick) {
        var each = new HashSet<Is>();
        for (var row : rows(chain, from, tick)) {
            var begins = new HashSet<Is>();
            var ways = new ArrayList<List<HopId>>();
            valid(row).forEach(path -> ways.addAll(longer(chain, List.of(from), path, tick, begins)));
            begins.addAll(begins(chain, ways, hop, tick));
            if (isHidden(row)) {
                each.add(Is.DARK);
            } else if (begins.contains(Is.WELL) || begins.contains(Is.THERE)) {
                each.add(Is.WELL);
            } else if (begins.size() == 1) {
                each.add(begins.iterator().next());
            } else {
                each.add(begins.contains(Is.DARK) ? Is.DARK : Is.UNDECIDED);
            }
        }
        return each.size() == 1 ? each.iterator().next() : each.contains(Is.DARK) ? Is.DARK : Is.UNDECIDED;
    }

    Is stale(Chain chain, HopId hop, int tick) {
        var edges = carrying(chain, tick).stream()
                .filter(edge -> edge.downstream().equals(hop))
                .toList();
        if (edges.isEmpty()) {
            return Is.MOOT;
        }
        if (known(chain, hop, tick) == Known.LACKS) {
            return Is.WELL;
        }
        var rows = rows(chain, hop, tick);
        var before = new HashSet<Known>();
        var without = new ArrayList<Edge>();
        for (var edge : edges) {
            var known = known(chain, edge.upstream(), tick);
            if (known == Known.LACKS) {
                without.add(edge);
            }
            if (known == Known.HAS && edge.link() instanceof Link.Session && blunder != Blunder.GIVEN_BACK_IS_SUPPORT) {
                if (!rows.isEmpty()
                        && rows.stream()
                                .allMatch(row -> edges.stream()
                                        .anyMatch(other -> known(chain, other.upstream(), tick) == Known.HAS
                                                && brings(other, row)))) {
                    return Is.MOOT;
                }
                known = switch (gives(chain, edge.upstream(), hop, tick)) {
                    case WELL -> Known.HAS;
                    case MOOT -> Known.LACKS;
                    case DARK -> Known.UNOBSERVED;
                    case THERE, UNDECIDED -> Known.UNDECIDED;
                };
            }
            before.add(blunder == Blunder.UNOBSERVED_IS_LACKING && known == Known.UNOBSERVED ? Known.LACKS : known);
        }
        if (before.contains(Known.HAS)) {
            return Is.MOOT;
        }
        before.add(known(chain, hop, tick));
        if (before.contains(Known.UNOBSERVED)) {
            return Is.DARK;
        }
        if (before.contains(Known.UNDECIDED)) {
            return Is.UNDECIDED;
        }
        var gone = blunder == Blunder.UNOBSERVED_IS_LACKING ? edges : without;
        if (gone.stream()
                .noneMatch(
                        edge -> course(chain, edge.upstream()).lastUsable(tick).isPresent())) {
            return Is.MOOT;
        }
        boolean isKernel = edges.stream().anyMatch(edge -> edge.link() instanceof Link.Install);
        if (!isKernel && rows.stream().anyMatch(row -> isHidden(row, edges))) {
            return Is.DARK;
        }
        Predicate<Seen> isTheirs = row -> blunder == Blunder.OWN_IS_THEIRS
                || isKernel
                || valid(row).allMatch(path -> gone.stream().anyMatch(edge -> isOf(edge, path)));
        if (rows.stream().allMatch(isTheirs)) {
            return Is.THERE;
        }
        return rows.stream().noneMatch(isTheirs) ? Is.MOOT : Is.UNDECIDED;
    }

    /** The edges that brought what a stale hop has. */
    List<Edge> brought(Chain chain, HopId hop, int tick) {
        return carrying(chain, tick).stream()
                .filter(edge -> edge.downstream().equals(hop))
                .filter(edge -> edge.link() instanceof Link.Install
                        || rows(chain, hop, tick).stream().anyMatch(row -> brings(edge, row)))
                .toList();
    }
}
