package dev.hoplog.wire;

/** Octets that do not decode, or decode to something that breaks a rule of the format. */
public final class MalformedRecord extends Exception {
    private static final long serialVersionUID = 1L;

    private final String problem;

    public MalformedRecord(String what, Throwable cause) {
        this(what + ": " + cause.getMessage());
        initCause(cause);
    }

    public MalformedRecord(String problem) {
        super(problem);
        this.problem = problem;
    }

    /** What is wrong, and in what kind of record. */
    public String problem() {
        return problem;
    }
}
