package dev.hoplog.gap;

import dev.hoplog.chain.Chain;
import dev.hoplog.chain.Edge;
import dev.hoplog.chain.Link;
import dev.hoplog.history.Truth;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.Attribute;
import dev.hoplog.model.Change.ChangedUnseen;
import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.Communities;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Observed;
import dev.hoplog.model.Path;
import dev.hoplog.model.PathFlag;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.RibId;
import dev.hoplog.model.Route;
import dev.hoplog.model.ScraperClock;
import dev.hoplog.model.View;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The stations of an edge, and what they prove of a prefix that does not get across it.
 *
 * <pre>
 *   upstream loc-rib ─▶ adj-out ─▶ session ─▶ adj-in ─▶ downstream loc-rib ─▶ FIB
 * </pre>
 *
 * What a station has may be under way to the next one, and what a session that came up carries may be about to be sent: both
 * prove something once they have been so for as long as the edge may take. Any two must have been so for as long as the
 * clocks that they were read on may be apart.
 */
final class Stations {
    private final Ground ground;
    private final Chain chain;
    private final Edge edge;
    private final List<RibId> ribs;
    /** By how much times of any two of them may be apart, from when on. */
    private final NavigableMap<Instant, Duration> errors = new TreeMap<>();

    Stations(Ground ground, Chain chain, Edge edge) {
        this.ground = ground;
        this.chain = chain;
        this.edge = edge;
        this.ribs = ribs();
        Stream.concat(Stream.of(Instant.MIN), courses().flatMap(course -> course.readers().changes().stream()))
                .forEach(from -> errors.computeIfAbsent(from, this::errorAt));
    }

    private List<RibId> ribs() {
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
                awayFromUpstream()
                        .filter(away -> away.link() instanceof Link.Session)
                        .forEach(away -> stations.add(ground.rib(away.downstream(), View.LOC_RIB)));
        }
        return stations;
    }

    private Duration errorAt(Instant at) {
        return ScraperClock.errorAmong(
                courses().flatMap(course -> course.readers().at(at).stream()).collect(Collectors.toSet()));
    }

    private Duration error(Instant at) {
        return errors.floorEntry(at).getValue();
    }

    /** How long what is there may be under way. */
    private Duration patience(Instant at) {
        return edge.grace().plus(error(at));
    }

    private Stream<Course> courses() {
        return Stream.concat(
                ribs.stream().map(ground::course), ground.sessions().courses(edge));
    }

    /** The tables that may be evidence. */
    Set<RibId> tables() {
        var tables = new HashSet<RibId>(ribs);
        tables.addAll(ground.sessions().tables(edge));
        return tables;
    }

    /** The instants in (after, upTo] at which what they prove may turn. */
    Set<Instant> turns(Instant after, Instant upTo) {
        var turns = new HashSet<Instant>();
        courses().forEach(course -> turns.addAll(course.turns(after, upTo)));
        ripenings(after, upTo).forEach(turns::add);
        return turns;
    }

    /**
     * When the next change of any of them may begin or is seen, or it begins or ceases to be observed, or has been so for long
     * enough.
     */
    Stream<Instant> pending(Instant after) {
        var ofTables = courses()
                .flatMap(course -> Stream.of(
                                course.pendingBegin(after), course.pending(after), course.pendingCoverage(after))
                        .flatMap(Optional::stream));
        return Stream.concat(ofTables, ripenings(after, Instant.MAX));
    }

    /** When what began has been so for long enough, in (after, upTo]. */
    private Stream<Instant> ripenings(Instant after, Instant upTo) {
        return errors.values().stream()
                .flatMap(error -> Stream.of(error, edge.grace().plus(error)))
                .filter(Duration::isPositive)
                .distinct()
                .flatMap(wait -> courses()
                        .flatMap(course -> course.beginnings(before(after, wait), before(upTo, wait)))
                        .map(begin -> begin.plus(wait)));
    }

    private static Instant before(Instant instant, Duration by) {
        return instant.equals(Instant.MIN) || instant.equals(Instant.MAX) ? instant : instant.minus(by);
    }

    /** What proves at an instant that there is no session. */
    List<Evidence> down(Instant at) {
        return ground.sessions().down(edge, at, Duration.ZERO);
    }

    /** What has proven it for long enough to be so while the others are as they are. */
    List<Evidence> downLasting(Instant at) {
        return ground.sessions().down(edge, at, error(at));
    }

    boolean isFrom(HopId hop) {
        return edge.upstream().equals(hop);
    }

    /** Whether it is certain that the upstream end has it, and should pass it on. */
    boolean isExpected(Instant at) {
        var upstream = ground.upstream(chain, edge).at(at);
        return upstream.standing() == Standing.HAS && Expectation.passesOn(chain, edge, upstream);
    }

    Finding findingAt(Instant at) {
        return switch (edge.link()) {
            case Link.Install _ -> installing(at);
            case Link.Session session -> {
                var down = downLasting(at);
                yield down.isEmpty() ? crossing(session, at) : Finding.of(Cause.SESSION_DOWN, down);
            }
        };
    }

    private Finding installing(Instant at) {
        var evidence = new ArrayList<>(evidence(
                List.of(
                        ground.rib(edge.upstream(), View.LOC_RIB),
                        ground.rib(edge.upstream(), View.FIB),
                        ground.rib(edge.downstream(), View.FIB)),
                at));
        var onward = new TreeSet<HopId>();
        var maybeOnward = new TreeSet<HopId>();
        var without = ground.course(ground.rib(edge.downstream(), View.FIB)).certainSince(at);
        awayFromUpstream().filter(away -> away.isThereAt(at)).forEach(away -> {
            if (away.link() instanceof Link.Session session) {
                var rib = ground.rib(away.downstream(), View.LOC_RIB);
                Use.at(ground.course(rib), session.upstream(), at, error(at))
                        .filter(_ -> isSince(without, at))
                        .ifPresentOrElse(
                                isUsed -> {
                                    if (isUsed) {
                                        onward.add(away.downstream());
                                        evidence.addAll(evidence(List.of(rib), at));
                                    }
                                },
                                () -> maybeOnward.add(away.downstream()));
            }
        });
        return new Finding(Cause.NOT_INSTALLED, evidence, Communities.none(), Optional.empty(), onward, maybeOnward);
    }

    private Stream<Edge> awayFromUpstream() {
        return ground.edges(chain).stream().filter(away -> away.upstream().equals(edge.upstream()));
    }

    private Finding crossing(Link.Session session, Instant at) {
        var downstream = ground.rib(edge.downstream(), View.LOC_RIB);
        if (truth(downstream, at) instanceof Truth.Present present) {
            var there = Paths.there(present.seen())
                    .filter(path -> Neighbours.isFrom(path, session.upstream()))
                    .toList();
            if (!there.isEmpty()) {
                return unused(downstream, there, at);
            }
            if (!Neighbours.tells(present.seen(), session.upstream())) {
                // It may be the one that is there.
                return Finding.NOTHING;
            }
        }
        var sent = ground.adj(edge.upstream(), View.ADJ_RIB_OUT_POST, session.downstream());
        var unsent = ground.adj(edge.upstream(), View.ADJ_RIB_OUT_REJECTED, session.downstream());
        var received = ground.adj(edge.downstream(), View.ADJ_RIB_IN_PRE, session.upstream());
        var refused = ground.adj(edge.downstream(), View.ADJ_RIB_IN_REJECTED, session.upstream());
        var had = ground.rib(edge.upstream(), View.LOC_RIB);
        if (isWithout(downstream, session.upstream(), at)
                && (isThere(received, at, patience(at)) || isThere(refused, at, patience(at)))) {
            var lacking = lacking(List.of(received, refused, sent), at);
            // What a policy requires somebody may have taken away: all who had it in hand show who.
            var seen = required().equals(Communities.none())
                    ? List.of(received, refused, downstream)
                    : List.of(had, sent, received, refused, downstream);
            return Finding.of(Cause.REJECTED_ON_IMPORT, evidence(seen, at), required(), lacking);
        }
        // Without a session nothing is sent and nothing received, whatever the policy: what is missing proves nothing
        // then.
        boolean isUp = ground.sessions().isUpAt(edge, at, patience(at));
        if (isUp && isUpstreamReady(at) && isMissing(sent, at) || isThere(unsent, at, error(at))) {
            return Finding.of(
                    Cause.NOT_EXPORTED,
                    evidence(List.of(had, sent, unsent), at),
                    required(),
                    lacking(List.of(had), at));
        }
        if (isUp && isThere(sent, at, patience(at)) && isMissing(received, at)) {
            return Finding.of(Cause.LISTED_AS_EXPORTED_BUT_NOT_RECEIVED, evidence(List.of(sent, received), at));
        }
        return ground.sessions().isUpAt(edge, at, Duration.ZERO)
                ? Finding.NOTHING
                : Finding.of(Cause.UNKNOWN, evidence(List.of(sent, received), at));
    }

    /**
     * Whether it is certain that the table has no path from a neighbour, whatever else changes in it, and has had none for as long
     * as clocks may be apart.
     */
    private boolean isWithout(RibId rib, PeerId neighbour, Instant at) {
        var course = ground.course(rib);
        var states = course.states(at);
        return !states.isEmpty()
                && states.stream().allMatch(seen -> isWithout(seen, neighbour))
                && isSince(
                        course.since(
                                at,
                                event -> event.change() instanceof ChangedUnseen
                                        || !isWithout(event.change().before(), neighbour)),
                        at);
    }

    private static boolean isWithout(Optional<Seen> row, PeerId neighbour) {
        return row.isEmpty()
                || Neighbours.tells(row.get(), neighbour)
                        && Paths.there(row.get()).noneMatch(path -> Neighbours.isFrom(path, neighbour));
    }

    /** A path that just came is not valid until its next hop was looked for, and not the best until it was chosen. */
    private Finding unused(RibId rib, List<Path> there, Instant at) {
        if (there.stream().allMatch(path -> path.has(PathFlag.DAMPED))) {
            return Finding.NOTHING;
        }
        var since = Use.since(ground.course(rib), at, there.stream(), Beginnings::isOfPath);
        if (since.plus(patience(at)).isAfter(at)) {
            return Finding.NOTHING;
        }
        boolean isValid = there.stream().anyMatch(path -> path.has(PathFlag.VALID));
        return Finding.of(isValid ? Cause.NOT_BEST : Cause.NEXT_HOP_UNREACHABLE, evidence(List.of(rib), at));
    }

    /** Whether the upstream end has had it for so long that it would have sent it. */
    private boolean isUpstreamReady(Instant at) {
        var since = Expectation.certainSince(chain, edge, ground.upstream(chain, edge), at);
        return !since.plus(patience(at)).isAfter(at);
    }

    private boolean isThere(RibId rib, Instant at, Duration forAtLeast) {
        return rowAt(rib, at) instanceof Truth.Present && isSo(rib, at, forAtLeast);
    }

    private boolean isMissing(RibId rib, Instant at) {
        return rowAt(rib, at) instanceof Truth.Absent && isSo(rib, at, error(at));
    }

    /** Whether the row is there, whatever changes of it. */
    private Truth rowAt(RibId rib, Instant at) {
        return ground.course(rib).truth(at, Stations::isOfRow);
    }

    private static boolean isOfRow(RouteEvent event) {
        return Beginnings.isOfRow(event.change());
    }

    /** Whether it is long enough ago for all clocks. */
    private boolean isSince(Instant since, Instant at) {
        return !since.plus(error(at)).isAfter(at);
    }

    private boolean isSo(RibId rib, Instant at, Duration forAtLeast) {
        return !ground.course(rib).since(at, Stations::isOfRow).plus(forAtLeast).isAfter(at);
    }

    /**
     * What the edge requires and no path that is used has on it, in the first of the tables that had the route and shows its
     * communities; empty: none does, or a change of them is under way.
     */
    private Optional<Communities> lacking(List<RibId> tables, Instant at) {
        for (var table : tables) {
            switch (ground.course(table).truth(at, event -> Beginnings.isOfCommunities(event.change()))) {
                case Truth.Present present
                when present.seen().row() instanceof Route route
                        && showsCommunities(present.seen().observed()) -> {
                    return Optional.of(lacking(route));
                }
                case Truth.Undecided _ -> {
                    return Optional.empty();
                }
                case Truth.Present _, Truth.Absent _, Truth.NotObserved _ -> {}
            }
        }
        return Optional.empty();
    }

    private Communities required() {
        return edge.requires(ground.prefix());
    }

    private Communities lacking(Route route) {
        var required = required();
        var carried = Expectation.best(route).stream().map(Path::communities).toList();
        return new Communities(
                required.standard().stream()
                        .filter(community ->
                                carried.stream().noneMatch(of -> of.standard().contains(community)))
                        .toList(),
                required.large().stream()
                        .filter(community ->
                                carried.stream().noneMatch(of -> of.large().contains(community)))
                        .toList(),
                List.of(),
                List.of());
    }

    private static boolean showsCommunities(Observed observed) {
        return observed.includes(Attribute.COMMUNITIES) && observed.includes(Attribute.LARGE_COMMUNITIES);
    }

    /** What is known of these tables. */
    private List<Evidence> evidence(List<RibId> tables, Instant at) {
        return tables.stream()
                .map(rib -> new Evidence(rib, ground.row(), truth(rib, at)))
                .filter(evidence -> evidence.truth().isKnown())
                .toList();
    }

    private Truth truth(RibId rib, Instant at) {
        return ground.course(rib).truth(at);
    }
}
