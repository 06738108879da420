package dev.hoplog.api.query;

import dev.hoplog.api.history.Why;
import dev.hoplog.history.RouteHistory;
import dev.hoplog.history.Truth;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.Id;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.RibId;
import dev.hoplog.model.TimeSpans;
import dev.hoplog.model.View;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/** One prefix or address, by any match, at one hop or all, now or as of a time. */
public final class Lookup {
    /** An IPv6 prefix lies in at most so many others. */
    private static final int MOST_AROUND = 129;

    private final DataSource dataSource;
    private final ChainSource chains;

    public Lookup(DataSource dataSource) {
        this(dataSource, ChainSource.PROJECTED);
    }

    Lookup(DataSource dataSource, ChainSource chains) {
        this.dataSource = dataSource;
        this.chains = chains;
    }

    /** How a prefix matches. */
    public enum Match {
        EXACT,
        /** The most specific one that contains it and is selected, wherever it leads: see {@link RouteHistory#selectionAt}. */
        LONGEST,
        MORE_SPECIFIC,
        LESS_SPECIFIC
    }

    /**
     * What is asked.
     *
     * @param asOf empty: the end of what is known of each table
     * @param limit of routes for each table
     * @param version by which version of the chain; empty: each time by the one in force then
     */
    public record Question(
            String network,
            Prefix prefix,
            Match match,
            String target,
            Optional<Instant> asOf,
            int limit,
            Optional<Id> version) {
        Question(String network, Prefix prefix, Match match, String target, Optional<Instant> asOf, int limit) {
            this(network, prefix, match, target, asOf, limit, Optional.empty());
        }
    }

    /**
     * One entry for each table, ordered by key.
     *
     * @param gaps that are open then: of an exact match only
     */
    public record Answer(String network, List<TableMatches> tables, OpenGaps gaps, Completeness completeness) {
        Answer with(OpenGaps open) {
            return new Answer(network, tables, open, completeness);
        }
    }

    /** What is known of the whole table's answer. */
    public enum Presence {
        PRESENT,
        ABSENT,
        UNKNOWN
    }

    /**
     * What one table has.
     *
     * @param asOf the instant that the answer is about; empty: nothing is known of the table
     */
    public record TableMatches(
            RibId rib,
            Optional<Instant> asOf,
            Presence presence,
            List<FoundRoute> routes,
            boolean truncated,
            String unknownBecause) {}

    /**
     * A route that was there, or may have been.
     *
     * @param truth present, or undecided: then a change of the route lies around the instant
     */
    public record FoundRoute(Prefix prefix, Truth truth) {}

    public Answer ask(Question question, Duration limit) throws SQLException {
        try (var transaction = ReadTransaction.begin(dataSource, limit)) {
            var found = Tables.find(transaction, chains, question.network(), question.target(), question.version());
            var answer = ask(transaction, question, found);
            return question.match() == Match.EXACT
                    ? answer.with(OpenGaps.find(transaction, chains, question, found))
                    : answer;
        }
    }

    /** Without gaps. */
    static Answer ask(ReadTransaction transaction, Question question, Tables.Found found) throws SQLException {
        var family = AddressFamily.unicast(question.prefix().address().version());
        var tables = found.tables().stream()
                .filter(table -> table.rib().family() == family && table.rib().view() != View.SESSIONS)
                .toList();
        var partitions = partitions(transaction, question);
        var knowledge = Knowledge.of(transaction, tables, partitions);
        var covered = new HashMap<Integer, TimeSpans>();
        var instants = new HashMap<Integer, Instant>();
        for (var table : tables) {
            var of = knowledge.covered(table, partitions);
            covered.put(table.id(), of);
            question.asOf().or(() -> Knowledge.end(of)).ifPresent(instant -> instants.put(table.id(), instant));
        }
        int most = isAround(question.match()) ? MOST_AROUND : question.limit() + 1;
        var events = Around.find(transaction, tables, instants, relation(question.match()), question.prefix(), most);
        var answers = new ArrayList<TableMatches>();
        for (var table : tables) {
            answers.add(matches(
                    question,
                    table,
                    Optional.ofNullable(instants.get(table.id())),
                    covered.getOrDefault(table.id(), TimeSpans.none()),
                    knowledge,
                    events.getOrDefault(table.id(), Map.of())));
        }
        var upTo = Knowledge.least(covered.values().stream().map(Knowledge::end).toList());
        return new Answer(
                found.network(), answers, OpenGaps.NONE, new Completeness(upTo, transaction.positions(partitions)));
    }

    private static TableMatches matches(
            Question question,
            KnownTable table,
            Optional<Instant> asOf,
            TimeSpans covered,
            Knowledge knowledge,
            Map<Prefix, List<RouteEvent>> events) {
        if (asOf.filter(covered::contains).isEmpty()) {
            var why = Why.notObserved(asOf.orElse(Instant.MAX), covered, knowledge.blind(table));
            return new TableMatches(table.rib(), asOf, Presence.UNKNOWN, List.of(), false, why);
        }
        var routes = new ArrayList<FoundRoute>();
        for (var route : events.entrySet()) {
            var history = new RouteHistory(table.rib().view(), route.getValue(), covered);
            var truth = history.at(asOf.get());
            var selection = history.selectionAt(asOf.get());
            if (truth instanceof Truth.Absent) {
                continue;
            }
            if (question.match() == Match.LONGEST && selection.isKnown() && !selection.isSelected()) {
                continue;
            }
            routes.add(new FoundRoute(route.getKey(), truth));
            if (question.match() == Match.LONGEST && selection.isSelected()) {
                break;
            }
        }
        boolean truncated = routes.size() > question.limit();
        var shown = truncated ? routes.subList(0, question.limit()) : routes;
        var undecided = shown.stream()
                .map(FoundRoute::truth)
                .filter(truth -> !truth.isKnown())
                .findFirst();
        boolean certain = question.match() == Match.LONGEST
                ? undecided.isEmpty() && !shown.isEmpty()
                : shown.stream().anyMatch(route -> route.truth().isKnown());
        var presence = certain ? Presence.PRESENT : undecided.isPresent() ? Presence.UNKNOWN : Presence.ABSENT;
        var why = presence == Presence.UNKNOWN
                ? undecided.map(truth -> Why.unknown(truth, covered, List.of())).orElse("")
                : "";
        return new TableMatches(table.rib(), asOf, presence, shown, truncated, why);
    }

    private static boolean isAround(Match match) {
        return match == Match.LONGEST || match == Match.LESS_SPECIFIC;
    }

    private static Around.Relation relation(Match match) {
        return switch (match) {
            case EXACT -> Around.Relation.SAME;
            case MORE_SPECIFIC -> Around.Relation.INSIDE;
            case LONGEST, LESS_SPECIFIC -> Around.Relation.AROUND;
        };
    }

    /** Where everything that could match lives: also what no table has, since its absence is part of the answer. */
    private static Set<Integer> partitions(ReadTransaction transaction, Question question) {
        return switch (question.match()) {
            case EXACT -> Set.of(transaction.partitionOf(question.prefix()));
            case MORE_SPECIFIC -> transaction.allPartitions();
            case LONGEST, LESS_SPECIFIC -> transaction.partitionsAround(question.prefix());
        };
    }
}
