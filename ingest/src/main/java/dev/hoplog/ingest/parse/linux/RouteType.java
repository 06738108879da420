package dev.hoplog.ingest.parse.linux;

import dev.hoplog.model.Destination;
import java.util.Optional;
import java.util.Set;

/** The kernel's types of routes (rtnetlink's {@code RTN_*}), in the words of iproute2, which Talos has too. */
public final class RouteType {
    private static final Set<String> OF_THE_HOST = Set.of("local", "anycast", "multicast", "broadcast");

    private RouteType() {}

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
