package dev.hoplog.local.stack;

import java.io.IOException;

/** Ingest refused a capture or could not publish it. The message is its own, for the user as it is. */
public final class IngestFailure extends IOException {
    private final int exitCode;

    IngestFailure(String message, int exitCode) {
        super(message);
        this.exitCode = exitCode;
    }

    /** Ingest's own: 2 for a bad capture. */
    public int exitCode() {
        return exitCode;
    }
}
