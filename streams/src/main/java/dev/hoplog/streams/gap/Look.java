package dev.hoplog.streams.gap;

import dev.hoplog.chain.ChainTimeline;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.gap.Explainer;
import dev.hoplog.gap.Finding;
import dev.hoplog.gap.GapEvent;
import dev.hoplog.gap.GapSweep;
import dev.hoplog.gap.Ground;
import dev.hoplog.history.Readers;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.Id;
import dev.hoplog.model.RibId;
import dev.hoplog.model.ScraperClock;
import dev.hoplog.model.TimeSpan;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One look at a subject: says what has become certain since the last one, and remembers what it waits for.
 *
 * <pre>
 *              cursor              settled by all tables that decide
 *   ———————————|——————————————————|- - - - - - - - - - ▶
 *     is said    is swept now       is waited for
 * </pre>
 */
final class Look {
    private final Subject subject;
    private final Memory memory;
    private final Consumer<GapEvent> out;
    private final SubjectState before;
    private final Map<RibId, List<RouteEvent>> rows;
    private final Ground ground;
    private final List<Id> versions;
    private final GapSweep sweep;
    private final Map<Id, OpenCase> cases = new LinkedHashMap<>();
    private final Settled settled;
    private final Instant givenUpTo;
    private Instant cursor;
    private Optional<Instant> timer;

    Look(Subject subject, Memory memory, Consumer<GapEvent> out) {
        this.subject = subject;
        this.memory = memory;
        this.out = out;
        this.before = memory.state(subject).orElseGet(SubjectState::unknown);
        this.rows = memory.rows(subject);
        this.givenUpTo = Patience.givenUpTo(before, rows, memory.mostWaiting());
        this.settled = new Settled(memory, givenUpTo);
        ChainTimeline chains = memory.chains(subject.network());
        this.versions = chains.versions().stream().map(ChainVersion::id).toList();
        this.ground =
                new Ground(subject.network(), chains, subject.prefix(), new KeptHistories(memory, rows, givenUpTo));
        this.sweep = new GapSweep(ground, before.open(), before.doubts());
        this.cursor = before.cursor();
        this.timer = before.timer();
        before.cases().forEach(known -> cases.put(known.gap(), new OpenCase(known)));
    }

    void take() {
        var deciding = ground.deciding(cursor);
        if (deciding.isEmpty() && before.open().isEmpty() && before.cases().isEmpty()) {
            passOver();
            return;
        }
        deciding = sweep(deciding);
        if (deciding.isEmpty() && !sweep.open().isEmpty()) {
            // No chain concerns it any more: nothing is waited for, and what is open ends.
            sweepTo(next(cursor));
        }
        var evidence = new HashSet<>(deciding);
        for (var open : cases.values()) {
            evidence.addAll(open.tables());
            open.explain();
        }
        var waits = waits(deciding, evidence);
        cases.values().removeIf(OpenCase::isDone);
        prune(
                cases.values().stream()
                        .flatMap(open -> open.unexplained.stream())
                        .map(TimeSpan::from)
                        .reduce(cursor, Look::earlier),
                evidence);
        var after = new SubjectState(
                cursor,
                cursor.equals(before.cursor()) ? before.chain() : versions,
                List.copyOf(sweep.open()),
                List.copyOf(sweep.doubts()),
                timer,
                cases.values().stream().map(OpenCase::kept).toList(),
                givenUpTo,
                waits);
        if (!after.equals(before)) {
            memory.state(subject, after);
        }
    }

    /** No chain concerns it: what happened until now is not asked for, by whatever chain is published later. */
    private void passOver() {
        cursor = rows.values().stream()
                .map(events -> events.getLast().bounds().atOrBefore())
                .reduce(cursor, (a, b) -> a.isBefore(b) ? b : a);
        prune(cursor, rows.keySet());
        if (!cursor.equals(before.cursor())) {
            memory.state(
                    subject,
                    new SubjectState(
                            cursor,
                            before.chain(),
                            List.of(),
                            List.of(),
                            Optional.empty(),
                            List.of(),
                            givenUpTo,
                            Set.of()));
        }
    }

    /** As far as all that decides is settled. Where another chain is in force, that may be less: what is left. */
    private Set<RibId> sweep(Set<RibId> deciding) {
        sweepTo(settled.least(deciding));
        var left = ground.deciding(cursor);
        return left.equals(deciding) ? deciding : sweep(left);
    }

    private void sweepTo(Instant to) {
        if (!cursor.isBefore(to) || to.equals(Instant.MAX)) {
            return;
        }
        var turns = new TreeSet<>(ground.turns(cursor, to));
        unsweptChain().ifPresent(turns::add);
        timer.ifPresent(turns::add);
        var from = next(cursor);
        for (var at = turns.pollFirst(); at != null && !at.isAfter(to); at = turns.pollFirst()) {
            last(from, at);
            step(at);
            timer.ifPresent(turns::add);
            from = at;
        }
        last(from, next(to));
        cursor = to;
    }

    /** When another version of the chain is taken into account, if there is one that was not yet. */
    private Optional<Instant> unsweptChain() {
        return before.chain().equals(versions) || cursor.equals(Instant.MIN)
                ? Optional.empty()
                : Optional.of(next(before.cursor())).filter(cursor::isBefore);
    }

    private void last(Instant from, Instant to) {
        if (from.isBefore(to)) {
            cases.values().forEach(open -> open.lasts(new TimeSpan(from, to)));
        }
    }

    private void step(Instant at) {
        for (var event : sweep.step(at)) {
            out.accept(event);
            if (event instanceof GapEvent.Opened opened) {
                cases.put(opened.gap(), new OpenCase(opened));
            } else if (event instanceof GapEvent.BrokenAlso also) {
                caseOf(also.gap()).breaks.add(new Case.Broken(also.way(), also.from(), Optional.empty()));
            } else if (event instanceof GapEvent.Closed closed) {
                caseOf(closed.gap()).hasEnded = true;
            }
        }
        cases.values().forEach(open -> open.isCertain = sweep.isCertain(open.gap));
        timer = sweep.timer();
    }

    private OpenCase caseOf(Id gap) {
        var known = cases.get(gap);
        if (known == null) {
            throw new IllegalStateException("a gap without a case: " + gap);
        }
        return known;
    }

    private Set<Wait> waits(Set<RibId> deciding, Set<RibId> evidence) {
        var waits = new HashSet<Wait>();
        boolean isWatched = !sweep.open().isEmpty() || timer.isPresent() || ground.isSuspect(cursor);
        Stream.of(
                        ground.pending(cursor),
                        isWatched ? ground.pendingCoverage(cursor) : Optional.<Instant>empty(),
                        unsweptChain(),
                        timer)
                .flatMap(Optional::stream)
                .min(Instant::compareTo)
                .ifPresent(until ->
                        settled.laggards(deciding, until).forEach(table -> waits.add(Wait.until(table, until))));
        cases.values().stream()
                .flatMap(open -> open.waitsUntil().stream())
                .min(Instant::compareTo)
                .ifPresent(until ->
                        settled.laggards(evidence, until).forEach(table -> waits.add(Wait.until(table, until))));
        if (isWatched) {
            evidence.forEach(table -> waits.add(Wait.forTurn(table)));
        }
        return waits;
    }

    /** @param evidence tables on whose clocks it depends for how long something must have been so */
    private void prune(Instant at, Set<RibId> evidence) {
        var from = at.equals(Instant.MIN) ? at : at.minus(clockError(evidence));
        rows.forEach((table, events) -> {
            var kept = KeptHistories.pruned(table.view(), events, from);
            if (kept.size() < events.size()) {
                memory.row(subject, table, kept);
            }
        });
    }

    /** By how much times of any two of them may be apart. */
    private Duration clockError(Set<RibId> tables) {
        return ScraperClock.errorAmong(tables.stream()
                .flatMap(table -> memory.table(table).readers().all().stream())
                .map(Readers.Since::clock)
                .collect(Collectors.toSet()));
    }

    private static Instant next(Instant instant) {
        return instant.equals(Instant.MIN) ? instant : instant.plus(1, ChronoUnit.MICROS);
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    /** A {@link Case} at work. */
    private final class OpenCase {
        private final Id gap;
        private final Explainer explainer;
        private final dev.hoplog.gap.Gap.Kind kind;
        private final List<Case.Broken> breaks;
        private final List<TimeSpan> unexplained;
        private boolean isCertain;
        private boolean hasEnded;

        OpenCase(Case known) {
            gap = known.gap();
            kind = known.kind();
            explainer = new Explainer(ground, kind);
            breaks = new ArrayList<>(known.breaks());
            unexplained = new ArrayList<>(known.unexplained());
            isCertain = known.isCertain();
            hasEnded = known.hasEnded();
        }

        OpenCase(GapEvent.Opened opened) {
            this(new Case(
                    opened.gap(),
                    opened.kind(),
                    opened.breaks().stream()
                            .map(way -> new Case.Broken(way, opened.certainAt(), Optional.empty()))
                            .toList(),
                    true,
                    List.of(),
                    false));
        }

        Case kept() {
            return new Case(gap, kind, breaks, isCertain, unexplained, hasEnded);
        }

        void lasts(TimeSpan span) {
            if (!isCertain) {
                return;
            }
            if (!unexplained.isEmpty() && unexplained.getLast().to().equals(span.from())) {
                unexplained.add(new TimeSpan(unexplained.removeLast().from(), span.to()));
            } else {
                unexplained.add(span);
            }
        }

        boolean isDone() {
            return hasEnded && unexplained.isEmpty();
        }

        Collection<RibId> tables() {
            return breaks.stream()
                    .flatMap(broken -> explainer.tables(broken.way(), begin()).stream())
                    .toList();
        }

        private Instant begin() {
            return unexplained.isEmpty() ? cursor : unexplained.getFirst().from();
        }

        /** Says why, as far as all its evidence is settled. */
        void explain() {
            var to = settled.least(tables());
            var left = new ArrayList<TimeSpan>();
            for (var span : unexplained) {
                if (to.isBefore(span.from())) {
                    left.add(span);
                } else {
                    var end = to.isBefore(span.to()) ? next(to) : span.to();
                    explain(new TimeSpan(span.from(), end));
                    if (end.isBefore(span.to())) {
                        left.add(new TimeSpan(end, span.to()));
                    }
                }
            }
            unexplained.clear();
            unexplained.addAll(left);
            if (isDone()) {
                breaks.stream()
                        .filter(broken -> broken.said().isEmpty())
                        .forEach(broken -> say(broken, broken.from(), Finding.NOTHING));
            }
        }

        private void explain(TimeSpan span) {
            for (int i = 0; i < breaks.size(); i++) {
                var broken = breaks.get(i);
                if (broken.from().isBefore(span.to())) {
                    var from = broken.from().isAfter(span.from()) ? broken.from() : span.from();
                    breaks.set(i, explain(broken, new TimeSpan(from, span.to())));
                }
            }
        }

        private Case.Broken explain(Case.Broken broken, TimeSpan span) {
            var said = broken.said();
            for (var found : explainer.findings(broken.way(), span).entrySet()) {
                var news = found.getValue().newsAfter(said);
                news.ifPresent(finding -> say(broken, found.getKey().from(), finding));
                if (news.isPresent()) {
                    said = news.map(Finding::unproven);
                }
            }
            return new Case.Broken(broken.way(), broken.from(), said);
        }

        private void say(Case.Broken broken, Instant from, Finding finding) {
            out.accept(finding.from(gap, broken.way(), from));
        }

        /** When the next thing is to be said of it. */
        Optional<Instant> waitsUntil() {
            var evidence = hasEnded
                    ? Stream.<Instant>empty()
                    : breaks.stream().flatMap(broken -> explainer.pending(broken.way(), cursor).stream());
            return Stream.concat(evidence, unexplained.stream().limit(1).map(TimeSpan::from))
                    .min(Instant::compareTo);
        }
    }
}
