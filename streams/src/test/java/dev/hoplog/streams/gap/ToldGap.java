package dev.hoplog.streams.gap;

import dev.hoplog.gap.Break;
import dev.hoplog.gap.Cause;
import dev.hoplog.gap.Evidence;
import dev.hoplog.gap.Explanation;
import dev.hoplog.gap.Gap;
import dev.hoplog.gap.GapEvent;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.Communities;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Id;
import dev.hoplog.model.TimeSpan;
import dev.hoplog.model.TimeSpans;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A gap as it was told, event by event: all that the log says of it, to be compared. */
public final class ToldGap {
    private final Gap.Kind kind;
    private final SequencedMap<Break, Instant> breaks = new LinkedHashMap<>();
    private final Bounds opened;
    private final SortedSet<HopId> affected = new TreeSet<>();
    /** By break, turn by turn. */
    private final SortedMap<String, List<String>> causes = new TreeMap<>();
    /** By break, and by what it proves. */
    private final SortedMap<String, Set<List<Evidence>>> evidence = new TreeMap<>();

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
                case GapEvent.Explained explained -> gap.because(explained);
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
            gap.brokenFrom()
                    .forEach((way, from) -> told.because(
                            way,
                            explanations.stream()
                                    .filter(explanation -> explanation.at().equals(way))
                                    .toList(),
                            gap.certain().intersect(TimeSpans.of(new TimeSpan(from, Instant.MAX)))));
            gap.ending().ifPresent(ending -> told.ending = ending.end() + " " + ending.bounds());
            gaps.put(gap.id(), told);
        });
        return told(gaps);
    }

    /** By gap, why it was there, break by break and turn by turn; not those of which nothing was ever known. */
    static SortedMap<String, String> causes(Collection<GapEvent> events) {
        var causes = new TreeMap<String, SortedMap<String, List<String>>>();
        for (var event : events) {
            if (event instanceof GapEvent.Explained said) {
                causes.computeIfAbsent(said.gap().toString(), _ -> new TreeMap<>())
                        .computeIfAbsent(said.at().toString(), _ -> new ArrayList<>())
                        .add(said.from() + " " + what(said.cause(), said.lacking(), said.onward()));
            }
        }
        return causes(causes);
    }

    static SortedMap<String, String> causes(Map<String, ? extends Map<String, List<String>>> lines) {
        var told = new TreeMap<String, String>();
        lines.forEach((gap, ofBreaks) -> {
            var known = new TreeMap<String, List<String>>(ofBreaks);
            known.values().removeIf(all -> all.getFirst().contains(Cause.UNKNOWN.name()));
            if (!known.isEmpty()) {
                told.put(gap, known.toString());
            }
        });
        return told;
    }

    static String what(Cause cause, Communities lacking, Collection<HopId> onward) {
        return cause
                + lacking.standard().stream().map(tag -> " lacking " + tag).collect(Collectors.joining())
                + onward.stream().sorted().map(hop -> " onward " + hop).collect(Collectors.joining());
    }

    private void because(GapEvent.Explained said) {
        var what = what(said.cause(), said.lacking(), said.onward());
        // Of a gap that ended without a cause unknown is said in the end; whole histories have nothing of it.
        if (said.cause() != Cause.UNKNOWN || causes.containsKey(said.at().toString())) {
            causes.computeIfAbsent(said.at().toString(), _ -> new ArrayList<>()).add(said.from() + " " + what);
        }
        if (said.cause() != Cause.UNKNOWN) {
            prove(said.at() + " " + what, said.evidence());
        }
    }

    private void prove(String what, List<Evidence> by) {
        evidence.computeIfAbsent(what, _ -> new LinkedHashSet<>()).add(by);
    }

    /** Turn by turn, what explanations say of a break: where none is certain and the gap is, nothing is proven any more. */
    private void because(Break way, List<Explanation> explanations, TimeSpans certain) {
        var turns = new TreeMap<Instant, String>();
        var unknown = certain;
        for (var said : explanations) {
            if (said.cause() != Cause.UNKNOWN) {
                var what = what(said.cause(), said.lacking(), said.onward());
                said.when().spans().forEach(span -> turns.put(span.from(), what));
                unknown = unknown.minus(said.when());
                prove(way + " " + what, said.evidence());
            }
        }
        unknown.spans().forEach(span -> turns.put(span.from(), Cause.UNKNOWN.name()));
        var lines = new ArrayList<String>();
        var last = Cause.UNKNOWN.name();
        for (var turn : turns.entrySet()) {
            if (!turn.getValue().equals(last)) {
                lines.add(turn.getKey() + " " + turn.getValue());
                last = turn.getValue();
            }
        }
        if (!lines.isEmpty()) {
            causes.put(way.toString(), lines);
        }
    }

    private static SortedMap<String, String> told(Map<Id, ToldGap> gaps) {
        var told = new TreeMap<String, String>();
        gaps.forEach((id, gap) -> told.put(
                id.toString(),
                gap.kind + " " + gap.breaks + " opened " + gap.opened + " " + gap.ending + " affected " + gap.affected
                        + " suspended and resumed " + gap.suspensions + " because " + gap.causes + " as "
                        + gap.evidence));
        return told;
    }
}
