package dev.hoplog.ingest.read;

import dev.hoplog.ingest.parse.UnplacedPeer;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.PeerSession;
import dev.hoplog.model.Row;
import dev.hoplog.model.SessionState;
import dev.hoplog.model.Table;
import dev.hoplog.model.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which session tables a neighbour belongs in of which an answer says no family, as of one that is down. It must not vanish
 * from where it was while the daemon names it.
 *
 * <ul>
 *   <li>One that was seen before stays in the families in which it was, with the state that it has now.
 *   <li>One that was never seen may be of any family, and a session that is not up is up in none: it stands in all tables
 *       of its router, or what an earlier run saw of it would be gone.
 *   <li>Where that leaves a table in doubt (no state, or up and of no known family) it is not observed.
 * </ul>
 */
final class KnownPeers {
    private final Map<RibName, Set<PeerId>> last = new HashMap<>();

    /** The readings of one scrape, each with the neighbours that belong in it, or its failure. */
    List<Reading> place(List<Reading> readings) {
        var placed = readings.stream().map(this::place).toList();
        var seen = new HashMap<RibName, Set<PeerId>>();
        for (var reading : placed) {
            if (reading instanceof Reading.Answered answered && answered.rib().view() == View.SESSIONS) {
                seen.putIfAbsent(answered.rib(), peers(answered.table()));
            }
        }
        last.putAll(seen);
        return placed;
    }

    private Reading place(Reading reading) {
        if (!(reading instanceof Reading.Answered answered)
                || answered.unplaced().isEmpty()) {
            return reading;
        }
        var rows = new ArrayList<>(answered.table().rows());
        for (var peer : answered.unplaced()) {
            if (isInDoubt(answered.rib(), peer)) {
                return new Reading.Failed(
                        answered.rib(),
                        answered.sources(),
                        new UnusableOutput(
                                FailureReason.INCONSISTENT,
                                "the neighbour " + peer.peer() + " is named without a family"
                                        + (peer.session().isEmpty() ? " and without a state" : "")));
            }
            if (isOf(answered.rib(), peer.peer())) {
                peer.session().ifPresent(rows::add);
            }
        }
        return answered.with(
                new Table(answered.table().observed(), rows, answered.table().sourceTimes()));
    }

    private boolean isInDoubt(RibName rib, UnplacedPeer peer) {
        var state = peer.session().map(PeerSession::state);
        return isKnown(rib, peer.peer())
                ? state.isEmpty() && isOf(rib, peer.peer())
                : state.equals(Optional.of(SessionState.ESTABLISHED));
    }

    private boolean isOf(RibName rib, PeerId peer) {
        return !isKnown(rib, peer) || last.getOrDefault(rib, Set.of()).contains(peer);
    }

    /** In whichever family of its router. */
    private boolean isKnown(RibName rib, PeerId peer) {
        return last.entrySet().stream()
                .anyMatch(seen -> seen.getKey().table().equals(rib.table())
                        && seen.getValue().contains(peer));
    }

    private static Set<PeerId> peers(Table table) {
        return table.rows().stream().flatMap(KnownPeers::peer).collect(Collectors.toSet());
    }

    private static Stream<PeerId> peer(Row row) {
        return row instanceof PeerSession session ? Stream.of(session.peer()) : Stream.empty();
    }
}
