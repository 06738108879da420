package dev.hoplog.api.query;

import dev.hoplog.api.history.Window;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.Id;
import dev.hoplog.model.PeerSession;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.View;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** All that a post-mortem is made of, read at one moment. */
public final class Report {
    /** More would be no report. */
    private static final int MOST_ENTRIES = 10_000;

    private static final int MOST_INCIDENTS = 100;
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final DataSource dataSource;
    private final ChainSource chains;
    private final WhenStopped whenStopped;
    private final Timeline timeline;
    private final Gaps gaps;

    public Report(DataSource dataSource) {
        this(dataSource, ChainSource.PROJECTED);
    }

    Report(DataSource dataSource, ChainSource chains) {
        this.dataSource = dataSource;
        this.chains = chains;
        this.whenStopped = new WhenStopped(dataSource, chains);
        this.timeline = new Timeline(dataSource, chains);
        this.gaps = new Gaps(dataSource, chains);
    }

    /**
     * What is asked.
     *
     * @param prefix empty: of all incidents
     * @param target a node or hop; empty: all
     * @param version by which version of the chain; empty: each time by the one in force then
     */
    public record Question(
            String network, Optional<Prefix> prefix, String target, Window window, Optional<Id> version) {
        /** Later on more will be known of the time after an instant: of the time before it the same can be asked again. */
        private Question upTo(Optional<Instant> end) {
            var last = end.filter(to -> window.from().filter(to::isBefore).isEmpty());
            return new Question(network, prefix, target, new Cut(last).of(window), version);
        }
    }

    /**
     * What there is to report.
     *
     * @param asked the question; its window ends where what was known did, or before
     * @param stops of the prefix; empty: none is asked for
     * @param timeline what happened to the prefix at the hops that the incidents touch; of several prefixes, to their gaps
     */
    public record Answer(
            Question asked,
            Optional<WhenStopped.Answer> stops,
            Gaps.IncidentAnswer incidents,
            Timeline.Answer timeline) {}

    public Answer ask(Question question, Duration limit) throws SQLException {
        try (var transaction = ReadTransaction.begin(dataSource, limit)) {
            var all = Tables.find(transaction, question.network(), "").tables();
            var known = Knowledge.of(transaction, all, transaction.allPartitions());
            return ask(transaction, question.upTo(known.end()));
        }
    }

    private Answer ask(ReadTransaction transaction, Question question) throws SQLException {
        var cut = new Cut(question.window().to());
        var prefixes = question.prefix().<Gaps.Of>map(Gaps.Of.One::new).orElseGet(Gaps.Of.All::new);
        var incidents = gaps.incidents(
                transaction,
                new Gaps.Question(
                        question.network(),
                        prefixes,
                        question.target(),
                        question.window(),
                        List.of(),
                        question.version(),
                        MOST_INCIDENTS),
                cut);
        Optional<WhenStopped.Answer> stops = question.prefix().isEmpty()
                ? Optional.empty()
                : Optional.of(whenStopped.ask(
                        transaction,
                        new WhenStopped.Question(
                                question.network(),
                                question.prefix().get(),
                                question.target(),
                                Optional.empty(),
                                question.window(),
                                question.version())));
        return new Answer(
                question,
                stops,
                incidents,
                new Timeline.Answer(
                        incidents.network(),
                        List.of(),
                        timeline(transaction, question, stops, incidents).stream()
                                .filter(entry -> entry.dated()
                                        .map(dated -> cut.has(dated.bounds()))
                                        .orElse(true))
                                .toList(),
                        false,
                        incidents.versions(),
                        "",
                        incidents.completeness()));
    }

    private List<Timeline.Entry> timeline(
            ReadTransaction transaction,
            Question question,
            Optional<WhenStopped.Answer> stops,
            Gaps.IncidentAnswer incidents)
            throws SQLException {
        var lost = new TreeSet<Prefix>();
        incidents
                .incidents()
                .forEach(incident -> lost.addAll(incident.incident().prefixes()));
        var one = question.prefix().or(() -> lost.size() == 1 ? Optional.of(lost.first()) : Optional.empty());
        var entries = new ArrayList<Timeline.Entry>();
        if (one.isPresent()) {
            var touched = new HashSet<String>();
            incidents.incidents().forEach(incident -> incident.touched().forEach(hop -> touched.add(hop.toString())));
            var around = around(question.window(), stops, incidents);
            var asked = Tables.target(transaction, chains, incidents.network(), question.target(), question.version());
            timeline
                    .ask(
                            transaction,
                            new Timeline.Question(
                                    question.network(), one.get(), "", around, MOST_ENTRIES, question.version()))
                    .entries()
                    .stream()
                    .filter(entry -> touched.contains(entry.rib().hop().toString())
                            || !question.target().isEmpty()
                                    && asked.includes(entry.rib().hop()))
                    .filter(entry -> isTelling(entry, around))
                    .forEach(entries::add);
        }
        incidents.incidents().stream()
                .flatMap(incident -> incident.gaps().stream())
                .filter(gap ->
                        one.filter(prefix -> !prefix.equals(gap.gap().prefix())).isEmpty())
                .forEach(gap -> entries.addAll(Timeline.Entry.GapTurned.of(incidents.network(), gap)));
        entries.sort(Comparator.comparing(Timeline.Entry::time).thenComparing(Timeline.Entry::rib));
        return entries;
    }

    /** What decides, and why; not every count of a session. */
    private static boolean isTelling(Timeline.Entry entry, Window window) {
        var view = entry.rib().view();
        return switch (entry) {
            case Timeline.Entry.Happened(var event)
            when view == View.SESSIONS ->
                event.bounds().after().isPresent()
                        && !(event.change().before().map(seen -> seen.row()).orElse(null) instanceof PeerSession was
                                && event.change()
                                                .after()
                                                .map(seen -> seen.row())
                                                .orElse(null)
                                        instanceof PeerSession is
                                && was.state() == is.state());
            // What was there since before anybody looked did not happen.
            case Timeline.Entry.Happened(var event) ->
                (view == View.LOC_RIB || view == View.FIB)
                        && event.bounds().after().isPresent();
            // What lies before and after all that was observed is no event.
            case Timeline.Entry.Blind(var rib, var spell) ->
                (view == View.LOC_RIB || view == View.FIB)
                        && window.from()
                                .filter(from -> !spell.from().isAfter(from))
                                .isEmpty()
                        && spell.to().isPresent()
                        && !spell.to().equals(window.to());
            case Timeline.Entry.Restarted _ -> true;
            // The incidents tell theirs; others have nothing to do with what is asked.
            case Timeline.Entry.GapTurned _ -> false;
        };
    }

    /** Something that the report tells. */
    private record Told(Bounds began, Optional<Bounds> ended) {}

    /** The window as far as anything is told of it, and some time before and after. */
    private static Window around(Window window, Optional<WhenStopped.Answer> stops, Gaps.IncidentAnswer incidents) {
        var told = Stream.concat(
                        incidents.incidents().stream()
                                .map(ExplainedIncident::incident)
                                .map(incident -> new Told(incident.started(), incident.ended())),
                        stops.stream()
                                .flatMap(answer -> answer.hops().stream())
                                .flatMap(hop -> hop.verdict().stop().stream())
                                .map(stop -> new Told(
                                        stop.stopped().bounds(), stop.returned().map(RouteEvent::bounds))))
                .toList();
        var from = window.from()
                .or(() -> told.stream()
                        .map(one -> one.began().after().orElse(Instant.MIN))
                        .min(Comparator.naturalOrder())
                        .filter(Instant.MIN::isBefore)
                        .map(after -> after.minus(MARGIN)));
        var end = told.stream().anyMatch(one -> one.ended().isEmpty())
                ? Optional.<Instant>empty()
                : told.stream()
                        .flatMap(one -> one.ended().stream())
                        .map(Bounds::atOrBefore)
                        .max(Comparator.naturalOrder())
                        .map(last -> last.plus(MARGIN));
        return new Cut(window.to()).of(new Window(from, end));
    }
}
