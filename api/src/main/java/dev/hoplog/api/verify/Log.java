package dev.hoplog.api.verify;

import dev.hoplog.api.projector.Batch;
import dev.hoplog.api.projector.GapBatch;
import dev.hoplog.api.projector.PositionLost;
import dev.hoplog.api.projector.RejectedBatch;
import java.sql.SQLException;

/** The log, and the gaps and the refused input beside it, to be read once more from their starts. */
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

    /** What was refused: kept for a limited time only. */
    Beside<RejectedBatch> rejected();

    /** What happened to gaps. */
    Beside<GapBatch> gaps();

    /** Another topic of the same broker, in batches of its own. */
    interface Beside<B> {
        long beginning(int partition);

        long end(int partition);

        /** Takes the batches of a partition, one after the other. */
        interface Sink<B> {
            void accept(B batch) throws SQLException, PositionLost;
        }

        void read(int partition, long to, Sink<B> sink) throws SQLException, PositionLost;
    }
}
