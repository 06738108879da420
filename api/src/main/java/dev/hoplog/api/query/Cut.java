package dev.hoplog.api.query;

import dev.hoplog.api.history.Window;
import dev.hoplog.gap.Break;
import dev.hoplog.gap.Gap;
import dev.hoplog.gap.Suspension;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.HopId;
import dev.hoplog.model.TimeSpan;
import dev.hoplog.model.TimeSpans;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where an answer about a stretch of time ends: it tells what is certain of the time up to there, whatever is known of later
 * times. What lies around the end is not certain yet.
 *
 * @param end inclusive; empty: all that is known is told
 */
record Cut(Optional<Instant> end) {
    static final Cut NONE = new Cut(Optional.empty());

    /** Whether it had certainly happened. */
    boolean has(Bounds bounds) {
        return has(bounds.atOrBefore());
    }

    private boolean has(Instant instant) {
        return end.filter(instant::isAfter).isEmpty();
    }

    /** A window as far as the answer goes. */
    Window of(Window window) {
        return new Window(window.from(), window.to().filter(this::has).or(() -> end));
    }

    /** A gap as it stood; empty: it was not certainly there yet. */
    Optional<Gap> of(Gap gap) {
        if (end.isEmpty()) {
            return Optional.of(gap);
        }
        var certain = of(gap.certain());
        return certain.isEmpty()
                ? Optional.empty()
                : Optional.of(new Gap(
                        gap.id(),
                        gap.kind(),
                        gap.prefix(),
                        gap.hop(),
                        brokenFrom(gap),
                        gap.opened(),
                        gap.ending().filter(ending -> has(ending.bounds())),
                        certain,
                        affected(gap),
                        gap.chainVersion(),
                        suspensions(gap),
                        gap.clocks()));
    }

    private TimeSpans of(TimeSpans spans) {
        return end.map(last -> spans.intersect(TimeSpans.of(TimeSpan.closed(Instant.MIN, last))))
                .orElse(spans);
    }

    /** It has at least those with which it opened. */
    private SequencedMap<Break, Instant> brokenFrom(Gap gap) {
        var broken = new LinkedHashMap<>(gap.brokenFrom());
        var first = gap.brokenFrom().firstEntry().getValue();
        broken.values().removeIf(from -> from.isAfter(first) && !has(from));
        return broken;
    }

    private SortedMap<HopId, TimeSpans> affected(Gap gap) {
        var affected = new TreeMap<HopId, TimeSpans>();
        gap.affected().forEach((hop, when) -> affected.put(hop, of(when)));
        affected.values().removeIf(TimeSpans::isEmpty);
        return affected;
    }

    private List<Suspension> suspensions(Gap gap) {
        return gap.suspensions().stream()
                .filter(suspension -> has(suspension.from()))
                .map(suspension -> new Suspension(
                        suspension.from(), suspension.resumed().filter(this::has), suspension.unobserved()))
                .toList();
    }
}
