package dev.hoplog.api.query;

import dev.hoplog.api.history.Window;
import dev.hoplog.chain.ChainTimeline;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.gap.Cause;
import dev.hoplog.gap.Gap;
import dev.hoplog.gap.Incident;
import dev.hoplog.gap.Incidents;
import dev.hoplog.model.Id;
import dev.hoplog.model.Prefix;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** Where prefixes got lost along the chain, and why: found when it is asked, so by any version of the chain. */
public final class Gaps {
    private final DataSource dataSource;
    private final ChainSource chains;

    public Gaps(DataSource dataSource) {
        this(dataSource, ChainSource.PROJECTED);
    }

    Gaps(DataSource dataSource, ChainSource chains) {
        this.dataSource = dataSource;
        this.chains = chains;
    }

    /** Of which prefixes. */
    public sealed interface Of {
        /** That one. */
        record One(Prefix prefix) implements Of {}

        /** Those inside one, itself included. */
        record Within(Prefix prefix) implements Of {}

        /** All that the chain should carry. */
        record All() implements Of {}
    }

    /**
     * What is asked.
     *
     * @param network empty: the only one
     * @param target a node, a hop, or empty for all: only gaps for which one of its hops lacked the prefix
     * @param window only gaps that may have been there at some time in it
     * @param causes only gaps that have one of these; empty: any
     * @param version by which version of the chain; empty: each time by the one in force then
     */
    public record Question(
            String network,
            Of prefixes,
            String target,
            Window window,
            List<Cause> causes,
            Optional<Id> version,
            int limit) {
        public Question {
            causes = List.copyOf(causes);
        }
    }

    /** Gaps ascending by the end of their opening, then by prefix and hop. */
    public record Answer(
            String network,
            List<ExplainedGap> gaps,
            boolean truncated,
            List<ChainVersion> versions,
            Completeness completeness) {}

    /**
     * Incidents ascending by when they started, each with all of its gaps.
     *
     * @param othersUnknownBecause why other prefixes may have been lost together with those in question; empty: all were
     *     looked at
     */
    public record IncidentAnswer(
            String network,
            List<ExplainedIncident> incidents,
            boolean truncated,
            String othersUnknownBecause,
            List<ChainVersion> versions,
            Completeness completeness) {}

    public Answer ask(Question question, Duration limit) throws SQLException {
        try (var transaction = ReadTransaction.begin(dataSource, limit)) {
            var asked = new Asked(transaction, question);
            var prefixes = asked.prefixes(question.prefixes());
            var gaps = asked.search.gaps(prefixes, Cut.NONE, asked::isMeant).stream()
                    .filter(gap -> gap.hasAny(question.causes()))
                    .sorted((a, b) -> Incident.ORDER.compare(a.gap(), b.gap()))
                    .toList();
            boolean truncated = gaps.size() > question.limit();
            return new Answer(
                    asked.network,
                    truncated ? gaps.subList(0, question.limit()) : gaps,
                    truncated,
                    asked.search.versions(),
                    asked.search.completeness(prefixes));
        }
    }

    public IncidentAnswer incidents(Question question, Duration limit) throws SQLException {
        try (var transaction = ReadTransaction.begin(dataSource, limit)) {
            return incidents(transaction, question, Cut.NONE);
        }
    }

    IncidentAnswer incidents(ReadTransaction transaction, Question question, Cut cut) throws SQLException {
        var asked = new Asked(transaction, question);
        var othersUnknown = "";
        SortedSet<Prefix> prefixes;
        try {
            // What belongs together may be of any prefix.
            prefixes = asked.prefixes(new Of.All());
        } catch (QueryFailure.TooMuch tooMuch) {
            prefixes = asked.prefixes(question.prefixes());
            othersUnknown = String.valueOf(tooMuch.getMessage());
        }
        var gaps = new HashMap<Gap, ExplainedGap>();
        asked.search.gaps(prefixes, cut, gap -> true).forEach(gap -> gaps.put(gap.gap(), gap));
        var incidents = Incidents.of(gaps.keySet()).stream()
                .filter(incident -> incident.gaps().stream()
                        .anyMatch(gap -> asked.isMeant(gap)
                                && asked.isOf(gap)
                                && Objects.requireNonNull(gaps.get(gap)).hasAny(question.causes())))
                .toList();
        boolean truncated = incidents.size() > question.limit();
        var told = new ArrayList<ExplainedIncident>();
        for (var incident : truncated ? incidents.subList(0, question.limit()) : incidents) {
            told.add(ExplainedIncident.of(
                    transaction,
                    asked.search.tables(),
                    incident,
                    incident.gaps().stream()
                            .map(gap -> Objects.requireNonNull(gaps.get(gap)))
                            .toList(),
                    cut));
        }
        return new IncidentAnswer(
                asked.network,
                told,
                truncated,
                othersUnknown,
                asked.search.versions(),
                asked.search.completeness(prefixes));
    }

    /** A question, and what the projection has for it. */
    private final class Asked {
        private final ReadTransaction transaction;
        private final Question question;
        private final String network;
        private final GapSearch search;
        private final Target target;

        Asked(ReadTransaction transaction, Question question) throws SQLException {
            this.transaction = transaction;
            this.question = question;
            var found = Tables.find(transaction, question.network(), "");
            this.network = found.network();
            this.search = GapSearch.begin(transaction, chains, network, found.tables(), question.version());
            this.target = Tables.target(transaction, chains, network, question.target(), question.version());
            refuseUnknown(target, search.chains(), found);
            if (search.versions().isEmpty()) {
                throw NoChain.refusal(transaction, network);
            }
        }

        SortedSet<Prefix> prefixes(Of of) throws SQLException {
            return switch (of) {
                case Of.One(var prefix) -> new TreeSet<>(Set.of(prefix));
                case Of.Within(var outer) -> concerned(Optional.of(outer));
                case Of.All() -> concerned(Optional.empty());
            };
        }

        private SortedSet<Prefix> concerned(Optional<Prefix> within) throws SQLException {
            return Concerned.find(
                    transaction, search.versions(), search.tables().deciding(), within);
        }

        boolean isMeant(Gap gap) {
            return meets(question.window(), gap)
                    && (target.includes(gap.hop())
                            || gap.affected().keySet().stream().anyMatch(target::includes));
        }

        boolean isOf(Gap gap) {
            return switch (question.prefixes()) {
                case Of.One(var prefix) -> gap.prefix().equals(prefix);
                case Of.Within(var outer) -> outer.contains(gap.prefix());
                case Of.All() -> true;
            };
        }
    }

    /** Whether it may have been there at some time in the window. */
    private static boolean meets(Window window, Gap gap) {
        boolean endedBefore = gap.ending().isPresent()
                && window.from()
                        .filter(from -> gap.ending().get().bounds().atOrBefore().isBefore(from))
                        .isPresent();
        boolean openedAfter = window.to()
                .filter(to -> gap.opened()
                        .after()
                        .filter(after -> !after.isBefore(to))
                        .isPresent())
                .isPresent();
        return !endedBefore && !openedAfter;
    }

    private static void refuseUnknown(Target target, ChainTimeline chains, Tables.Found found) {
        var all = Stream.concat(
                chains.versions().stream().flatMap(version -> version.chain().hops().stream()),
                found.tables().stream().map(table -> table.rib().hop()));
        if (all.noneMatch(target::includes)) {
            throw new QueryFailure.NotFound("neither the chain of network " + found.network()
                    + " nor any scrape has a node or hop '" + dev.hoplog.model.Excerpt.of(target.text()) + "'");
        }
    }
}
