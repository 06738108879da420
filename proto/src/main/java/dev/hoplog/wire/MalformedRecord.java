package dev.hoplog.wire;

/** Octets that do not decode, or decode to something that breaks a rule of the format. */
public final class MalformedRecord extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedRecord(String what, Throwable cause) {
        super(what + ": " + cause.getMessage(), cause);
    }

    public MalformedRecord(String what) {
        super(what);
    }
}
