package dev.hoplog.ingest.parse.linux;

import dev.hoplog.model.Destination;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The kernel's types of routes (rtnetlink's {@code RTN_*}), in the words of iproute2, which Talos has too. */
public final class RouteType {
    private static final Set<String> OF_THE_HOST = Set.of("local", "anycast", "multicast", "broadcast");

    /** By their numbers, from 1. */
    private static final List<String> NUMBERED = List.of(
            "unicast", "local", "broadcast", "anycast", "multicast", "blackhole", "unreachable", "prohibit", "throw");

    private RouteType() {}

    /** The word for a type that {@code ip -N} prints as a number; anything else as it is. */
    static String named(String type) {
        return type.matches("[1-9]") ? NUMBERED.get(type.charAt(0) - '1') : type;
    }

    /** Whether such a route leads to the host itself or to groups: that is not routing. */
    public static boolean isOfTheHost(String type) {
        return OF_THE_HOST.contains(type);
    }

    /** What such a route leads to; empty: an unknown type, or one of the host. */
    public static Optional<Destination> destination(String type) {
        return switch (type) {
            case "unicast" -> Optional.of(Destination.UNICAST);
            case "blackhole" -> Optional.of(Destination.BLACKHOLE);
            case "unreachable" -> Optional.of(Destination.UNREACHABLE);
            case "prohibit" -> Optional.of(Destination.PROHIBITED);
            default -> Optional.empty();
        };
    }
}
