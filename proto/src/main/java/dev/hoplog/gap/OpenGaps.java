package dev.hoplog.gap;

import com.google.common.hash.Hashing;
import dev.hoplog.gap.Gap.End;
import dev.hoplog.gap.Gap.Kind;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Id;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The gaps that are open, what happens to them at one instant, and when one opens if nothing turns before. */
final class OpenGaps {
    private final SortedMap<Place, OpenGap> open = new TreeMap<>();

    /** What is so from this instant to the next. */
    private final Set<Id> certain = new HashSet<>();

    private final Map<Id, Set<HopId>> affectedNow = new HashMap<>();
    private Optional<Instant> timer = Optional.empty();
    private List<GapEvent> events = new ArrayList<>();

    OpenGaps(Collection<OpenGap> open) {
        open.forEach(this::replace);
    }

    List<GapEvent> begin() {
        events = new ArrayList<>();
        certain.clear();
        affectedNow.clear();
        timer = Optional.empty();
        return events;
    }

    List<OpenGap> all() {
        return List.copyOf(open.values());
    }

    Optional<OpenGap> at(Place place) {
        return Optional.ofNullable(open.get(place));
    }

    boolean isOpen(Place place) {
        return open.containsKey(place);
    }

    Optional<Instant> timer() {
        return timer;
    }

    void setTimer(Instant ready) {
        timer = Optional.of(timer.filter(set -> set.isBefore(ready)).orElse(ready));
    }

    boolean isCertain(Id gap) {
        return certain.contains(gap);
    }

    void certain(OpenGap gap) {
        certain.add(gap.id());
    }

    Set<HopId> affectedNow(Id gap) {
        return affectedNow.getOrDefault(gap, Set.of());
    }

    void open(Scene scene, Place place, Kind kind, List<Break> breaks, Bounds bounds) {
        var id = id(scene, place, kind);
        var gap = new OpenGap(id, kind, place.hop(), breaks, bounds, new TreeSet<>(), false);
        replace(gap);
        events.add(new GapEvent.Opened(
                id, kind, breaks, bounds, scene.at(), scene.version().id()));
        certain(gap);
    }

    /** The same for the same gap, whoever finds it and whenever. */
    private static Id id(Scene scene, Place place, Kind kind) {
        var named = String.join(
                " ",
                scene.ground().network(),
                scene.ground().prefix().toString(),
                place.hop().toString(),
                kind.name(),
                scene.at().toString());
        // Of several at one hop and instant, each is of another upstream end.
        var whole = place.upstream().map(upstream -> named + " " + upstream).orElse(named);
        return Id.ofOctets(
                Hashing.sha256().hashString(whole, StandardCharsets.UTF_8).asBytes());
    }

    void close(OpenGap gap, End end, Bounds bounds) {
        open.remove(Place.of(gap));
        events.add(new GapEvent.Closed(gap.id(), end, bounds));
    }

    void suspend(Place place, boolean whether, Instant at) {
        var gap = open.get(place);
        if (gap != null && gap.isSuspended() != whether) {
            replace(gap.suspended(whether));
            events.add(whether ? new GapEvent.Suspended(gap.id(), at) : new GapEvent.Resumed(gap.id(), at));
        }
    }

    void breaksAlsoAt(Place place, Break way, Instant at) {
        var gap = Objects.requireNonNull(open.get(place));
        if (!gap.breaks().contains(way)) {
            replace(gap.breaksAlsoAt(way));
            events.add(new GapEvent.BrokenAlso(gap.id(), way, at));
        }
    }

    void affects(Place place, HopId behind, Instant at) {
        var gap = Objects.requireNonNull(open.get(place));
        affectedNow.computeIfAbsent(gap.id(), _ -> new HashSet<>()).add(behind);
        if (!gap.affected().contains(behind)) {
            replace(gap.affects(behind));
            events.add(new GapEvent.Affected(gap.id(), behind, at));
        }
    }

    private void replace(OpenGap gap) {
        open.put(Place.of(gap), gap);
    }
}
