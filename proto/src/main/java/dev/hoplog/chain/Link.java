package dev.hoplog.chain;

import dev.hoplog.model.PeerId;

/** How routes get from the upstream end of an edge to the downstream end. */
public sealed interface Link {
    /**
     * A BGP session.
     *
     * @param kind whether both ends are of one AS
     * @param upstream the neighbour as which the downstream end knows the upstream one
     * @param downstream the neighbour as which the upstream end knows the downstream one
     */
    record Session(Kind kind, PeerId upstream, PeerId downstream) implements Link {}

    /** The upstream end writes what it learnt into a kernel's table. */
    record Install() implements Link {}

    /** RFC 4271 section 1.1: external and internal peers. */
    enum Kind {
        EXTERNAL,
        /** What was learnt from an internal peer is not passed on to another (RFC 4271 section 9.2.1). */
        INTERNAL
    }
}
