package dev.hoplog.streams.gap;

import dev.hoplog.gap.Doubt;
import dev.hoplog.gap.OpenGap;
import dev.hoplog.model.Id;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is remembered of a subject, beside its rows.
 *
 * @param cursor everything up to here is said; {@link Instant#MIN}: nothing is
 * @param chain the versions of the chain that were known, in the order of their force
 * @param doubts of gaps that may be there, or may not be there any more
 * @param timer when a gap opens if nothing turns before
 * @param givenUpTo a table that did not tell of itself by then is not waited for up to here; {@link Instant#MIN}: all are
 * @param waits what it waits for
 */
public record SubjectState(
        Instant cursor,
        List<Id> chain,
        List<OpenGap> open,
        List<Doubt> doubts,
        Optional<Instant> timer,
        List<Case> cases,
        Instant givenUpTo,
        Set<Wait> waits) {
    public SubjectState {
        chain = List.copyOf(chain);
        open = List.copyOf(open);
        doubts = List.copyOf(doubts);
        cases = List.copyOf(cases);
        waits = Set.copyOf(waits);
    }

    static SubjectState unknown() {
        return new SubjectState(
                Instant.MIN, List.of(), List.of(), List.of(), Optional.empty(), List.of(), Instant.MIN, Set.of());
    }
}
