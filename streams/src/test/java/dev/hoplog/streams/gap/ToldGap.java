package dev.hoplog.streams.gap;

import dev.hoplog.gap.Break;
import dev.hoplog.gap.Cause;
import dev.hoplog.gap.Explainer.Finding;
import dev.hoplog.gap.Explanation;
import dev.hoplog.gap.Gap;
import dev.hoplog.gap.GapEvent;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Id;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A gap as it was told, event by event: all that the log says of it, to be compared. */
public final class ToldGap {
    private final Gap.Kind kind;
    private final SequencedMap<Break, Instant> breaks = new LinkedHashMap<>();
    private final Bounds opened;
    private final SortedSet<HopId> affected = new TreeSet<>();
    private final Map<String, SequencedMap<Cause, Set<String>>> causes = new TreeMap<>();
    private final List<Instant> suspensions = new ArrayList<>();
    private String ending = "open";

    private ToldGap(Gap.Kind kind, Bounds opened) {
        this.kind = kind;
        this.opened = opened;
    }

    /** What events say, by gap. */
    public static SortedMap<String, String> of(Collection<GapEvent> events) {
        var gaps = new LinkedHashMap<Id, ToldGap>();
        for (var event : events) {
            if (event instanceof GapEvent.Opened opened) {
                var gap = new ToldGap(opened.kind(), opened.bounds());
                opened.breaks().forEach(way -> gap.breaks.put(way, opened.certainAt()));
                if (gaps.put(opened.gap(), gap) != null) {
                    throw new AssertionError("opened twice: " + event);
                }
                continue;
            }
            var gap = Objects.requireNonNull(gaps.get(event.gap()), () -> "of no gap: " + event);
            switch (event) {
                case GapEvent.Opened _ -> {}
                case GapEvent.BrokenAlso also -> gap.breaks.put(also.way(), also.from());
                case GapEvent.Affected behind -> gap.affected.add(behind.hop());
                case GapEvent.Explained explained -> gap.because(explained.at(), Finding.of(explained));
                case GapEvent.Closed closed -> gap.ending = closed.end() + " " + closed.bounds();
                case GapEvent.Suspended suspended -> gap.suspensions.add(suspended.from());
                case GapEvent.Resumed resumed -> gap.suspensions.add(resumed.from());
            }
        }
        return told(gaps);
    }

    /** What whole histories say, by gap. */
    public static SortedMap<String, String> of(Map<Gap, List<Explanation>> found) {
        var gaps = new LinkedHashMap<Id, ToldGap>();
        found.forEach((gap, explanations) -> {
            var told = new ToldGap(gap.kind(), gap.opened());
            told.breaks.putAll(gap.brokenFrom());
            told.affected.addAll(gap.affected().keySet());
            for (var suspension : gap.suspensions()) {
                told.suspensions.add(suspension.from());
                suspension.resumed().ifPresent(told.suspensions::add);
            }
            explanations.forEach(explanation -> told.because(
                    explanation.at(),
                    new Finding(
                            explanation.cause(), List.of(), Optional.of(explanation.lacking()), explanation.onward())));
            gap.ending().ifPresent(ending -> told.ending = ending.end() + " " + ending.bounds());
            gaps.put(gap.id(), told);
        });
        return told(gaps);
    }

    /** By gap, the causes of each break in the order in which they first held; none that is unknown. */
    static SortedMap<String, String> causes(Collection<GapEvent> events) {
        var causes = new TreeMap<String, SortedMap<String, Set<Cause>>>();
        for (var event : events) {
            if (event instanceof GapEvent.Explained said && said.cause() != Cause.UNKNOWN) {
                causes.computeIfAbsent(said.gap().toString(), _ -> new TreeMap<>())
                        .computeIfAbsent(said.at().toString(), _ -> new LinkedHashSet<>())
                        .add(said.cause());
            }
        }
        var told = new TreeMap<String, String>();
        causes.forEach((gap, ofBreaks) -> told.put(gap, ofBreaks.toString()));
        return told;
    }

    private void because(Break way, Finding finding) {
        // A cause that could not be told at first, or that comes again, adds nothing to what whole histories say.
        if (finding.cause() != Cause.UNKNOWN) {
            var beside = causes.computeIfAbsent(way.toString(), _ -> new LinkedHashMap<>())
                    .computeIfAbsent(finding.cause(), _ -> new TreeSet<>());
            finding.onward().forEach(hop -> beside.add("onward " + hop));
            finding.lackingOrNone().standard().forEach(community -> beside.add("lacking " + community));
        }
    }

    private static SortedMap<String, String> told(Map<Id, ToldGap> gaps) {
        var told = new TreeMap<String, String>();
        gaps.forEach((id, gap) -> told.put(
                id.toString(),
                gap.kind + " " + gap.breaks + " opened " + gap.opened + " " + gap.ending + " affected " + gap.affected
                        + " suspended and resumed " + gap.suspensions + " because " + gap.causes));
        return told;
    }
}
