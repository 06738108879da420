package dev.hoplog.api;

import dev.hoplog.api.projector.Batch;
import dev.hoplog.api.projector.Logged;
import dev.hoplog.api.projector.PositionLost;
import dev.hoplog.api.projector.Projection;
import dev.hoplog.log.LogEntry;
import java.sql.SQLException;
import java.util.ArrayList;
import javax.sql.DataSource;

/** Writes a world's log to a projection, as the projector would. */
public final class Projected {
    private Projected() {}

    public static DataSource all(World world) throws SQLException, PositionLost {
        var dataSource = Database.fresh();
        for (int partition = 0; partition < world.partitions(); partition++) {
            partition(dataSource, world, partition, Integer.MAX_VALUE);
        }
        return dataSource;
    }

    /** In batches of so many entries, from wherever the projection stands. */
    public static void partition(DataSource dataSource, World world, int partition, int batchSize)
            throws SQLException, PositionLost {
        var projection = new Projection(dataSource);
        projection.begin(world.partitions());
        var entries = world.partition(partition);
        long from = projection.position(partition, 0);
        while (from < entries.size()) {
            long to = Math.min(entries.size(), from + batchSize);
            projection.write(batch(world, partition, from, to));
            from = to;
        }
    }

    public static Batch batch(World world, int partition, long from, long to) {
        var logged = new ArrayList<Logged<LogEntry>>();
        for (long offset = from; offset < to; offset++) {
            logged.add(new Logged<>(offset, world.partition(partition).get((int) offset)));
        }
        return new Batch(partition, from, to, logged);
    }
}
