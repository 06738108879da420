package dev.hoplog.gap;

import dev.hoplog.model.Communities;
import dev.hoplog.model.HopId;
import dev.hoplog.model.TimeSpans;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Why a gap was there, for part of its time.
 *
 * @param at where it got lost
 * @param when the cause is certain, within the gap's certain time
 * @param evidence what proves it, as seen first
 * @param lacking communities that the edge requires and that the route was seen without, as seen last; empty: none, or not seen
 * @param onward hops that use the route all the same, where it is {@link Cause#NOT_INSTALLED}, as seen last: a black hole
 */
public record Explanation(
        Break at, Cause cause, TimeSpans when, List<Evidence> evidence, Communities lacking, SortedSet<HopId> onward) {
    public Explanation {
        evidence = List.copyOf(evidence);
        onward = Collections.unmodifiableSortedSet(new TreeSet<>(onward));
    }

    static Explanation of(Break at, TimeSpans when, Finding finding) {
        return new Explanation(
                at, finding.cause(), when, finding.evidence(), finding.lackingOrNone(), finding.onward());
    }

    @Override
    public String toString() {
        return cause + " " + when + " "
                + evidence.stream()
                        .map(e -> e.rib().hop() + "/" + e.rib().view() + "="
                                + e.truth().getClass().getSimpleName())
                        .toList();
    }
}
