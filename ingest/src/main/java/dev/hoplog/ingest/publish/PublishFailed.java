package dev.hoplog.ingest.publish;

import dev.hoplog.model.RibId;
import org.apache.kafka.common.errors.TimeoutException;

/** The broker did not take a snapshot, after which the RIB's next one will be a keyframe; or a chain. */
public final class PublishFailed extends Exception {
    private static final long serialVersionUID = 1L;

    PublishFailed(RibId rib, Throwable cause) {
        this("a snapshot of " + rib, cause);
    }

    PublishFailed(String what, Throwable cause) {
        super("the broker did not take " + what + ": " + cause.getMessage() + mend(cause), cause);
    }

    PublishFailed(String message) {
        super(message);
    }

    private static String mend(Throwable cause) {
        return cause instanceof TimeoutException
                ? ". Nothing more was sent: is the broker up, and does streams run, which makes the topics?"
                : "";
    }
}
