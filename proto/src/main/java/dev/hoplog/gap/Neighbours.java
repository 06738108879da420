package dev.hoplog.gap;

import dev.hoplog.model.Attribute;
import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.Path;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.Route;
import java.util.stream.Stream;

/**
 * Whether a path is from a neighbour. One that goes by its interface also goes by the address behind it, which is
 * link-local or IPv4: such names may be of one neighbour, and prove neither that they are nor that they are not.
 */
final class Neighbours {
    private Neighbours() {}

    /** Whether two names leave open that they are of one neighbour. */
    static boolean isUnclear(PeerId one, PeerId other) {
        return isOnlyInterface(one) && mayBeAt(other, one) || isOnlyInterface(other) && mayBeAt(one, other);
    }

    private static boolean isOnlyInterface(PeerId name) {
        return name.address().isEmpty();
    }

    private static boolean mayBeAt(PeerId name, PeerId at) {
        return name.address()
                        .filter(address -> !PeerId.of(address).isTheOnlyName())
                        .isPresent()
                && (name.interfaceName().isEmpty() || name.interfaceName().equals(at.interfaceName()));
    }

    static boolean isFrom(Path path, PeerId neighbour) {
        return path.from().filter(neighbour::isSameAs).isPresent();
    }

    /** Whether any path of the row is, used or not. */
    static boolean isFrom(Seen seen, PeerId neighbour) {
        return paths(seen).anyMatch(path -> isFrom(path, neighbour));
    }

    /** Whether it is not told if a path is from a neighbour. */
    static boolean mayBeFrom(Path path, PeerId neighbour) {
        return path.from().filter(from -> isUnclear(from, neighbour)).isPresent();
    }

    /** Whether a row says if any of its paths is from a neighbour. */
    static boolean tells(Seen seen, PeerId neighbour) {
        return seen.observed().includes(Attribute.FROM)
                && (isFrom(seen, neighbour) || paths(seen).noneMatch(path -> mayBeFrom(path, neighbour)));
    }

    private static Stream<Path> paths(Seen seen) {
        return seen.row() instanceof Route route ? route.paths().stream() : Stream.empty();
    }
}
