package dev.hoplog.api.projector;

import dev.hoplog.wire.Topics;
import org.jspecify.annotations.Nullable;

/**
 * The log says something that cannot be true after what it said before, or cannot be read. Nothing of the batch was
 * written, and the partition stands still: going on would make an answer out of a guess.
 */
public final class LogContradiction extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LogContradiction(int partition, long offset, String what) {
        this("partition " + partition + ", offset " + offset, what, null);
    }

    public LogContradiction(String place, String what, @Nullable Throwable cause) {
        this(Topics.ROUTE_EVENT, place, what, cause);
    }

    LogContradiction(String topic, String place, String what, @Nullable Throwable cause) {
        super(
                topic + ", " + place + ": " + what
                        + " -- the partition is no longer projected; look at the record, and if the projection is at"
                        + " fault, `deploy/hoplog rebuild` writes it anew from the log",
                cause);
    }
}
