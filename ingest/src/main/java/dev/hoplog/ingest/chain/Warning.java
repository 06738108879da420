package dev.hoplog.ingest.chain;

/**
 * Something that is allowed and yet most likely a mistake.
 *
 * @param about a hop or an edge
 * @param message what it does, and what to do if that is not meant
 */
public record Warning(Kind kind, String about, String message) {
    /** What is the matter. */
    public enum Kind {
        /** A hop is on no edge. */
        HOP_WITHOUT_EDGES,
        /** The hop that speaks for a node is on no edge. */
        HEADLINE_WITHOUT_EDGES,
        /** A session carries nothing in one direction. */
        ONE_WAY_SESSION,
        /** An edge carries what no other edge can bring to its upstream end. */
        NEVER_THERE,
        /** Two ranges of an edge have prefixes in common. */
        OVERLAPPING_RANGES,
        /** An edge gives a route no time to get through. */
        NO_GRACE
    }

    @Override
    public String toString() {
        return about + " " + message;
    }
}
