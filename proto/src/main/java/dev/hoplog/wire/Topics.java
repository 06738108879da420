package dev.hoplog.wire;

import dev.hoplog.model.RowKey;

/** The topics, and which partition of the log a row lives in. */
public final class Topics {
    /** Scrapers to diff, keyed by RIB. A buffer. */
    public static final String RIB_SNAPSHOT = "hoplog.rib-snapshot.v1";
    /** The log, kept without time limit. */
    public static final String ROUTE_EVENT = "hoplog.route-event.v1";
    /** Chains, keyed by network, kept without time limit. The log has them too. */
    public static final String CHAIN = "hoplog.chain.v1";
    /** What happens to gaps, in the partitions of their prefixes, kept without time limit. */
    public static final String GAP_EVENT = "hoplog.gap-event.v1";
    /** Input that was refused, with the reason and the original octets. */
    public static final String REJECTED = "hoplog.rejected.v1";

    /**
     * What every partition of the log has (sessions, restarts, marks, chains) is taken out of this one where it is to be had once.
     */
    public static final int SPOKESMAN = 0;

    /** As whom streams reads the snapshots and the chains: what its committed offsets lie behind is in the log. */
    public static final String DIFF_GROUP = "hoplog-diff";

    private Topics() {}

    /** All events of a prefix, at whatever hop, share a partition of the log: 0 to partitions - 1. */
    public static int partitionOf(RowKey key, int partitions) {
        return key.leaf() % partitions;
    }
}
