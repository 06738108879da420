package dev.hoplog.ingest.publish;

import dev.hoplog.model.RibId;
import org.apache.kafka.common.errors.TimeoutException;

/** The broker did not take a snapshot. The RIB's next one will be a keyframe. */
public final class PublishFailed extends Exception {
    private static final long serialVersionUID = 1L;

    PublishFailed(RibId rib, Throwable cause) {
        super("the broker did not take a snapshot of " + rib + ": " + cause.getMessage() + mend(cause), cause);
    }

    private static String mend(Throwable cause) {
        return cause instanceof TimeoutException
                ? ". Nothing more was sent: is the broker up, and does streams run, which makes the topics?"
                : "";
    }
}
