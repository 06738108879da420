package dev.hoplog.ingest.parse;

import dev.hoplog.model.FailureReason;

/** The output proves nothing about any route: the RIB was not observed. */
public final class UnusableOutput extends Exception {
    private static final long serialVersionUID = 1L;

    private final FailureReason reason;

    /** @param detail the daemon's own words, or what is wrong and where; fit for a person, at most a few lines */
    public UnusableOutput(FailureReason reason, String detail) {
        super(detail);
        this.reason = reason;
    }

    public UnusableOutput(FailureReason reason, String detail, Throwable cause) {
        super(detail, cause);
        this.reason = reason;
    }

    public FailureReason reason() {
        return reason;
    }
}
