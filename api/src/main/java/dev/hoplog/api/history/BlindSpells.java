package dev.hoplog.api.history;

import dev.hoplog.log.LogEntry.BlindMark;
import dev.hoplog.model.TimeSpan;
import dev.hoplog.model.TimeSpans;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** <i>unknown = window − observed</i>, with reasons. */
public final class BlindSpells {
    private BlindSpells() {}

    /**
     * A time in which nobody knows what a table held.
     *
     * @param from the last instant that is known before it, or the start of the window
     * @param to the first instant that is known after it, or the end of the window; empty: not yet
     * @param last the last failed scrape in it; empty: there was silence only
     * @param failures how many scrapes failed in it
     */
    public record BlindSpell(Instant from, Optional<Instant> to, Optional<BlindMark> last, int failures) {}

    /**
     * The spells within a window, or, where it is open, within all that was ever tried.
     *
     * @param judged an instant that somebody asks about: if it lies beyond all that is known, the time up to it is blind
     */
    public static List<BlindSpell> in(
            Window window, TimeSpans covered, List<BlindMark> marks, Optional<Instant> judged) {
        var begin = window.from().or(() -> firstTried(covered, marks));
        var end = window.to().or(() -> lastTried(covered, marks, judged));
        if (begin.isEmpty() || end.isEmpty()) {
            return List.of();
        }
        // A window that lies wholly before or after all that was tried is blind where it is bounded.
        boolean isApart = end.get().isBefore(begin.get());
        var first = isApart && window.from().isEmpty() ? end : begin;
        var last = isApart && window.to().isEmpty() ? begin : end;
        var spells = new ArrayList<BlindSpell>();
        for (var hole : TimeSpans.of(TimeSpan.closed(first.get(), last.get()))
                .minus(covered)
                .spans()) {
            spells.add(spell(hole, window, covered, marks));
        }
        return spells;
    }

    private static BlindSpell spell(TimeSpan hole, Window window, TimeSpans covered, List<BlindMark> marks) {
        var before = hole.from().minus(1, ChronoUnit.MICROS);
        var from = covered.contains(before) ? before : hole.from();
        boolean goesOn = window.to().isEmpty()
                && covered.spans().stream().noneMatch(span -> span.to().isAfter(hole.from()));
        var to = covered.contains(hole.to()) ? hole.to() : hole.to().minus(1, ChronoUnit.MICROS);
        var within = marks.stream()
                .filter(mark -> !mark.firstFailedAt().isAfter(to)
                        && !mark.lastFailedAt().isBefore(from))
                .sorted(Comparator.comparing(BlindMark::lastFailedAt))
                .toList();
        return new BlindSpell(
                from,
                goesOn ? Optional.empty() : Optional.of(to),
                within.isEmpty() ? Optional.empty() : Optional.of(within.getLast()),
                within.stream().mapToInt(BlindMark::failures).sum());
    }

    private static Optional<Instant> firstTried(TimeSpans covered, List<BlindMark> marks) {
        var observed = covered.spans().stream().map(TimeSpan::from);
        return Stream.concat(observed, marks.stream().map(BlindMark::firstFailedAt))
                .min(Comparator.naturalOrder());
    }

    private static Optional<Instant> lastTried(TimeSpans covered, List<BlindMark> marks, Optional<Instant> judged) {
        var observed = covered.spans().stream().map(span -> span.to().minus(1, ChronoUnit.MICROS));
        return Stream.of(observed, marks.stream().map(BlindMark::lastFailedAt), judged.stream())
                .flatMap(instants -> instants)
                .max(Comparator.naturalOrder());
    }
}
