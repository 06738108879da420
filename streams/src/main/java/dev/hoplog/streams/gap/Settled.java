package dev.hoplog.streams.gap;

import dev.hoplog.model.HopId;
import dev.hoplog.model.RibId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Up to when it is settled whether tables were observed, and what was in them.
 *
 * <pre>
 *   tables of a hop, of which its last scrape asked for three
 *     a  ————————————————|          told
 *     b  ——————————————|            told
 *     c  —————————————|             told: what was never heard of is settled up to here, as it was not asked for
 *     d  ———|                       told, and not asked for any more
 * </pre>
 */
final class Settled {
    private final Memory memory;
    private final Instant givenUpTo;
    private final Map<HopId, Optional<Stand>> others = new HashMap<>();

    /**
     * Up to when something is.
     *
     * @param by the tables by whose marks that may change
     */
    private record Stand(List<RibId> by, Instant to) {}

    /** @param givenUpTo up to when none is waited for */
    Settled(Memory memory, Instant givenUpTo) {
        this.memory = memory;
        this.givenUpTo = givenUpTo;
    }

    /** Up to when all of them are; {@link Instant#MIN}: one was never heard of. */
    Instant least(Collection<RibId> tables) {
        return tables.stream().map(this::to).min(Instant::compareTo).orElse(Instant.MAX);
    }

    /** Those to wait for, of the one that is furthest behind of those that are not settled up to an instant. */
    Set<RibId> laggards(Collection<RibId> tables, Instant until) {
        return tables.stream()
                .filter(table -> to(table).isBefore(until))
                .min(Comparator.comparing(this::to).thenComparing(Comparator.naturalOrder()))
                .map(table -> Set.copyOf(stand(table).by()))
                .orElse(Set.of());
    }

    private Instant to(RibId table) {
        var told = stand(table).to();
        return told.isBefore(givenUpTo) ? givenUpTo : told;
    }

    /** What no scrape of its hop asks for will never be heard of: it is not waited for longer than for what one does. */
    private Stand stand(RibId table) {
        return memory.table(table)
                .settledTo()
                .map(to -> new Stand(List.of(table), to))
                .or(() -> others.computeIfAbsent(table.hop(), _ -> allOf(table)))
                .orElseGet(() -> new Stand(List.of(table), Instant.MIN));
    }

    /** Up to when all are that a hop's last scrape asked for; empty: one of them was never heard of. */
    private Optional<Stand> allOf(RibId one) {
        var latest = memory.tablesOf(one.network(), one.hop()).entrySet().stream()
                .filter(known -> known.getValue().settledTo().isPresent())
                .sorted(Map.Entry.comparingByValue(Comparator.comparing(
                                (TableTrack track) -> track.settledTo().orElseThrow())
                        .reversed()))
                .toList();
        int asked = latest.isEmpty() ? 0 : latest.getFirst().getValue().scrapeRibs();
        return asked == 0 || asked > latest.size()
                ? Optional.empty()
                : Optional.of(new Stand(
                        latest.stream().skip(asked - 1L).map(Map.Entry::getKey).toList(),
                        latest.get(asked - 1).getValue().settledTo().orElseThrow()));
    }
}
