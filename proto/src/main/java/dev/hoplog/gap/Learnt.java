package dev.hoplog.gap;

import dev.hoplog.model.Attribute;
import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.PathFlag;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.Route;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * From whom a hop has what it passes on: all of a row that decides over which edges it should.
 *
 * @param isShown whether its source says from whom
 */
public record Learnt(boolean isShown, Set<Teacher> from) {
    /**
     * Of one path.
     *
     * @param neighbour empty: it is the hop's own
     * @param isInternal whether it is flagged as from the same AS
     */
    public record Teacher(Optional<PeerId> neighbour, boolean isInternal) {}

    public Learnt {
        from = Set.copyOf(from);
    }

    public static Learnt of(Seen seen) {
        var from = seen.row() instanceof Route route
                ? Expectation.best(route).stream()
                        .map(path -> new Teacher(path.from(), path.has(PathFlag.INTERNAL)))
                        .collect(Collectors.toSet())
                : Set.<Teacher>of();
        return new Learnt(seen.observed().includes(Attribute.FROM), from);
    }
}
