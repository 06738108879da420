package dev.hoplog.ingest.parse.bird;

/** How a reply of BIRD was fetched, which decides how its lines begin and whether its end can be seen. */
public enum BirdForm {
    /** {@code birdc}: the reply codes are stripped, the end is not marked. */
    BIRDC,
    /**
     * {@code birdc -v}: every line has its code or five spaces. The final {@code 0000} is not printed: errors are marked,
     * success is not.
     */
    BIRDC_VERBOSE,
    /** The control socket itself: every line has its code or one space, the last one a code followed by a space. */
    CONTROL_SOCKET
}
