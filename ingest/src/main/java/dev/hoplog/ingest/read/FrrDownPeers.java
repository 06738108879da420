package dev.hoplog.ingest.read;

import dev.hoplog.model.PeerId;
import dev.hoplog.model.SessionState;
import dev.hoplog.model.Table;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a whole list of sessions proves of the neighbours' own tables: without an established session there is nothing in
 * them. A dynamic neighbour is not even listed when it is down, and an address that is not listed has no session.
 *
 * <p>FRR takes other names of a neighbour than the one that it lists: a host name for any, and for one that goes by its
 * interface also the address that bgpd found behind it, which is link-local, or IPv4 on a /30 or /31. Whoever is asked for by
 * a name that may be another one's is not proven to be down by not being listed.
 *
 * <p>It proves nothing of the neighbours whose sessions are established, and it does not contradict a neighbour's own table
 * that was read a moment later.
 *
 * @param sessions of one VRF and family
 * @param states of those that are listed, by the name under which they are
 */
record FrrDownPeers(Reading.Answered sessions, Map<PeerId, SessionState> states) {
    static FrrDownPeers of(Reading.Answered sessions) {
        var states = new HashMap<PeerId, SessionState>();
        SessionCounts.of(sessions.table()).forEach(session -> states.put(session.peer(), session.state()));
        return new FrrDownPeers(sessions, Map.copyOf(states));
    }

    boolean proveEmpty(RibName rib) {
        return rib.table().equals(sessions.rib().table())
                && rib.family() == sessions.rib().family()
                && rib.peer().filter(this::isDown).isPresent();
    }

    private boolean isDown(PeerId peer) {
        return Optional.ofNullable(states.get(peer))
                .map(state -> state != SessionState.ESTABLISHED)
                .orElseGet(() -> wouldBeListed(peer));
    }

    /** Whether the list could show a neighbour of that name under no other one. */
    private boolean wouldBeListed(PeerId peer) {
        if (peer.interfaceName().isPresent()) {
            return false;
        }
        // Whoever goes by an interface may be meant: if none of them has a session, it does not matter who is.
        boolean noOtherIsUp = states.entrySet().stream()
                .allMatch(listed ->
                        listed.getKey().address().isPresent() || listed.getValue() != SessionState.ESTABLISHED);
        return noOtherIsUp || peer.isTheOnlyName();
    }

    /** Read when and by what the sessions were. */
    Reading empty(RibName rib) {
        return new Reading.Answered(
                rib, sessions.sources(), Table.empty(), sessions.sourceState(), 0, sessions.daemonVersion());
    }
}
