package dev.hoplog.gap;

import dev.hoplog.history.Truth;
import dev.hoplog.model.Change;
import dev.hoplog.model.Change.ChangedUnseen;
import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.Path;
import dev.hoplog.model.PeerId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/** Whether a row uses a path that is from a neighbour. */
final class Use {
    private Use() {}

    /**
     * Whether it does, whatever else changes in it; empty: that is not known.
     *
     * @param forAtLeast so long it must have been so
     */
    static Optional<Boolean> at(Course course, PeerId neighbour, Instant at, Duration forAtLeast) {
        return switch (course.truth(at, event -> turns(event.change(), neighbour))) {
            case Truth.Present present ->
                of(Optional.of(present.seen()), neighbour)
                        .filter(isUsed -> !isUsed
                                || !since(course, present.seen(), neighbour, at)
                                        .plus(forAtLeast)
                                        .isAfter(at));
            case Truth.Absent _ -> Optional.of(false);
            case Truth.Undecided _, Truth.NotObserved _ -> Optional.empty();
        };
    }

    private static boolean turns(Change change, PeerId neighbour) {
        return change instanceof ChangedUnseen
                || !of(change.before(), neighbour).equals(of(change.after(), neighbour));
    }

    private static Optional<Boolean> of(Optional<Seen> row, PeerId neighbour) {
        if (row.stream().flatMap(Paths::used).anyMatch(path -> Neighbours.isFrom(path, neighbour))) {
            return Optional.of(true);
        }
        return row.filter(seen -> !Neighbours.tells(seen, neighbour)).isPresent()
                ? Optional.empty()
                : Optional.of(false);
    }

    private static Instant since(Course course, Seen seen, PeerId neighbour, Instant at) {
        return since(
                course, at, Paths.used(seen).filter(path -> Neighbours.isFrom(path, neighbour)), Beginnings::isOfUse);
    }

    /** Since when one of some paths has been so without a break. */
    static Instant since(Course course, Instant at, Stream<Path> paths, BiPredicate<Change, PeerId> begins) {
        return paths.flatMap(path -> path.from().stream())
                .map(name -> course.since(at, event -> begins.test(event.change(), name)))
                .min(Instant::compareTo)
                .orElse(at);
    }
}
