package dev.hoplog.ingest.publish;

import dev.hoplog.model.RibId;

/** The broker did not take a snapshot. The RIB's next one will be a keyframe. */
public final class PublishFailed extends Exception {
    private static final long serialVersionUID = 1L;

    PublishFailed(RibId rib, Throwable cause) {
        super("the broker did not take a snapshot of " + rib + ": " + cause.getMessage(), cause);
    }
}
