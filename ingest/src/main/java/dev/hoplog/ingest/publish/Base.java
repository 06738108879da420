package dev.hoplog.ingest.publish;

import dev.hoplog.model.Id;
import dev.hoplog.wire.CanonicalTable;
import java.time.Instant;

/**
 * The last snapshot of a RIB that the broker acknowledged whole: what the next one may build on.
 *
 * @param lastKeyframe when the last keyframe of the RIB was captured
 */
record Base(Id snapshot, CanonicalTable table, Instant lastKeyframe) {}
