package dev.hoplog.streams.gap;

import dev.hoplog.chain.Chain;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.chain.Edge;
import dev.hoplog.chain.Link;
import dev.hoplog.gap.Break;
import dev.hoplog.gap.Gap.End;
import dev.hoplog.gap.Gap.Kind;
import dev.hoplog.gap.GapEvent;
import dev.hoplog.log.LogEntry;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Id;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.PeerSession;
import dev.hoplog.model.RibId;
import dev.hoplog.model.Route;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.SessionState;
import dev.hoplog.model.View;
import dev.hoplog.streams.gap.NaiveCauses.Sure;
import dev.hoplog.streams.gap.NaiveConditions.Blunder;
import dev.hoplog.streams.gap.NaiveCourse.Known;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The gaps of the world's prefix, written down tick by tick from the whole log, without any haste: the oracle. It shares
 * nothing with what it judges but the words. Here are those of hops that lack it, {@link NaiveLasting} has the others.
 */
@SuppressWarnings("NullAway.Init") // Each tick sets what is so at it.
final class NaiveGaps {
    private static final Instant BEGIN = GapWorld.at(0);

    private record Row(RibId rib, RowKey key) {}

    private final NaiveLog log;
    private final int horizon;
    private final Map<Row, NaiveCourse> courses = new HashMap<>();
    /** Where the hops of the version at hand have the prefix. */
    private final Map<HopId, NaiveCourse> ofHops = new HashMap<>();

    private final Map<List<HopId>, BitSet> wasThere = new HashMap<>();

    private final Map<HopId, Open> open = new TreeMap<>();
    private final List<GapEvent> events = new ArrayList<>();
    private final List<Sure> sure = new ArrayList<>();

    // What is so at the tick at hand.
    private int tick;
    private @Nullable ChainVersion version;

    private NaiveGaps(Collection<LogEntry> entries) {
        log = new NaiveLog(entries);
        horizon = log.horizon();
    }

    /**
     * What a log says.
     *
     * @param events all but the causes
     * @param causes by gap
     * @param horizon the instant up to which it says so; empty: it says nothing
     */
    record Said(List<GapEvent> events, SortedMap<String, String> causes, Optional<Instant> horizon) {}

    static Said of(Collection<LogEntry> entries) {
        return of(entries, Blunder.NONE);
    }

    static Said of(Collection<LogEntry> entries, Blunder blunder) {
        var gaps = new NaiveGaps(entries);
        for (gaps.tick = 0; gaps.tick <= gaps.horizon; gaps.tick++) {
            gaps.turn();
        }
        var lasting = NaiveLasting.of(gaps.log, gaps.horizon, blunder);
        gaps.events.addAll(lasting.events());
        gaps.sure.addAll(lasting.sure());
        return new Said(
                gaps.events,
                NaiveCauses.of(gaps.log, gaps.horizon, gaps.sure, blunder),
                gaps.horizon < 0 ? Optional.empty() : Optional.of(instant(gaps.horizon)));
    }

    static int tick(Instant instant) {
        var between = java.time.Duration.between(BEGIN, instant);
        return 2 * (int) between.toSeconds() + (between.getNano() > 0 ? 1 : 0);
    }

    static Instant instant(int tick) {
        return BEGIN.plusSeconds(tick / 2).plus(tick % 2, ChronoUnit.MICROS);
    }

    /** A gap that lasts. */
    private static final class Open {
        final Id id;
        final Kind kind;
        final Set<Break> breaks;
        final Set<HopId> affected = new HashSet<>();
        boolean isSuspended;

        Open(Id id, Kind kind, Collection<Break> breaks) {
            this.id = id;
            this.kind = kind;
            this.breaks = new LinkedHashSet<>(breaks);
        }
    }

    /** Ways up from a hop, each a list of edges in the direction of the route, sorted by what is at their beginning. */
    private static final class Ways {
        final List<List<Edge>> sources = new ArrayList<>();
        final List<List<Edge>> origins = new ArrayList<>();
        final Set<HopId> lacking = new TreeSet<>();
        boolean isUndecided;
    }

    private void turn() {
        var inForce = log.chainsAt(tick);
        if (inForce.isEmpty()) {
            List.copyOf(open.keySet()).forEach(hop -> close(hop, End.MOOT, now()));
            return;
        }
        if (inForce.getFirst() != version) {
            version = inForce.getFirst();
            ofHops.clear();
        }
        var hops = new TreeSet<HopId>();
        carrying().forEach(edge -> hops.addAll(List.of(edge.upstream(), edge.downstream())));
        List.copyOf(open.keySet()).stream()
                .filter(hop -> !hops.contains(hop))
                .forEach(hop -> close(hop, End.MOOT, now()));
        var lacking = new TreeMap<HopId, Ways>();
        for (var hop : hops) {
            switch (known(hop)) {
                case HAS -> {
                    if (open.containsKey(hop)) {
                        close(hop, End.RESTORED, course(hop).turned(tick));
                    }
                }
                case LACKS -> {
                    var ways = waysTo(hop);
                    lacking.put(hop, ways);
                    if (open.containsKey(hop)) {
                        goOn(hop, ways);
                    } else {
                        begin(hop, ways);
                    }
                }
                case UNDECIDED -> {}
                case UNOBSERVED -> suspend(hop, true);
            }
        }
        lacking.forEach((hop, ways) -> {
            if (!open.containsKey(hop) && ways.sources.isEmpty()) {
                blamed(hop, lacking).forEach(culprit -> affects(culprit, hop));
            }
        });
    }

    private Stream<Edge> carrying() {
        return chain().edges().stream().filter(edge -> edge.carries(GapWorld.PREFIX));
    }

    private Chain chain() {
        return Objects.requireNonNull(version).chain();
    }

    private Bounds now() {
        return Bounds.between(instant(tick).minus(1, ChronoUnit.MICROS), instant(tick));
    }

    private RibId rib(HopId hop) {
        return NaiveLog.table(hop, chain().viewOf(hop));
    }

    private NaiveCourse course(HopId hop) {
        return ofHops.computeIfAbsent(hop, _ -> course(rib(hop), RowKey.of(GapWorld.PREFIX)));
    }

    private NaiveCourse course(RibId rib, RowKey key) {
        return courses.computeIfAbsent(new Row(rib, key), _ -> log.course(rib, key, horizon));
    }

    private Known known(HopId hop) {
        return course(hop).at(tick);
    }

    private void close(HopId hop, End end, Bounds bounds) {
        events.add(new GapEvent.Closed(Objects.requireNonNull(open.remove(hop)).id, end, bounds));
    }

    private void suspend(HopId hop, boolean whether) {
        var gap = open.get(hop);
        if (gap != null && gap.isSuspended != whether) {
            gap.isSuspended = whether;
            events.add(
                    whether
                            ? new GapEvent.Suspended(gap.id, instant(tick))
                            : new GapEvent.Resumed(gap.id, instant(tick)));
        }
    }

    // Where it may come from.

    private Ways waysTo(HopId hop) {
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
                .filter(edge -> edge.downstream().equals(begin) && edge.isThereAt(instant(tick)))
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

    private static Break along(List<Edge> way) {
        return new Break(
                Stream.concat(Stream.of(way.getFirst().upstream()), way.stream().map(Edge::downstream))
                        .toList());
    }

    // How a gap begins.

    private void begin(HopId hop, Ways ways) {
        var sources = ways.sources.stream().filter(way -> isNews(hop, way)).toList();
        var overdue = sources.stream().filter(way -> isOverdue(hop, way)).toList();
        if (!overdue.isEmpty()) {
            var had = overdue.stream()
                    .map(way -> came(way.getFirst()))
                    .min(Comparator.comparing(Bounds::atOrBefore))
                    .orElseThrow();
            open(
                    hop,
                    Kind.MISSING,
                    overdue.stream().map(NaiveGaps::along).toList(),
                    both(course(hop).turned(tick), had));
        } else if (ways.sources.isEmpty() && !ways.isUndecided) {
            var lost = named(ways.origins.stream()
                    .filter(way -> isLost(hop, way.getLast()) && fellSilentFirst(hop, way))
                    .toList());
            if (!lost.isEmpty()) {
                open(hop, Kind.SOURCE_LOST, lost, course(hop).turned(tick));
            }
        }
    }

    private void open(HopId hop, Kind kind, List<Break> breaks, Bounds bounds) {
        var id = id(hop + " " + kind + " " + instant(tick));
        open.put(hop, new Open(id, kind, breaks));
        breaks.forEach(way -> sure.add(new Sure(id, kind, way, tick)));
        events.add(new GapEvent.Opened(
                id,
                kind,
                breaks,
                bounds,
                instant(tick),
                Objects.requireNonNull(version).id()));
    }

    static Id id(String what) {
        var name = GapWorld.NETWORK + " " + GapWorld.PREFIX + " " + what;
        try {
            return Id.ofOctets(MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Both had happened. */
    private static Bounds both(Bounds a, Bounds b) {
        var after = Stream.concat(a.after().stream(), b.after().stream()).max(Comparator.naturalOrder());
        var end = a.atOrBefore().isAfter(b.atOrBefore()) ? a.atOrBefore() : b.atOrBefore();
        return new Bounds(after, end, Optional.empty());
    }

    /** Whether the hops between were silent already when it got lost or the source had it. */
    private boolean isNews(HopId hop, List<Edge> way) {
        int opened = tick(both(course(hop).turned(tick), came(way.getFirst())).atOrBefore());
        return way.stream()
                .skip(1)
                .map(Edge::upstream)
                .allMatch(between -> course(between).lastObserved(tick) < opened);
    }

    private boolean isOverdue(HopId hop, List<Edge> way) {
        var source = way.getFirst().upstream();
        int ready = hadToPassOn(way.getFirst());
        int grace = 0;
        for (var edge : way) {
            grace += 2 * (int) edge.grace().toSeconds();
            ready = Math.max(ready, thereSince(edge));
        }
        int due = Math.max(ready + grace, course(hop).since(tick)) + log.clockError(rib(source), rib(hop));
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
    private Bounds came(Edge edge) {
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
            var at = instant(when);
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
    private boolean fellSilentFirst(HopId hop, List<Edge> way) {
        int lost = tick(course(hop).turned(tick).atOrBefore());
        return way.stream()
                .map(Edge::upstream)
                .allMatch(silent -> course(silent).lastObserved(tick) < lost);
    }

    /** Each way from the first hop on that may have had it, as may all after it; no part of another. */
    private List<Break> named(List<List<Edge>> ways) {
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
        var all = List.copyOf(named);
        named.removeIf(part -> all.stream()
                .anyMatch(
                        whole -> !whole.equals(part) && Collections.lastIndexOfSubList(whole.hops(), part.hops()) > 0));
        return named;
    }

    /** Whether the hop last had it over that edge, and the session is down. */
    private boolean isLost(HopId hop, Edge edge) {
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
        @Nullable Optional<Seen> row = course.certain(tick);
        return row != null
                && !(row.isEmpty() && NaiveExpectation.mayBeListedAsAnother(neighbour, course.wasThere(tick)))
                && row.filter(seen -> seen.row() instanceof PeerSession session
                                && session.state() == SessionState.ESTABLISHED)
                        .isEmpty();
    }

    // How it goes on.

    private void goOn(HopId hop, Ways ways) {
        var gap = Objects.requireNonNull(open.get(hop));
        var known = ways.sources.stream()
                .map(NaiveGaps::along)
                .filter(gap.breaks::contains)
                .toList();
        var further = ways.sources.stream()
                .filter(way -> way.size() == 1 && !gap.breaks.contains(along(way)))
                .toList();
        var overdue = further.stream()
                .filter(way -> isOverdue(hop, way))
                .map(NaiveGaps::along)
                .toList();
        boolean isLost = gap.kind == Kind.SOURCE_LOST
                && !Collections.disjoint(
                        gap.breaks,
                        named(ways.origins.stream()
                                .filter(way -> isLost(hop, way.getLast()))
                                .toList()));
        if (!known.isEmpty() || !overdue.isEmpty() || isLost) {
            suspend(hop, false);
            for (var way : overdue) {
                if (gap.breaks.add(way)) {
                    events.add(new GapEvent.BrokenAlso(gap.id, way, instant(tick)));
                }
            }
            gap.breaks.forEach(way -> sure.add(new Sure(gap.id, gap.kind, way, tick)));
        } else if (ways.sources.isEmpty() && ways.origins.isEmpty() && !ways.isUndecided) {
            close(hop, End.MOOT, gone(gap));
        } else if (further.isEmpty() && !ways.isUndecided) {
            suspend(hop, true);
        }
    }

    private Bounds gone(Open gap) {
        var hops = new HashSet<HopId>();
        carrying().forEach(edge -> hops.addAll(List.of(edge.upstream(), edge.downstream())));
        return gap.breaks.stream()
                .map(Break::source)
                .filter(source -> hops.contains(source) && known(source) == Known.LACKS)
                .map(source -> course(source).turned(tick))
                .reduce(NaiveGaps::both)
                .orElseGet(this::now);
    }

    private Set<HopId> blamed(HopId hop, Map<HopId, Ways> lacking) {
        var culprits = new TreeSet<HopId>();
        var seen = new HashSet<HopId>();
        var left = new ArrayList<>(List.of(hop));
        while (!left.isEmpty()) {
            var next = left.removeLast();
            if (seen.add(next) && lacking.containsKey(next)) {
                for (var upstream : Objects.requireNonNull(lacking.get(next)).lacking) {
                    (open.containsKey(upstream) ? culprits : left).add(upstream);
                }
            }
        }
        return culprits;
    }

    private void affects(HopId culprit, HopId hop) {
        var gap = Objects.requireNonNull(open.get(culprit));
        if (gap.affected.add(hop)) {
            events.add(new GapEvent.Affected(gap.id, hop, instant(tick)));
        }
    }
}
