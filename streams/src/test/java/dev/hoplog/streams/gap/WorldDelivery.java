package dev.hoplog.streams.gap;

import dev.hoplog.log.LogEntry;
import dev.hoplog.streams.gap.WorldLog.Distortion;
import java.util.List;
import java.util.Random;

/** The logs of seeded worlds, for tests that do not judge what they say. */
public final class WorldDelivery {
    private WorldDelivery() {}

    /** In an order of its own. */
    public static List<LogEntry> log(int seed) {
        var world = new GapWorld(seed);
        var tables = new WorldLog(world).told(Distortion.NONE);
        return Delivery.atRandom(tables, world.chains(), new Random(seed)).log();
    }
}
