package dev.hoplog.ingest.read;

import dev.hoplog.model.PeerId;
import dev.hoplog.model.PeerSession;
import dev.hoplog.model.SessionState;
import dev.hoplog.model.Table;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a whole list of sessions proves of the neighbours' own tables: without an established session there is nothing in
 * them. A dynamic neighbour is not even listed when it is down, and who is not listed has no session.
 *
 * <p>It proves nothing of the neighbours whose sessions are established, and it does not contradict a neighbour's own table
 * that was read a moment later.
 *
 * @param sessions of one VRF and family
 */
record FrrDownPeers(Reading.Answered sessions, Set<PeerId> established) {
    static FrrDownPeers of(Reading.Answered sessions) {
        return new FrrDownPeers(
                sessions,
                sessions.table().rows().stream()
                        .filter(row ->
                                row instanceof PeerSession session && session.state() == SessionState.ESTABLISHED)
                        .map(row -> ((PeerSession) row).peer())
                        .collect(Collectors.toUnmodifiableSet()));
    }

    boolean proveEmpty(RibName rib) {
        return rib.table().equals(sessions.rib().table())
                && rib.family() == sessions.rib().family()
                && rib.peer().filter(peer -> !established.contains(peer)).isPresent();
    }

    /** Read when and by what the sessions were. */
    Reading empty(RibName rib) {
        return new Reading.Answered(
                rib, sessions.sources(), Table.empty(), sessions.sourceState(), 0, sessions.daemonVersion());
    }
}
