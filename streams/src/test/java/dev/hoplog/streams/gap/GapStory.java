package dev.hoplog.streams.gap;

import dev.hoplog.gap.Gap;
import dev.hoplog.gap.GapEvent;
import dev.hoplog.model.Id;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** All that was said of each gap but why, to be compared; and that it makes sense. */
final class GapStory {
    private final SortedSet<String> lines = new TreeSet<>();
    private final List<GapEvent> events = new ArrayList<>();

    private GapStory() {}

    /** By gap, one line for each thing that happened. */
    static SortedMap<String, String> of(Collection<GapEvent> events) {
        Map<Id, GapStory> stories = new LinkedHashMap<>();
        for (var event : events) {
            if (!(event instanceof GapEvent.Explained)) {
                stories.computeIfAbsent(event.gap(), _ -> new GapStory()).add(event);
            }
        }
        var told = new TreeMap<String, String>();
        stories.forEach((gap, story) -> told.put(gap.toString(), String.join("; ", story.lines)));
        return told;
    }

    private void add(GapEvent event) {
        boolean isFirst = events.isEmpty();
        if (isFirst != event instanceof GapEvent.Opened) {
            throw new AssertionError("a gap opens first, and once: " + events + " " + event);
        }
        if (!isFirst && events.getLast() instanceof GapEvent.Closed) {
            throw new AssertionError("nothing follows its end: " + events + " " + event);
        }
        if (event instanceof GapEvent.Resumed && !isSuspended()
                || event instanceof GapEvent.Suspended && isSuspended()) {
            throw new AssertionError("out of turn: " + events + " " + event);
        }
        if (!isFirst && when(event).isBefore(when(events.getFirst()))) {
            throw new AssertionError("before it opened: " + events + " " + event);
        }
        events.add(event);
        if (!lines.add(line(event))) {
            throw new AssertionError("said twice: " + events);
        }
    }

    private boolean isSuspended() {
        return events.reversed().stream()
                .filter(event -> event instanceof GapEvent.Suspended || event instanceof GapEvent.Resumed)
                .findFirst()
                .filter(GapEvent.Suspended.class::isInstance)
                .isPresent();
    }

    private Instant when(GapEvent event) {
        return switch (event) {
            case GapEvent.Opened opened -> opened.bounds().atOrBefore();
            case GapEvent.BrokenAlso also -> also.from();
            case GapEvent.Affected behind -> behind.from();
            case GapEvent.Suspended suspended -> suspended.from();
            case GapEvent.Resumed resumed -> resumed.from();
            case GapEvent.Explained explained -> explained.from();
            // A lost source may turn out to have been without the prefix before the hop was.
            case GapEvent.Closed closed ->
                events.getFirst() instanceof GapEvent.Opened opened && opened.kind() == Gap.Kind.SOURCE_LOST
                        ? opened.certainAt()
                        : closed.bounds().atOrBefore();
        };
    }

    private static String line(GapEvent event) {
        return switch (event) {
            case GapEvent.Opened opened ->
                "0 " + opened.kind() + " "
                        + opened.breaks().stream()
                                .map(Object::toString)
                                .sorted()
                                .collect(Collectors.joining(", "))
                        + " opened " + opened.bounds() + " certain at " + opened.certainAt() + " by "
                        + opened.chainVersion();
            case GapEvent.BrokenAlso also -> "1 also " + also.way() + " from " + also.from();
            case GapEvent.Affected behind -> "2 affected " + behind.hop() + " from " + behind.from();
            case GapEvent.Suspended suspended -> "3 " + suspended.from() + " suspended";
            case GapEvent.Resumed resumed -> "3 " + resumed.from() + " resumed";
            case GapEvent.Explained explained -> "4 " + explained.cause();
            case GapEvent.Closed closed -> "5 " + closed.end() + " " + closed.bounds();
        };
    }
}
