package dev.hoplog.model;

/** What a daemon claims of a path. A flag that is missing was not claimed. */
public enum PathFlag {
    VALID,
    BEST,
    /** Used beside the best path. The best one itself never has it, whatever its daemon marks. */
    MULTIPATH,
    /** Kept over a graceful restart (RFC 4724, RFC 9494). */
    STALE,
    /** There, and held back since it flapped. */
    DAMPED,
    /** Dampening's memory of a path that is gone; such a one is not {@link #DAMPED}. */
    HISTORY,
    /** FRR is about to drop it. */
    REMOVED,
    SUPPRESSED,
    /** BIRD's {@code !}: best, but the kernel did not take it. */
    SYNC_FAILED,
    INSTALLED,
    INSTALL_FAILED,
    /** The kernel's word for a route that it does not use, since its link is gone. */
    DEAD,
    /** Learnt from a peer of the same AS. */
    INTERNAL
}
