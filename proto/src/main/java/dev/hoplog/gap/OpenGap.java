package dev.hoplog.gap;

import dev.hoplog.model.Bounds;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.TimeSpan;
import dev.hoplog.model.TimeSpans;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A gap while it lasts. */
final class OpenGap {
    private final Gap.Kind kind;
    private final Prefix prefix;
    private final HopId hop;
    private final List<Break> breaks;
    private final Bounds opened;
    private final List<TimeSpan> certain = new ArrayList<>();
    private final SortedMap<HopId, List<TimeSpan>> affected = new TreeMap<>();

    OpenGap(Gap.Kind kind, Prefix prefix, HopId hop, List<Break> breaks, Bounds opened) {
        this.kind = kind;
        this.prefix = prefix;
        this.hop = hop;
        this.breaks = new ArrayList<>(breaks);
        this.opened = opened;
    }

    Gap.Kind kind() {
        return kind;
    }

    List<Break> breaks() {
        return breaks;
    }

    void isCertainIn(TimeSpan span) {
        certain.add(span);
    }

    /** Another way has come up on which the prefix should come. */
    void breaksAlsoAt(Break way) {
        if (!breaks.contains(way)) {
            breaks.add(way);
        }
    }

    void affects(HopId behind, TimeSpan span) {
        affected.computeIfAbsent(behind, _ -> new ArrayList<>()).add(span);
    }

    Gap ended(Gap.End end, Bounds bounds) {
        return gap(Optional.of(new Gap.Ending(end, bounds)));
    }

    Gap asItIs() {
        return gap(Optional.empty());
    }

    private Gap gap(Optional<Gap.Ending> ending) {
        var hops = new TreeMap<HopId, TimeSpans>();
        affected.forEach((behind, spans) -> hops.put(behind, TimeSpans.of(spans)));
        return new Gap(kind, prefix, hop, breaks, opened, ending, TimeSpans.of(certain), hops);
    }
}
