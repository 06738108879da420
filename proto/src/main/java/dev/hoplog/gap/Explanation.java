package dev.hoplog.gap;

import dev.hoplog.model.Communities;
import dev.hoplog.model.TimeSpans;
import java.util.List;

/**
 * Why a gap was there, for part of its time.
 *
 * @param at where it got lost
 * @param when the cause is certain, within the gap's certain time
 * @param evidence what proves it, as seen first
 * @param lacking communities that the edge requires and that the route was seen without; empty: none, or not seen
 */
public record Explanation(Break at, Cause cause, TimeSpans when, List<Evidence> evidence, Communities lacking) {
    public Explanation {
        evidence = List.copyOf(evidence);
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
