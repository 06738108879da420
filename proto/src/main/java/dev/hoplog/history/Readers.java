package dev.hoplog.history;

import dev.hoplog.model.ScraperClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * On whose clock a table was read, over time. Who takes a table over says nothing of the time before: what was certain then
 * stays so.
 *
 * @param all ascending, no two successive ones on one clock; the last {@value #MOST}
 */
public record Readers(List<Since> all) {
    static final int MOST = 100;
    private static final Readers NONE = new Readers(List.of());

    /**
     * One scraper after another.
     *
     * @param from inclusive; {@link Instant#MIN}: since ever
     */
    public record Since(Instant from, ScraperClock clock) {}

    public Readers {
        all = List.copyOf(all.size() > MOST ? all.subList(all.size() - MOST, all.size()) : all);
        for (int i = 1; i < all.size(); i++) {
            if (!all.get(i - 1).from().isBefore(all.get(i).from())) {
                throw new IllegalArgumentException("readers that do not ascend: " + all);
            }
        }
    }

    /** It was never read. */
    public static Readers none() {
        return NONE;
    }

    /** One, since ever. */
    public static Readers of(ScraperClock clock) {
        return new Readers(List.of(new Since(Instant.MIN, clock)));
    }

    /**
     * With what a coverage mark says. A mark is of one reader, from where it begins. Where it begins in what the last one
     * covered, it is that one's stretch which another goes on with, and counts from when its own reading began.
     *
     * @param coveredTo up to when the table was covered before
     */
    public Readers with(ScraperClock readBy, Instant coveredFrom, Instant capturedFrom, Optional<Instant> coveredTo) {
        if (all.isEmpty()) {
            return new Readers(List.of(new Since(coveredFrom, readBy)));
        }
        var last = all.getLast();
        var from = coveredTo.filter(coveredFrom::isBefore).isPresent() ? capturedFrom : coveredFrom;
        if (last.clock().equals(readBy) || !last.from().isBefore(from)) {
            return this;
        }
        var next = new ArrayList<>(all);
        next.add(new Since(from, readBy));
        return new Readers(next);
    }

    /** Whose clock it was at an instant; of the time before it was first read, whose came first. Empty: it was never read. */
    public Optional<ScraperClock> at(Instant instant) {
        return all.reversed().stream()
                .filter(reader -> !reader.from().isAfter(instant))
                .findFirst()
                .or(() -> all.stream().findFirst())
                .map(Since::clock);
    }

    /** When another took it over, ascending. */
    public List<Instant> changes() {
        return all.stream().skip(1).map(Since::from).toList();
    }
}
