package dev.hoplog.streams.gap;

import dev.hoplog.model.RibId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Up to when it is settled whether tables were observed, and what was in them. */
final class Settled {
    private final Memory memory;
    private final Instant givenUpTo;

    /** @param givenUpTo up to when none is waited for */
    Settled(Memory memory, Instant givenUpTo) {
        this.memory = memory;
        this.givenUpTo = givenUpTo;
    }

    /** Up to when all of them are; {@link Instant#MIN}: one was never heard of. */
    Instant least(Collection<RibId> tables) {
        return tables.stream().map(this::to).min(Instant::compareTo).orElse(Instant.MAX);
    }

    /** The one that is furthest behind of those that are not settled up to an instant. */
    Optional<RibId> laggard(Collection<RibId> tables, Instant until) {
        return tables.stream()
                .filter(table -> to(table).isBefore(until))
                .min(Comparator.comparing(this::to).thenComparing(Comparator.naturalOrder()));
    }

    /** A table that no scrape of its hop asks for will never be heard of: it is not waited for. */
    private Instant to(RibId table) {
        var told = memory.table(table).settledTo().orElseGet(() -> isComplete(table) ? Instant.MAX : Instant.MIN);
        return told.isBefore(givenUpTo) ? givenUpTo : told;
    }

    private boolean isComplete(RibId table) {
        var known = memory.tablesOf(table.network(), table.hop());
        int asked = known.stream().mapToInt(TableTrack::scrapeRibs).max().orElse(0);
        return asked > 0 && known.size() >= asked;
    }
}
