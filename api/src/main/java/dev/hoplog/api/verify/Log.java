package dev.hoplog.api.verify;

import dev.hoplog.api.projector.Batch;
import dev.hoplog.api.projector.PositionLost;
import java.sql.SQLException;

/** The log, to be read once more from its start. */
public interface Log {
    int partitions();

    /** The first offset that a partition still has. */
    long beginning(int partition);

    /** Where a partition's next record would go. */
    long end(int partition);

    /** Takes the batches of a partition, one after the other. */
    interface Sink {
        void accept(Batch batch) throws SQLException, PositionLost;
    }

    /** Reads a partition from its beginning up to an offset, which is not read. The last batch ends exactly there. */
    void read(int partition, long to, Sink sink) throws SQLException, PositionLost;
}
