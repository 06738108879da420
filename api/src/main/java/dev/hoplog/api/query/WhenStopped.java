package dev.hoplog.api.query;

import dev.hoplog.api.history.BlindSpells;
import dev.hoplog.api.history.BlindSpells.BlindSpell;
import dev.hoplog.api.history.Verdict;
import dev.hoplog.api.history.Why;
import dev.hoplog.api.history.Window;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.history.RouteHistory;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.Id;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.RibId;
import dev.hoplog.model.TimeSpan;
import dev.hoplog.model.TimeSpans;
import dev.hoplog.model.View;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** The defining question: when did a prefix stop reaching a hop, and when was it back? */
public final class WhenStopped {
    private final DataSource dataSource;
    private final ChainSource chains;

    public WhenStopped(DataSource dataSource) {
        this(dataSource, ChainSource.PROJECTED);
    }

    WhenStopped(DataSource dataSource, ChainSource chains) {
        this.dataSource = dataSource;
        this.chains = chains;
    }

    /**
     * What is asked.
     *
     * @param network empty: the only one
     * @param target a node, a hop, or empty for all
     * @param at the instant to judge at; empty: the end of what is known, or of the window. What is certain later only is
     *     left out
     * @param version by which version of the chain; empty: each time by the one in force then
     */
    public record Question(
            String network, Prefix prefix, String target, Optional<Instant> at, Window window, Optional<Id> version) {
        public Question {
            if (at.isPresent() && window.from().filter(at.get()::isBefore).isPresent()) {
                throw new QueryFailure.Invalid("at lies before from: ask about a window that begins earlier");
            }
        }

        Question(String network, Prefix prefix, String target, Optional<Instant> at, Window window) {
            this(network, prefix, target, at, window, Optional.empty());
        }

        private Cut cut() {
            return new Cut(at.or(window::to));
        }
    }

    /**
     * One answer for each hop, ordered by name.
     *
     * @param versions of the chain, by which it was found what broke
     * @param toldUpTo what is certain later only is left out; empty: all that is known is told
     */
    public record Answer(
            String network,
            List<HopAnswer> hops,
            List<ChainVersion> versions,
            Completeness completeness,
            Optional<Instant> toldUpTo) {}

    /**
     * What one table says.
     *
     * @param rib the hop's loc-rib, or its fib where it has no other
     * @param unknownBecause empty if the state is known
     * @param coveredBy selected routes around the prefix during the stop, the most specific first. The prefix's own is among
     *     them where it leads nowhere
     * @param coveringUnknown during the stop, when it is not known what covered it
     * @param broken the gap that explains the stop, or why it never came
     */
    public record HopAnswer(
            RibId rib,
            Verdict verdict,
            RouteHistory history,
            String unknownBecause,
            List<Covering> coveredBy,
            TimeSpans coveringUnknown,
            List<BlindSpell> blind,
            Broken broken,
            Optional<Instant> completeUpTo) {}

    /** A route that a lookup could end at while the prefix was gone; one that is not usable leads nowhere. */
    public record Covering(Seen route, TimeSpan span) {}

    public Answer ask(Question question, Duration limit) throws SQLException {
        try (var transaction = ReadTransaction.begin(dataSource, limit)) {
            return ask(transaction, question);
        }
    }

    Answer ask(ReadTransaction transaction, Question question) throws SQLException {
        var found = Tables.find(transaction, chains, question.network(), question.target(), question.version());
        var family = AddressFamily.unicast(question.prefix().address().version());
        var tables = Tables.decisive(found.tables(), family);
        var breaks = Broken.find(
                transaction, chains, found.network(), question.prefix(), question.version(), question.cut());
        var answer = answer(transaction, question, found.network(), tables, breaks);
        var hops = new ArrayList<>(answer.hops());
        hops.addAll(neverScraped(question, found, family, tables));
        hops.sort(Comparator.comparing(HopAnswer::rib));
        return new Answer(answer.network(), hops, answer.versions(), answer.completeness(), answer.toldUpTo());
    }

    private static Answer answer(
            ReadTransaction transaction,
            Question question,
            String network,
            List<KnownTable> tables,
            Broken.Finder breaks)
            throws SQLException {
        var prefix = question.prefix();
        var own = List.of(transaction.partitionOf(prefix));
        var read = new TreeSet<>(own);
        var knowledge = Knowledge.of(transaction, tables, transaction.partitionsAround(prefix));
        var events = new Events(transaction, tables);
        var byTable = events.of(prefix, tables);

        var judged = new ArrayList<Judged>();
        for (var table : tables) {
            var history = new RouteHistory(
                    table.rib().view(), byTable.getOrDefault(table.id(), List.of()), knowledge.covered(table, own));
            judged.add(new Judged(table, history, Verdict.of(history, question.at(), question.window())));
        }
        var stopped = judged.stream()
                .filter(one -> !one.outOfUse().isEmpty())
                .map(Judged::table)
                .toList();
        var around = Map.<Integer, Map<Prefix, List<RouteEvent>>>of();
        if (!stopped.isEmpty()) {
            around = events.around(prefix, stopped);
            read.addAll(transaction.partitionsAround(prefix));
        }
        var hops = new ArrayList<HopAnswer>();
        for (var one : judged) {
            var marks = knowledge.blind(one.table);
            var covered = one.history.covered();
            hops.add(new HopAnswer(
                    one.table.rib(),
                    one.verdict,
                    one.history,
                    Why.unknown(one.verdict.now(), covered, marks),
                    coveredBy(transaction, knowledge, one, around.getOrDefault(one.table.id(), Map.of())),
                    one.outOfUse().minus(knowledge.covered(one.table, transaction.partitionsAround(prefix))),
                    BlindSpells.in(question.cut().of(question.window()), covered, marks, one.verdict.judgedAt()),
                    breaks.of(one.table.rib().hop(), one.verdict),
                    Knowledge.end(one.outOfUse().isEmpty() ? covered : knowledge.covered(one.table, read))));
        }
        var upTo = Knowledge.least(hops.stream().map(HopAnswer::completeUpTo).toList());
        return new Answer(
                network,
                hops,
                breaks.versions(),
                new Completeness(upTo, transaction.positions(read)),
                question.cut().end());
    }

    private record Judged(KnownTable table, RouteHistory history, Verdict verdict) {
        /** When the route was certainly out of use in the stop that the verdict names. */
        TimeSpans outOfUse() {
            return verdict.stop()
                    .flatMap(stop -> verdict.judgedAt().map(stop::certain))
                    .orElse(TimeSpans.none());
        }
    }

    private static List<Covering> coveredBy(
            ReadTransaction transaction, Knowledge knowledge, Judged judged, Map<Prefix, List<RouteEvent>> around) {
        var covering = new ArrayList<>(covering(judged.history, judged.outOfUse()));
        around.entrySet().stream()
                .sorted(Comparator.comparingInt(entry -> -entry.getKey().length()))
                .forEach(entry -> {
                    var history = new RouteHistory(
                            judged.table.rib().view(),
                            entry.getValue(),
                            knowledge.covered(judged.table, List.of(transaction.partitionOf(entry.getKey()))));
                    covering.addAll(covering(history, judged.outOfUse()));
                });
        return covering;
    }

    /** Ascending; apart where the route turned from one that leads somewhere into one that does not, or back. */
    private static List<Covering> covering(RouteHistory history, TimeSpans when) {
        return Stream.of(history.usable(), history.leadingNowhere())
                .flatMap(certain -> certain.intersect(when).spans().stream())
                .sorted(Comparator.comparing(TimeSpan::from))
                .flatMap(span -> history
                        .lastAt(span.from())
                        .flatMap(event -> event.change().after())
                        .map(seen -> new Covering(seen, span))
                        .stream())
                .toList();
    }

    /** Hops that exist, and have no table that could use the prefix. */
    private static List<HopAnswer> neverScraped(
            Question question, Tables.Found found, AddressFamily family, List<KnownTable> decisive) {
        var hops = new TreeSet<>(
                found.tables().stream().map(table -> table.rib().hop()).toList());
        decisive.forEach(table -> hops.remove(table.rib().hop()));
        var history = new RouteHistory(View.LOC_RIB, List.of(), TimeSpans.none());
        return hops.stream()
                .map(hop -> new HopAnswer(
                        RibId.of(found.network(), hop, family, View.LOC_RIB),
                        Verdict.of(history, question.at(), question.window()),
                        history,
                        Tables.neverScraped(family),
                        List.of(),
                        TimeSpans.none(),
                        List.of(),
                        Broken.nothing(),
                        Optional.empty()))
                .toList();
    }
}
