package dev.hoplog.streams.gap;

import dev.hoplog.model.PeerId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** As what the hops of a world know one another: most by one address, some by their interface here and by an address there. */
final class WorldNames {
    /** As what a hop knows another. */
    private record Known(PeerId inChain, PeerId inSessions, PeerId inRoutes) {}

    private record Pair(int at, int of) {}

    private final Map<Pair, Known> known = new HashMap<>();

    WorldNames(GapWorld world) {
        for (int at = 0; at < world.hops().size(); at++) {
            for (int of = 0; of < world.hops().size(); of++) {
                var names = names(world, of);
                known.put(new Pair(at, of), new Known(oneOf(world, names), oneOf(world, names), oneOf(world, names)));
            }
        }
    }

    private static List<PeerId> names(GapWorld world, int of) {
        if (world.happens(0.8)) {
            return List.of(world.hops().get(of).peer());
        }
        var port = "eth" + of;
        return world.happens(0.3)
                ? List.of(PeerId.parse(port), PeerId.parse("10.0.0." + (of + 1)))
                : List.of(
                        PeerId.parse(port),
                        PeerId.parse("fe80::" + (of + 1)),
                        PeerId.parse("fe80::" + (of + 1) + "%" + port));
    }

    private static PeerId oneOf(GapWorld world, List<PeerId> names) {
        return names.get(world.between(0, names.size() - 1));
    }

    private Known known(int at, int of) {
        return Objects.requireNonNull(known.get(new Pair(at, of)));
    }

    PeerId inChain(int at, int of) {
        return known(at, of).inChain();
    }

    PeerId inSessions(int at, int of) {
        return known(at, of).inSessions();
    }

    PeerId inRoutes(int at, int of) {
        return known(at, of).inRoutes();
    }
}
