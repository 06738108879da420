package dev.hoplog.gap;

import dev.hoplog.chain.Chain;
import dev.hoplog.chain.ChainTimeline;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.chain.Edge;
import dev.hoplog.chain.Link;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.HopId;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.RibId;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.ScraperClock;
import dev.hoplog.model.View;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All that the gaps of one prefix stand on: the chain, and what is known of the prefix at its hops. */
public final class Ground {
    private final String network;
    private final ChainTimeline chains;
    private final Prefix prefix;
    private final Histories histories;
    private final AddressFamily family;
    private final RowKey row;
    private final Map<RibId, Course> courses = new HashMap<>();
    /** By identity: a chain is large, and a timeline hands out the same one. */
    private final Map<Chain, Carrying> carrying = new IdentityHashMap<>();

    private final Sessions sessions;

    public Ground(String network, ChainTimeline chains, Prefix prefix, Histories histories) {
        this.network = network;
        this.chains = chains;
        this.prefix = prefix;
        this.histories = histories;
        this.family = AddressFamily.unicast(prefix.address().version());
        this.row = RowKey.of(prefix);
        this.sessions = new Sessions(network, family, histories);
    }

    String network() {
        return network;
    }

    Prefix prefix() {
        return prefix;
    }

    RowKey row() {
        return row;
    }

    Sessions sessions() {
        return sessions;
    }

    Optional<ChainVersion> chainAt(Instant instant) {
        return chains.at(instant);
    }

    /** The part of a chain that should carry the prefix. */
    private final class Carrying {
        private final List<Edge> edges;
        private final Map<HopId, List<Edge>> byDownstream;
        private final SortedMap<HopId, Course> courses = new TreeMap<>();

        Carrying(Chain chain) {
            edges = chain.edges().stream().filter(edge -> edge.carries(prefix)).toList();
            byDownstream = edges.stream().collect(Collectors.groupingBy(Edge::downstream));
            edges.stream()
                    .flatMap(edge -> Stream.of(edge.upstream(), edge.downstream()))
                    .distinct()
                    .forEach(hop -> courses.put(hop, course(rib(hop, chain.viewOf(hop)))));
        }
    }

    private Carrying carrying(Chain chain) {
        return carrying.computeIfAbsent(chain, Carrying::new);
    }

    /** The edges that should carry the prefix, whenever they are there. */
    List<Edge> edges(Chain chain) {
        return carrying(chain).edges;
    }

    /** Those of them that lead to a hop. */
    List<Edge> into(Chain chain, HopId hop) {
        return carrying(chain).byDownstream.getOrDefault(hop, List.of());
    }

    /**
     * What is known of the prefix at the hops that such an edge ends at, ascending by hop: in the table that says whether
     * the hop uses it.
     */
    SortedMap<HopId, Course> courses(Chain chain) {
        return carrying(chain).courses;
    }

    /** On whose clocks the ends of ways were read that broke at some instants. */
    Set<ScraperClock> clocks(Map<Break, Instant> brokenFrom) {
        var clocks = new HashSet<ScraperClock>();
        brokenFrom.forEach((way, from) -> chainAt(from)
                .map(ChainVersion::chain)
                .ifPresent(chain -> Stream.of(way.source(), way.hop())
                        .flatMap(hop -> Optional.ofNullable(courses(chain).get(hop)).stream())
                        .flatMap(course -> course.readers().at(from).stream())
                        .forEach(clocks::add)));
        return clocks;
    }

    /** The tables that are not observed at an instant: of the ends of some ways or, if all of these are, of other hops. */
    List<RibId> unobserved(Collection<Break> ways, Instant at) {
        var courses = chainAt(at).map(version -> courses(version.chain())).orElse(Collections.emptySortedMap());
        var unobserved = courses.entrySet().stream()
                .filter(hop -> hop.getValue().at(at).standing() == Standing.UNOBSERVED)
                .toList();
        var ends =
                ways.stream().flatMap(way -> Stream.of(way.source(), way.hop())).collect(Collectors.toSet());
        boolean isAnEnd = unobserved.stream().anyMatch(hop -> ends.contains(hop.getKey()));
        return unobserved.stream()
                .filter(hop -> !isAnEnd || ends.contains(hop.getKey()))
                .map(hop -> hop.getValue().rib())
                .toList();
    }

    Course course(RibId rib) {
        return courses.computeIfAbsent(rib, _ -> course(rib, row));
    }

    private Course course(RibId rib, RowKey key) {
        return new Course(rib, histories.of(rib, key), histories.settledTo(rib), histories.readBy(rib));
    }

    /** What is known at the upstream end of an edge that should carry the prefix. */
    Course upstream(Chain chain, Edge edge) {
        return course(chain, edge.upstream());
    }

    RibId rib(HopId hop, View view) {
        return RibId.of(network, hop, family, view);
    }

    RibId adj(HopId hop, View view, PeerId peer) {
        return RibId.adj(network, hop, family, view, peer);
    }

    /** The tables that decide whether there is a gap, of all versions that are in force at an instant or later. */
    public Set<RibId> deciding(Instant from) {
        var ribs = new HashSet<RibId>();
        chainsFrom(from).forEach(chain -> {
            courses(chain).values().forEach(course -> ribs.add(course.rib()));
            edges(chain).forEach(edge -> ribs.addAll(sessions.tables(edge)));
        });
        return ribs;
    }

    Stream<Chain> chainsFrom(Instant from) {
        return Stream.concat(
                        chainAt(from).stream(),
                        chains.versions().stream()
                                .filter(version -> version.inForceFrom()
                                        .filter(from::isBefore)
                                        .isPresent()))
                .map(ChainVersion::chain);
    }

    /** See {@link Histories#settledTo}. */
    public Optional<Instant> settledTo(RibId rib) {
        return histories.settledTo(rib);
    }

    /** Every instant in (after, upTo] at which something may turn. */
    public SortedSet<Instant> turns(Instant after, Instant upTo) {
        var turns = chainTurns(after).collect(Collectors.toCollection(TreeSet::new));
        chainsFrom(after).forEach(chain -> {
            courses(chain).values().forEach(course -> turns.addAll(course.turns(after, upTo)));
            edges(chain).forEach(edge -> turns.addAll(sessions.turns(edge, after, upTo)));
        });
        return turns.subSet(Course.next(after), Course.next(upTo));
    }

    /** When another chain comes into force, or an edge comes or goes that should carry the prefix: all times after an instant. */
    Stream<Instant> chainTurns(Instant after) {
        return Stream.concat(
                chains.turns().stream(),
                chainsFrom(after)
                        .flatMap(chain -> edges(chain).stream())
                        .flatMap(edge -> Stream.concat(edge.from().stream(), edge.until().stream())));
    }

    /**
     * Since when an edge has been there without a break at an instant: by its own word, and by the versions of the chain.
     *
     * @param earliest it is not asked for longer than that
     */
    Instant thereSince(Edge edge, Instant at, Instant earliest) {
        var known = edge;
        var reached = at;
        while (true) {
            var inForce = chains.turns().headSet(Course.next(reached)).last();
            var begin = known.from().filter(inForce::isBefore).orElse(inForce);
            if (!begin.isAfter(earliest)) {
                return earliest;
            }
            var before = begin.minus(1, ChronoUnit.MICROS);
            var earlier = begin.equals(inForce) ? edgeAt(edge, before) : Optional.<Edge>empty();
            if (earlier.isEmpty()) {
                return begin;
            }
            known = earlier.get();
            reached = before;
        }
    }

    private Optional<Edge> edgeAt(Edge like, Instant at) {
        return chainAt(at).stream()
                .flatMap(version -> into(version.chain(), like.downstream()).stream())
                .filter(edge -> edge.upstream().equals(like.upstream()) && edge.isThereAt(at))
                .findFirst();
    }

    /** The first instant after another at which it is known already that something turns. */
    public Optional<Instant> pending(Instant after) {
        var ofSessions = chainsFrom(after)
                .flatMap(chain -> edges(chain).stream())
                .flatMap(edge -> sessions.pending(edge, after));
        var ofHops = chainsFrom(after)
                .flatMap(chain -> courses(chain).values().stream().flatMap(course -> course.pending(after).stream()));
        return Stream.of(chainTurns(after), ofSessions, ofHops)
                .flatMap(all -> all)
                .filter(after::isBefore)
                .min(Instant::compareTo);
    }

    /** The first instant after another at which it is known already that a table begins or ceases to be observed. */
    public Optional<Instant> pendingCoverage(Instant after) {
        return chainsFrom(after)
                .flatMap(chain -> Stream.concat(
                        courses(chain).values().stream().flatMap(course -> course.pendingCoverage(after).stream()),
                        edges(chain).stream().flatMap(edge -> sessions.pendingCoverage(edge, after))))
                .min(Instant::compareTo);
    }

    /**
     * Whether there would be a gap at an instant if all tables were observed: a hop that lacks the prefix, as last seen by then,
     * below one that has it and should pass it on, or that may have lost it, or one of its paths, or that kept it. While there is
     * none, nothing but a change of the prefix can open one.
     */
    public boolean isSuspect(Instant at) {
        return chainAt(at).stream()
                .anyMatch(version -> isLossSuspect(version.chain(), at) || isConditionSuspect(version, at));
    }

    private boolean isConditionSuspect(ChainVersion version, Instant at) {
        var scene = Scene.asLastSeen(this, version, at);
        return GapSweep.CONDITIONS.stream()
                .anyMatch(condition ->
                        condition.places(scene).anyMatch(place -> condition.at(scene, place) == Verdict.HOLDS));
    }

    private boolean isLossSuspect(Chain chain, Instant at) {
        return edges(chain).stream()
                .filter(edge -> edge.isThereAt(at))
                .filter(edge ->
                        course(chain, edge.downstream()).lastSeenUsable(at).isEmpty())
                .anyMatch(edge -> course(chain, edge.upstream()).lastSeenUsable(at).stream()
                                .anyMatch(seen -> Expectation.passesOn(chain, edge, seen))
                        || edge.link() instanceof Link.Session session
                                && course(chain, edge.downstream()).hadLast(session.upstream(), at));
    }

    private Course course(Chain chain, HopId hop) {
        return Objects.requireNonNull(courses(chain).get(hop));
    }
}
