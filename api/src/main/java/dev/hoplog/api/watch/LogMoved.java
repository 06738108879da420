package dev.hoplog.api.watch;

/** The log does not have what comes after a token. The message says what to do. */
public final class LogMoved extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LogMoved(String message) {
        super(message);
    }
}
