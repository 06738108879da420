package dev.hoplog.model;

import java.util.Optional;

/** One entry of a RIB: what is compared between two snapshots, and under which key. */
public sealed interface Row permits Route, PeerSession, DaemonState {
    RowKey key();

    /** What moves whenever the row changes, even if it changes back. Empty: this source has nothing of the kind. */
    Optional<ChangeStamp> stamp();

    /**
     * The same row with the stamps of an earlier reading wherever both may be readings of one change. It keeps a
     * source's jitter, and a time that is printed coarser as it gets old, out of the digests.
     */
    Row steadiedBy(Row earlier);
}
