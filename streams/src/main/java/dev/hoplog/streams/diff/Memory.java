package dev.hoplog.streams.diff;

import dev.hoplog.model.Id;
import java.time.Instant;
import java.util.Optional;
import java.util.function.ObjIntConsumer;

/** What the rules may look up of one RIB beyond its {@link RibState}: too much to hand over whole. */
public interface Memory {
    /** A leaf; empty if it has no rows. */
    Optional<StoredLeaf> leaf(int number);

    /** All leaves that have rows, ascending. */
    void forEachLeaf(ObjIntConsumer<StoredLeaf> action);

    /** The snapshot or failure that ended then and was taken in. */
    Optional<Id> takenInAt(Instant capturedTo);
}
