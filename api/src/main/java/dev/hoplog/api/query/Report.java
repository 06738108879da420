package dev.hoplog.api.query;

import dev.hoplog.api.history.Window;
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
            String network, Optional<Prefix> prefix, String target, Window window, Optional<Id> version) {}

    /**
     * What there is to report.
     *
     * @param stops of the prefix; empty: none is asked for
     * @param timeline what happened to the prefix at the hops that the incidents touch; of several prefixes, to their gaps
     */
    public record Answer(Optional<WhenStopped.Answer> stops, Gaps.IncidentAnswer incidents, Timeline.Answer timeline) {}

    public Answer ask(Question question, Duration limit) throws SQLException {
        try (var transaction = ReadTransaction.begin(dataSource, limit)) {
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
                            MOST_INCIDENTS));
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
            var entries = timeline(transaction, question, incidents);
            return new Answer(
                    stops,
                    incidents,
                    new Timeline.Answer(
                            incidents.network(),
                            List.of(),
                            entries,
                            false,
                            incidents.versions(),
                            "",
                            incidents.completeness()));
        }
    }

    private List<Timeline.Entry> timeline(ReadTransaction transaction, Question question, Gaps.IncidentAnswer incidents)
            throws SQLException {
        var lost = new TreeSet<Prefix>();
        incidents
                .incidents()
                .forEach(incident -> lost.addAll(incident.incident().prefixes()));
        var one = question.prefix().or(() -> lost.size() == 1 ? Optional.of(lost.first()) : Optional.empty());
        if (one.isEmpty()) {
            var entries = new ArrayList<Timeline.Entry>();
            incidents.incidents().stream()
                    .flatMap(incident -> incident.gaps().stream())
                    .forEach(gap -> entries.addAll(Timeline.Entry.GapTurned.of(incidents.network(), gap)));
            entries.sort(Comparator.comparing(Timeline.Entry::time).thenComparing(Timeline.Entry::rib));
            return entries;
        }
        var touched = new HashSet<String>();
        incidents.incidents().forEach(incident -> incident.touched().forEach(hop -> touched.add(hop.toString())));
        var around = around(question.window(), incidents);
        var answer = timeline.ask(
                transaction,
                new Timeline.Question(question.network(), one.get(), "", around, MOST_ENTRIES, question.version()));
        var asked = Tables.target(transaction, chains, incidents.network(), question.target(), question.version());
        return answer.entries().stream()
                .filter(entry -> touched.contains(entry.rib().hop().toString())
                        || !question.target().isEmpty()
                                && asked.includes(entry.rib().hop()))
                .filter(entry -> isTelling(entry, around))
                .toList();
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
            case Timeline.Entry.Restarted _, Timeline.Entry.GapTurned _ -> true;
        };
    }

    /** The window or, where it is open, what the incidents took, and some time before and after. */
    private static Window around(Window window, Gaps.IncidentAnswer incidents) {
        var starts = incidents.incidents().stream()
                .map(incident -> incident.incident().started())
                .toList();
        var from = window.from()
                .or(() -> starts.stream()
                        .map(bounds -> bounds.after().orElse(Instant.MIN))
                        .min(Comparator.naturalOrder())
                        .filter(Instant.MIN::isBefore)
                        .map(after -> after.minus(MARGIN)));
        var ends = incidents.incidents().stream()
                .map(incident -> incident.incident().ended().map(Bounds::atOrBefore))
                .toList();
        var to = window.to()
                .or(() -> ends.stream().anyMatch(Optional::isEmpty)
                        ? Optional.empty()
                        : ends.stream()
                                .flatMap(Optional::stream)
                                .max(Comparator.naturalOrder())
                                .map(end -> end.plus(MARGIN)));
        return new Window(from, to);
    }
}
