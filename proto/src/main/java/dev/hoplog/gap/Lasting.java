package dev.hoplog.gap;

import com.google.common.base.Suppliers;
import dev.hoplog.gap.Gap.End;
import dev.hoplog.model.Bounds;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Gaps that are there while a condition holds. One opens when it has been proven to hold for as long as it must, and ends
 * when it is proven not to. Its bounds are the last proof of the one and the first of the other.
 */
final class Lasting {
    private final Ground ground;
    private final OpenGaps gaps;
    private final SortedMap<Place, Doubt> doubts = new TreeMap<>();

    Lasting(Ground ground, OpenGaps gaps, Collection<Doubt> doubts) {
        this.ground = ground;
        this.gaps = gaps;
        doubts.forEach(doubt -> this.doubts.put(doubt.place(), doubt));
    }

    List<Doubt> doubts() {
        return List.copyOf(doubts.values());
    }

    /** No chain is in force. */
    void forget() {
        doubts.clear();
    }

    void take(Scene scene, Condition condition) {
        var places = new TreeSet<Place>();
        Stream.of(condition.places(scene), gaps.all().stream().map(Place::of), doubts.keySet().stream())
                .flatMap(all -> all)
                .filter(place -> place.kind() == condition.kind())
                .forEach(places::add);
        // Looked at for what comes up anew only, and then once for all of it.
        var earlier = Suppliers.memoize(() -> before(scene));
        places.forEach(place -> judge(scene, earlier, condition, place));
    }

    /** What was so just before, by the chain that was in force then, as it is known now; empty: none was. */
    private Optional<Scene> before(Scene scene) {
        var before = before(scene.at());
        return ground.chainAt(before).map(version -> Scene.at(ground, version, before));
    }

    private void judge(Scene scene, Supplier<Optional<Scene>> earlier, Condition condition, Place place) {
        var verdict = verdict(scene, condition, place);
        gaps.at(place)
                .ifPresentOrElse(
                        gap -> goOn(scene, place, gap, verdict),
                        () -> openAnew(scene, earlier, condition, place, verdict));
    }

    private static Verdict verdict(Scene scene, Condition condition, Place place) {
        return scene.steps().containsKey(place.hop()) ? condition.at(scene, place) : Verdict.MOOT;
    }

    private void goOn(Scene scene, Place place, OpenGap gap, Verdict verdict) {
        switch (verdict) {
            case HOLDS -> {
                gaps.suspend(place, false, scene.at());
                gaps.certain(gap);
                doubts.remove(place);
            }
            case UNDECIDED -> doubts.computeIfAbsent(place, _ -> heldUntil(scene, place));
            case UNOBSERVED -> {
                gaps.suspend(place, true, scene.at());
                doubts.computeIfAbsent(place, _ -> heldUntil(scene, place));
            }
            case RESTORED, MOOT -> {
                var doubt = doubts.getOrDefault(place, heldUntil(scene, place));
                doubts.remove(place);
                var end = verdict == Verdict.RESTORED ? End.RESTORED : End.MOOT;
                gaps.close(gap, end, new Bounds(doubt.lastSure(), scene.at(), Optional.empty()));
            }
        }
    }

    /** Where there was no doubt at the last step, it held until now. */
    private static Doubt heldUntil(Scene scene, Place place) {
        return new Doubt(place, Optional.of(before(scene.at())), Optional.empty());
    }

    private void openAnew(
            Scene scene, Supplier<Optional<Scene>> earlier, Condition condition, Place place, Verdict verdict) {
        if (verdict.isNot()) {
            doubts.remove(place);
            return;
        }
        var known = doubts.get(place);
        var lastSure = known == null ? lastNot(scene, earlier.get(), condition, place) : known.lastSure();
        if (verdict != Verdict.HOLDS) {
            doubts.put(place, new Doubt(place, lastSure, Optional.empty()));
            return;
        }
        var since = known == null ? scene.at() : known.since().orElse(scene.at());
        var ready = since.plus(condition.patience(scene, place));
        if (ready.isAfter(scene.at())) {
            doubts.put(place, new Doubt(place, lastSure, Optional.of(since)));
            gaps.setTimer(ready);
        } else {
            doubts.remove(place);
            gaps.open(
                    scene,
                    place,
                    condition.kind(),
                    condition.breaks(scene, place),
                    new Bounds(lastSure, since, Optional.empty()));
        }
    }

    /** The instant just before, if it was proven then not to hold. */
    private static Optional<Instant> lastNot(Scene scene, Optional<Scene> earlier, Condition condition, Place place) {
        return earlier.map(before -> verdict(before, condition, place))
                        .orElse(Verdict.MOOT)
                        .isNot()
                ? Optional.of(before(scene.at()))
                : Optional.empty();
    }

    private static Instant before(Instant at) {
        return at.equals(Instant.MIN) ? at : at.minus(1, ChronoUnit.MICROS);
    }
}
