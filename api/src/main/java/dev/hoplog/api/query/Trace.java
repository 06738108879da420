package dev.hoplog.api.query;

import dev.hoplog.api.history.Why;
import dev.hoplog.api.query.Lookup.Presence;
import dev.hoplog.api.query.Lookup.TableMatches;
import dev.hoplog.history.RouteHistory;
import dev.hoplog.history.Truth;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Id;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.PeerSession;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.RibId;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.SessionState;
import dev.hoplog.model.TimeSpans;
import dev.hoplog.model.View;
import dev.hoplog.wire.Topics;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** One prefix or address on its way through every hop, now or as of a time: received, chosen, installed, sent. */
public final class Trace {
    /** In the order in which a route passes them. */
    private static final List<View> WAY = List.of(
            View.ADJ_RIB_IN_PRE,
            View.ADJ_RIB_IN_REJECTED,
            View.ADJ_RIB_IN_POST,
            View.LOC_RIB,
            View.FIB,
            View.ADJ_RIB_OUT_PRE,
            View.ADJ_RIB_OUT_REJECTED,
            View.ADJ_RIB_OUT_POST);

    /** Of a prefix alone a table has one route. */
    private static final int ONE = 1;

    private final DataSource dataSource;
    private final ChainSource chains;

    public Trace(DataSource dataSource) {
        this(dataSource, ChainSource.PROJECTED);
    }

    Trace(DataSource dataSource, ChainSource chains) {
        this.dataSource = dataSource;
        this.chains = chains;
    }

    /**
     * What is asked.
     *
     * @param isAddress whether the prefix is an address, and so the longest match is meant
     * @param asOf empty: the end of what is known of each table
     * @param version by which version of the chain; empty: each time by the one in force then
     */
    public record Question(
            String network,
            Prefix prefix,
            boolean isAddress,
            String target,
            Optional<Instant> asOf,
            Optional<Id> version) {
        Question(String network, Prefix prefix, boolean isAddress, String target, Optional<Instant> asOf) {
            this(network, prefix, isAddress, target, asOf, Optional.empty());
        }
    }

    /** One entry for each hop, ordered by name; and what became of it from hop to hop. */
    public record Answer(String network, List<HopTrace> hops, ChainTrace chain, Completeness completeness) {}

    /**
     * What one hop did with it.
     *
     * @param reached whether the hop would use a route for it, by its loc-rib or, where it has none, its fib
     * @param unknownBecause why that is not known
     * @param stations its tables in the order in which a route passes them
     */
    public record HopTrace(HopId hop, Presence reached, String unknownBecause, List<Station> stations) {}

    /**
     * A table on the way.
     *
     * @param session with the neighbour whose table it is, as of the same instant or, of the end of what is known, as of
     *     its own; empty: it is of no neighbour
     */
    public record Station(TableMatches table, Optional<Session> session) {}

    /**
     * With a neighbour.
     *
     * @param state empty: it is not known, or there is no such neighbour
     */
    public record Session(Optional<SessionState> state, String unknownBecause) {}

    public Answer ask(Question question, Duration limit) throws SQLException {
        try (var transaction = ReadTransaction.begin(dataSource, limit)) {
            var found = Tables.find(transaction, chains, question.network(), question.target(), question.version());
            var family = AddressFamily.unicast(question.prefix().address().version());
            var match = question.isAddress() ? Lookup.Match.LONGEST : Lookup.Match.EXACT;
            var lookup = Lookup.ask(
                    transaction,
                    new Lookup.Question(
                            question.network(), question.prefix(), match, question.target(), question.asOf(), ONE),
                    found);
            var sessions = sessions(transaction, found.tables(), lookup.tables(), question.asOf());
            var ways = lookup.tables().stream()
                    .sorted(Comparator.comparing(
                            table -> WAY.indexOf(table.rib().view())))
                    .map(table -> new Station(table, Optional.ofNullable(sessions.get(table.rib()))))
                    .collect(Collectors.groupingBy(
                            station -> station.table().rib().hop()));
            var hops = found.tables().stream()
                    .map(table -> table.rib().hop())
                    .distinct()
                    .sorted()
                    .map(hop -> hop(hop, family, ways.getOrDefault(hop, List.of())))
                    .toList();
            var prefix = question.isAddress() ? longest(lookup.tables()) : Optional.of(question.prefix());
            var scraped =
                    found.tables().stream().map(table -> table.rib().hop()).collect(Collectors.toSet());
            // The chain may have a node under another name than it was scraped by.
            Predicate<HopId> asked = question.target().isEmpty() ? scraped::contains : found.target()::includes;
            var chain = ChainTrace.of(
                    transaction, chains, lookup.network(), prefix, asked, question.asOf(), question.version());
            return new Answer(lookup.network(), hops, chain, lookup.completeness());
        }
    }

    /** The most specific prefix that any table ended at. */
    private static Optional<Prefix> longest(List<TableMatches> tables) {
        return tables.stream()
                .flatMap(table -> table.routes().stream())
                .map(Lookup.FoundRoute::prefix)
                .max(Comparator.comparingInt(Prefix::length));
    }

    private static HopTrace hop(HopId hop, AddressFamily family, List<Station> way) {
        var decisive = Tables.decisiveView(
                way.stream().map(station -> station.table().rib().view()).toList());
        var deciding = way.stream()
                .map(Station::table)
                .filter(table -> decisive.filter(table.rib().view()::equals).isPresent())
                .toList();
        if (deciding.isEmpty()) {
            return new HopTrace(hop, Presence.UNKNOWN, Tables.neverScraped(family), way);
        }
        // One for each route distinguisher.
        if (deciding.stream().anyMatch(Trace::isUsed)) {
            return new HopTrace(hop, Presence.PRESENT, "", way);
        }
        var unknown = deciding.stream()
                .filter(table -> table.presence() == Presence.UNKNOWN)
                .map(TableMatches::unknownBecause)
                .findFirst();
        return new HopTrace(hop, unknown.isPresent() ? Presence.UNKNOWN : Presence.ABSENT, unknown.orElse(""), way);
    }

    private static boolean isUsed(TableMatches table) {
        return table.presence() == Presence.PRESENT
                && table.routes().stream().anyMatch(route -> route.truth().isUsable());
    }

    /** By adj table: the session with its neighbour. */
    private static Map<RibId, Session> sessions(
            ReadTransaction transaction,
            List<KnownTable> tables,
            Collection<TableMatches> matches,
            Optional<Instant> asOf)
            throws SQLException {
        var speakers = new HashMap<HopFamily, KnownTable>();
        tables.stream()
                .filter(table -> table.rib().view() == View.SESSIONS)
                .forEach(table -> speakers.put(HopFamily.of(table.rib()), table));
        var spokesman = Set.of(Topics.SPOKESMAN);
        var knowledge = Knowledge.of(transaction, speakers.values(), spokesman);
        var asked = new HashMap<RibId, SessionEvents.Asked>();
        for (var match : matches) {
            var table = speakers.get(HopFamily.of(match.rib()));
            if (table != null && match.rib().peer().isPresent()) {
                var row = RowKey.of(match.rib().peer().get());
                asOf.or(() -> Knowledge.end(knowledge.covered(table, spokesman)))
                        .ifPresent(instant -> asked.put(match.rib(), new SessionEvents.Asked(table, row, instant)));
            }
        }
        var events = new SessionEvents(transaction).around(Set.copyOf(asked.values()));
        var sessions = new HashMap<RibId, Session>();
        for (var match : matches) {
            match.rib()
                    .peer()
                    .ifPresent(peer -> sessions.put(
                            match.rib(),
                            Optional.ofNullable(asked.get(match.rib()))
                                    .map(one -> session(one, events.getOrDefault(one, List.of()), knowledge, peer))
                                    .orElse(new Session(Optional.empty(), "no session table of this hop is known"))));
        }
        return sessions;
    }

    private static Session session(
            SessionEvents.Asked asked, List<RouteEvent> events, Knowledge knowledge, PeerId peer) {
        var covered = knowledge.covered(asked.table(), Set.of(Topics.SPOKESMAN));
        var truth = new RouteHistory(View.SESSIONS, events, covered).at(asked.instant());
        return switch (truth) {
            case Truth.Present present -> new Session(Optional.of(state(present.seen())), "");
            case Truth.Absent _ -> new Session(Optional.empty(), "there is no neighbour " + peer);
            case Truth.Undecided _ -> {
                var unmoved = unmoved(asked.instant(), events);
                yield new Session(unmoved, unmoved.isPresent() ? "" : why(truth, covered, knowledge, asked));
            }
            case Truth.NotObserved _ -> new Session(Optional.empty(), why(truth, covered, knowledge, asked));
        };
    }

    private static String why(Truth truth, TimeSpans covered, Knowledge knowledge, SessionEvents.Asked asked) {
        return Why.unknown(truth, covered, knowledge.blind(asked.table()));
    }

    /** What a session was before and after every change around an instant: often only its counts moved. */
    private static Optional<SessionState> unmoved(Instant instant, List<RouteEvent> events) {
        var possible = events.stream()
                .filter(event -> event.bounds().contains(instant)
                        && event.bounds().atOrBefore().isAfter(instant))
                .flatMap(event ->
                        Stream.of(event.change().before(), event.change().after()))
                .map(seen -> seen.map(Trace::state))
                .distinct()
                .toList();
        return possible.size() == 1 ? possible.getFirst() : Optional.empty();
    }

    private static SessionState state(Seen seen) {
        return ((PeerSession) seen.row()).state();
    }

    private record HopFamily(HopId hop, AddressFamily family) {
        static HopFamily of(RibId rib) {
            return new HopFamily(rib.hop(), rib.family());
        }
    }
}
