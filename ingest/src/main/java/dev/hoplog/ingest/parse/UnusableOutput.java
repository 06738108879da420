package dev.hoplog.ingest.parse;

import dev.hoplog.model.FailureReason;

/** The output proves nothing about any route: the RIB was not observed. */
public final class UnusableOutput extends Exception {
    private static final long serialVersionUID = 1L;

    /** Words of a daemon are short; what is longer is its answer, or an attack. */
    private static final int MOST_CHARACTERS = 1_000;

    private final FailureReason reason;

    /** @param detail the daemon's own words, or what is wrong and where; fit for a person, at most a few lines */
    public UnusableOutput(FailureReason reason, String detail) {
        super(shortened(detail));
        this.reason = reason;
    }

    public UnusableOutput(FailureReason reason, String detail, Throwable cause) {
        super(shortened(detail), cause);
        this.reason = reason;
    }

    private static String shortened(String detail) {
        return detail.length() > MOST_CHARACTERS ? detail.substring(0, MOST_CHARACTERS) + "…" : detail;
    }

    public FailureReason reason() {
        return reason;
    }
}
