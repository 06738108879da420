package dev.hoplog.ingest.capture;

/** A path that is no capture, or no output that proves anything. The message says where, what is wrong, and what was expected. */
public final class BadCapture extends Exception {
    private static final long serialVersionUID = 1L;

    private final String problem;

    public BadCapture(String problem) {
        super(problem);
        this.problem = problem;
    }

    public BadCapture(String problem, Throwable cause) {
        super(problem, cause);
        this.problem = problem;
    }

    public String problem() {
        return problem;
    }
}
