package dev.hoplog.streams.gap;

import dev.hoplog.history.Readers;
import dev.hoplog.log.LogEntry.BlindMark;
import dev.hoplog.log.LogEntry.CoverageMark;
import dev.hoplog.model.TimeSpan;
import dev.hoplog.model.TimeSpans;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * When a table was observed, as far as that is decided: the time that the last reading of a stretch took is not, since the
 * next change may turn out to lie in it.
 *
 * <pre>
 *   readings    [——]    [——]    [——]          [——]
 *   decided     |——————————————|      silence |      and so far settled
 * </pre>
 *
 * @param stretches ascending; the last {@value #MOST_STRETCHES}
 * @param settledTo nothing that is still to come tells of an instant up to here
 * @param readers on whose clock, and when
 * @param scrapeRibs how many tables of its hop the last scrape asked for; 0: it does not say
 */
public record TableTrack(List<Stretch> stretches, Optional<Instant> settledTo, Readers readers, int scrapeRibs) {
    static final int MOST_STRETCHES = 1_000;

    /**
     * Observed without a break.
     *
     * @param from inclusive
     * @param to where it was covered to, inclusive
     * @param decidedTo inclusive, at most {@code to}
     */
    public record Stretch(Instant from, Instant to, Instant decidedTo) {}

    public TableTrack {
        stretches = List.copyOf(
                stretches.size() > MOST_STRETCHES
                        ? stretches.subList(stretches.size() - MOST_STRETCHES, stretches.size())
                        : stretches);
    }

    /** Nobody ever told of it. */
    public static TableTrack unknown() {
        return new TableTrack(List.of(), Optional.empty(), Readers.none(), 0);
    }

    TableTrack with(CoverageMark mark) {
        var decidedTo = later(mark.coveredFrom(), earlier(mark.capturedFrom(), mark.coveredTo()));
        var next = new ArrayList<>(stretches);
        var last = stretches.isEmpty() ? null : stretches.getLast();
        if (last != null && !mark.coveredFrom().isAfter(last.to().plus(1, ChronoUnit.MICROS))) {
            next.set(
                    next.size() - 1,
                    new Stretch(last.from(), later(last.to(), mark.coveredTo()), later(last.decidedTo(), decidedTo)));
        } else {
            next.add(new Stretch(mark.coveredFrom(), mark.coveredTo(), decidedTo));
        }
        var coveredTo = Optional.ofNullable(last).map(Stretch::to);
        return new TableTrack(
                next,
                // What a mark that ends before its reading does not say of the time between, the next one does.
                settled(earlier(mark.capturedFrom(), mark.coveredTo())),
                readers.with(mark.readBy(), mark.coveredFrom(), mark.capturedFrom(), coveredTo),
                mark.scrapeRibs());
    }

    TableTrack with(BlindMark mark) {
        return new TableTrack(
                stretches, settled(mark.lastFailedAt()), readers, Math.max(scrapeRibs, mark.scrapeRibs()));
    }

    /** Whether it was observed before, and is not any more, or the other way round; or another scraper goes on. */
    boolean turnsTo(TableTrack next) {
        return next.stretches.size() != stretches.size()
                || !next.stretches.isEmpty()
                        && !next.stretches
                                .getLast()
                                .from()
                                .equals(stretches.getLast().from())
                || isSilent() != next.isSilent()
                || !next.readers.equals(readers);
    }

    private boolean isSilent() {
        return settledTo.isPresent()
                && (stretches.isEmpty() || stretches.getLast().decidedTo().isBefore(settledTo.get()));
    }

    private Optional<Instant> settled(Instant to) {
        return Optional.of(settledTo.filter(to::isBefore).orElse(to));
    }

    TimeSpans decided() {
        return TimeSpans.of(stretches.stream()
                .map(stretch -> TimeSpan.closed(stretch.from(), stretch.decidedTo()))
                .toList());
    }

    private static Instant later(Instant a, Instant b) {
        return a.isBefore(b) ? b : a;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
