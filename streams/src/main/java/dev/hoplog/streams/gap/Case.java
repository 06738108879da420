package dev.hoplog.streams.gap;

import dev.hoplog.gap.Break;
import dev.hoplog.gap.Finding;
import dev.hoplog.gap.Gap;
import dev.hoplog.model.Id;
import dev.hoplog.model.TimeSpan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A gap that is not explained to its end.
 *
 * @param breaks in the order in which they came up
 * @param isCertain whether it is certain at the cursor that the gap is there
 * @param unexplained when it was certain, and why is not said yet, ascending
 * @param hasEnded whether the gap has
 */
public record Case(
        Id gap, Gap.Kind kind, List<Broken> breaks, boolean isCertain, List<TimeSpan> unexplained, boolean hasEnded) {
    /**
     * One of its breaks.
     *
     * @param said the cause that was said last, and all that was said of it but the evidence; empty: none yet
     */
    public record Broken(Break way, Instant from, Optional<Finding> said) {}

    public Case {
        breaks = List.copyOf(breaks);
        unexplained = List.copyOf(unexplained);
    }
}
