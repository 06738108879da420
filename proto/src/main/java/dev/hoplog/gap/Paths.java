package dev.hoplog.gap;

import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.Path;
import dev.hoplog.model.PathFlag;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.Route;
import dev.hoplog.model.View;
import java.util.List;
import java.util.stream.Stream;

/** The paths of a row. */
final class Paths {
    private Paths() {}

    /** All that are there. */
    static Stream<Path> there(Seen seen) {
        return seen.row() instanceof Route route
                ? route.paths().stream().filter(path -> !path.has(PathFlag.REMOVED) && !path.has(PathFlag.HISTORY))
                : Stream.empty();
    }

    /** Those that a daemon uses. */
    static Stream<Path> used(Seen seen) {
        return there(seen).filter(path -> path.isUsable(View.LOC_RIB));
    }

    /** Those that stand: that the hop could use. Of a source that says which are valid, only those. */
    static List<Path> standing(Seen seen) {
        var paths = seen.row() instanceof Route route ? route.paths() : List.<Path>of();
        boolean isTold = paths.stream().anyMatch(path -> path.has(PathFlag.VALID));
        return paths.stream()
                .filter(path -> !isTold || path.has(PathFlag.VALID))
                .filter(path ->
                        !path.has(PathFlag.REMOVED) && !path.has(PathFlag.HISTORY) && !path.has(PathFlag.DAMPED))
                .toList();
    }

    /** Whether one of them is from a neighbour. */
    static boolean isFrom(Seen seen, PeerId neighbour) {
        return standing(seen).stream().anyMatch(path -> Neighbours.isFrom(path, neighbour));
    }
}
