package dev.hoplog.api.query;

import dev.hoplog.api.history.BlindSpells;
import dev.hoplog.api.history.BlindSpells.BlindSpell;
import dev.hoplog.api.history.Why;
import dev.hoplog.api.history.Window;
import dev.hoplog.api.query.ExplainedGap.ExplainedCause;
import dev.hoplog.api.query.ExplainedGap.Suspended;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.gap.Explanation;
import dev.hoplog.gap.Gap;
import dev.hoplog.history.RouteHistory;
import dev.hoplog.history.Truth;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.log.LogEntry.SourceRestart;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.Dated;
import dev.hoplog.model.Id;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.RibId;
import dev.hoplog.model.TimeSpan;
import dev.hoplog.model.TimeSpans;
import dev.hoplog.model.View;
import dev.hoplog.wire.Topics;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import javax.sql.DataSource;

/** What was there at the start of a window, and everything that happened in it. */
public final class Timeline {
    private final DataSource dataSource;
    private final ChainSource chains;

    public Timeline(DataSource dataSource) {
        this(dataSource, ChainSource.PROJECTED);
    }

    Timeline(DataSource dataSource, ChainSource chains) {
        this.dataSource = dataSource;
        this.chains = chains;
    }

    /**
     * What is asked.
     *
     * @param limit of entries
     * @param version by which version of the chain; empty: each time by the one in force then
     */
    public record Question(
            String network, Prefix prefix, String target, Window window, int limit, Optional<Id> version) {
        Question(String network, Prefix prefix, String target, Window window, int limit) {
            this(network, prefix, target, window, limit, Optional.empty());
        }
    }

    /**
     * What happened.
     *
     * @param atStart empty where the window is open: then the first events say since when
     * @param versions of the chain, by which gaps were found
     * @param gapsUnknownBecause why none is told; empty: those that there are, are
     */
    public record Answer(
            String network,
            List<TableState> atStart,
            List<Entry> entries,
            boolean truncated,
            List<ChainVersion> versions,
            String gapsUnknownBecause,
            Completeness completeness) {
        /** How many entries up reaches the first one that the given one may have happened before; 0: none. */
        public int undecidedWithAbove(int index) {
            var own = entries.get(index).dated();
            if (own.isEmpty()) {
                return 0;
            }
            for (int i = 0; i < index; i++) {
                var above = entries.get(i).dated();
                if (above.filter(dated -> dated.relativeTo(own.get()) != Dated.Order.BEFORE)
                        .isPresent()) {
                    return index - i;
                }
            }
            return 0;
        }
    }

    /** What a table held at the start of the window. */
    public record TableState(RibId rib, Truth truth, String unknownBecause) {}

    /** One thing that happened. */
    public sealed interface Entry {
        RibId rib();

        /** What entries are sorted by; those of one instant by the key of their table, which every projection has alike. */
        Instant time();

        /** What they are ordered by, as far as that goes; empty: not ordered. */
        Optional<Dated> dated();

        /** A change of the prefix, or of a neighbour or a daemon. */
        record Happened(RouteEvent event) implements Entry {
            @Override
            public RibId rib() {
                return event.rib();
            }

            @Override
            public Instant time() {
                return event.bounds().atOrBefore();
            }

            @Override
            public Optional<Dated> dated() {
                return Optional.of(event.dated());
            }
        }

        /** A daemon started anew. */
        record Restarted(SourceRestart restart) implements Entry {
            @Override
            public RibId rib() {
                return restart.rib();
            }

            @Override
            public Instant time() {
                return restart.bounds().atOrBefore();
            }

            @Override
            public Optional<Dated> dated() {
                return Optional.of(restart.dated());
            }
        }

        /** A time in which nobody knows what the table held. */
        record Blind(RibId rib, BlindSpell spell) implements Entry {
            @Override
            public Instant time() {
                return spell.from();
            }

            @Override
            public Optional<Dated> dated() {
                return Optional.empty();
            }
        }

        /**
         * What happened to a gap for which a hop in question lacked the prefix.
         *
         * @param rib where the entry is sorted in: a table of the gap's hop
         * @param cause that held from then on; empty: it is no explanation
         * @param suspension that began or ended; empty: none did
         */
        record GapTurned(
                RibId rib,
                Turn turn,
                ExplainedGap gap,
                Optional<ExplainedCause> cause,
                Optional<Suspended> suspension,
                Bounds bounds)
                implements Entry {
            private GapTurned(RibId rib, Turn turn, ExplainedGap gap, Bounds bounds) {
                this(rib, turn, gap, Optional.empty(), Optional.empty(), bounds);
            }

            /** At an instant at which what is certain turns. */
            private static Bounds exactly(Instant at) {
                return Bounds.between(at.minus(1, ChronoUnit.MICROS), at);
            }

            /** The ways in which a gap turns. */
            public enum Turn {
                OPENED,
                EXPLAINED,
                SUSPENDED,
                RESUMED,
                CLOSED
            }

            @Override
            public Instant time() {
                return bounds.atOrBefore();
            }

            /** It follows from what several tables had. */
            @Override
            public Optional<Dated> dated() {
                return Optional.empty();
            }

            /** All that happened to it, in the order of time. */
            static List<GapTurned> of(String network, ExplainedGap gap) {
                var family = AddressFamily.unicast(gap.gap().prefix().address().version());
                var rib = RibId.of(network, gap.gap().hop(), family, View.LOC_RIB);
                var turns = new ArrayList<GapTurned>();
                turns.add(new GapTurned(rib, Turn.OPENED, gap, gap.gap().opened()));
                for (var cause : gap.causes()) {
                    begins(gap.gap(), cause.explanation())
                            .forEach(from -> turns.add(new GapTurned(
                                    rib, Turn.EXPLAINED, gap, Optional.of(cause), Optional.empty(), exactly(from))));
                }
                for (var suspended : gap.suspensions()) {
                    var suspension = suspended.suspension();
                    turns.add(new GapTurned(
                            rib,
                            Turn.SUSPENDED,
                            gap,
                            Optional.empty(),
                            Optional.of(suspended),
                            exactly(suspension.from())));
                    suspension
                            .resumed()
                            .ifPresent(at -> turns.add(new GapTurned(
                                    rib, Turn.RESUMED, gap, Optional.empty(), Optional.of(suspended), exactly(at))));
                }
                gap.gap()
                        .ending()
                        .ifPresent(ending -> turns.add(new GapTurned(rib, Turn.CLOSED, gap, ending.bounds())));
                return turns;
            }

            /** When a cause begins to be proven, and does again after it was not for some of the time that the gap was there. */
            private static List<Instant> begins(Gap gap, Explanation explanation) {
                var unproven = gap.certain().minus(explanation.when());
                var begins = new ArrayList<Instant>();
                var last = Optional.<Instant>empty();
                for (var span : explanation.when().spans()) {
                    boolean goesOn = last.filter(to -> unproven.intersect(TimeSpans.of(new TimeSpan(to, span.from())))
                                    .isEmpty())
                            .isPresent();
                    if (!goesOn) {
                        begins.add(span.from());
                    }
                    last = Optional.of(span.to());
                }
                return begins;
            }
        }
    }

    public Answer ask(Question question, Duration limit) throws SQLException {
        try (var transaction = ReadTransaction.begin(dataSource, limit)) {
            return ask(transaction, question);
        }
    }

    Answer ask(ReadTransaction transaction, Question question) throws SQLException {
        var found = Tables.find(transaction, chains, question.network(), question.target(), question.version());
        var family = AddressFamily.unicast(question.prefix().address().version());
        var routes = found.tables().stream()
                .filter(table -> table.rib().family() == family && table.rib().view() != View.SESSIONS)
                .toList();
        var sessions = sessions(found.tables(), family);
        int own = transaction.partitionOf(question.prefix());
        var partitions = new TreeSet<>(List.of(own, Topics.SPOKESMAN));
        var all = new ArrayList<>(routes);
        all.addAll(sessions);
        var knowledge = Knowledge.of(transaction, all, partitions);

        var entries = new ArrayList<Entry>();
        new Events(transaction, routes)
                .in(question.window(), question.prefix(), routes, question.limit() + 1)
                .forEach(event -> entries.add(new Entry.Happened(event)));
        var told = new SessionEvents(transaction);
        told.in(question.window(), sessions, question.limit() + 1)
                .forEach(event -> entries.add(new Entry.Happened(event)));
        told.restarts(question.window(), all, question.limit() + 1)
                .forEach(restart -> entries.add(new Entry.Restarted(restart)));
        for (var table : all) {
            var covered = knowledge.covered(table, List.of(partition(table, own)));
            BlindSpells.in(question.window(), covered, knowledge.blind(table), Optional.empty())
                    .forEach(spell -> entries.add(new Entry.Blind(table.rib(), spell)));
        }
        var breaks = Broken.find(transaction, chains, found.network(), question.prefix(), question.version(), Cut.NONE);
        for (var gap : breaks.gaps()) {
            if (gap.concerns(found.target()::includes)) {
                Entry.GapTurned.of(found.network(), gap).stream()
                        .filter(turned -> question.window().meets(turned.bounds()))
                        .forEach(entries::add);
            }
        }
        entries.sort(Comparator.comparing(Entry::time).thenComparing(Entry::rib));
        boolean truncated = entries.size() > question.limit();

        // A restart is told by partition 0, so an answer knows no more of a table than both.
        var upTo = Knowledge.least(all.stream()
                .map(table -> Knowledge.end(
                        knowledge.covered(table, new TreeSet<>(List.of(partition(table, own), Topics.SPOKESMAN)))))
                .toList());
        return new Answer(
                found.network(),
                atStart(transaction, question, routes, knowledge, own),
                truncated ? entries.subList(0, question.limit()) : entries,
                truncated,
                breaks.versions(),
                breaks.noneBecause(),
                new Completeness(upTo, transaction.positions(partitions)));
    }

    private static int partition(KnownTable table, int own) {
        return table.rib().view() == View.SESSIONS ? Topics.SPOKESMAN : own;
    }

    private static List<TableState> atStart(
            ReadTransaction transaction, Question question, List<KnownTable> tables, Knowledge knowledge, int partition)
            throws SQLException {
        var start = question.window().from();
        if (start.isEmpty()) {
            return List.of();
        }
        var instants = new HashMap<Integer, Instant>();
        tables.forEach(table -> instants.put(table.id(), start.get()));
        var events = Around.find(transaction, tables, instants, Around.Relation.SAME, question.prefix(), 1);
        var states = new ArrayList<TableState>();
        for (var table : tables) {
            var covered = knowledge.covered(table, List.of(partition));
            var truth = new RouteHistory(table.rib().view(), Around.of(events, table, question.prefix()), covered)
                    .at(start.get());
            states.add(new TableState(table.rib(), truth, Why.unknown(truth, covered, knowledge.blind(table))));
        }
        return states;
    }

    /** The session tables of the prefix's family; those of the other where a hop has no such. */
    private static List<KnownTable> sessions(Collection<KnownTable> tables, AddressFamily family) {
        var all = tables.stream()
                .filter(table -> table.rib().view() == View.SESSIONS)
                .toList();
        var hops = new TreeSet<>(all.stream()
                .filter(table -> table.rib().family() == family)
                .map(table -> table.rib().hop())
                .toList());
        return all.stream()
                .filter(table -> table.rib().family() == family
                        || !hops.contains(table.rib().hop()))
                .toList();
    }
}
