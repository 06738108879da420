package dev.hoplog.gap;

import dev.hoplog.model.IpAddress;
import dev.hoplog.model.IpVersion;
import dev.hoplog.model.Path;
import dev.hoplog.model.PeerId;

/**
 * Whether two names are those of one neighbour. One that goes by its interface also goes by the address behind it, which is
 * link-local or IPv4: such names may be of one neighbour, and prove neither that they are nor that they are not.
 */
final class Neighbours {
    private Neighbours() {}

    /** It may be named with its interface or without. */
    static boolean isSame(PeerId one, PeerId other) {
        return one.equals(other)
                || one.address().isPresent()
                        && one.address().equals(other.address())
                        && (one.interfaceName().isEmpty()
                                || other.interfaceName().isEmpty());
    }

    /** Whether the two leave open that they are. */
    static boolean isUnclear(PeerId one, PeerId other) {
        return isOnlyInterface(one) && mayBeAt(other, one) || isOnlyInterface(other) && mayBeAt(one, other);
    }

    private static boolean isOnlyInterface(PeerId name) {
        return name.address().isEmpty();
    }

    private static boolean mayBeAt(PeerId name, PeerId at) {
        return name.address().filter(address -> !isOwnName(address)).isPresent()
                && (name.interfaceName().isEmpty() || name.interfaceName().equals(at.interfaceName()));
    }

    /** Whether no neighbour with that address goes by its interface. */
    private static boolean isOwnName(IpAddress address) {
        return address.version() == IpVersion.V6 && !address.isLinkLocal();
    }

    /** Whether a list of neighbours would have it under that name and no other. */
    static boolean isListedAs(PeerId name) {
        return name.interfaceName().isEmpty()
                && name.address().filter(Neighbours::isOwnName).isPresent();
    }

    static boolean isFrom(Path path, PeerId neighbour) {
        return path.from().filter(from -> isSame(from, neighbour)).isPresent();
    }

    /** Whether it is not told if a path is from a neighbour. */
    static boolean mayBeFrom(Path path, PeerId neighbour) {
        return path.from().filter(from -> isUnclear(from, neighbour)).isPresent();
    }
}
