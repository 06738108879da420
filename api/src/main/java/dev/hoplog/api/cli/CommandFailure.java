package dev.hoplog.api.cli;

/** A command could not do what it was asked. The message is for the user, says what to do, and is shown without more. */
public final class CommandFailure extends RuntimeException {
    public CommandFailure(String message) {
        super(message);
    }

    public CommandFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
