package dev.hoplog.ingest.read;

import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.ingest.parse.bird.BirdProtocols;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.PeerSession;
import dev.hoplog.model.SessionState;
import dev.hoplog.model.View;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A BGP neighbour and the protocol that talks to it, as {@code show protocols all} has them. Of two protocols for one
 * neighbour and table it is the one that stands in the session table, so that neither writes into the other's views.
 *
 * @param exported routes that it was given, by BIRD's own count; empty where BIRD does not count, as while the channel is
 *     down
 * @param filtered routes of its that the import filter refused; empty also where they are not kept
 */
record BirdNeighbour(
        TableName table,
        PeerId peer,
        String protocol,
        SessionState state,
        boolean mayGetAddPaths,
        Optional<Long> exported,
        Optional<Long> filtered) {
    static List<BirdNeighbour> in(BirdProtocols protocols) {
        return protocols.channels().stream()
                .flatMap(channel -> sessions(protocols, channel.table())
                        .filter(session -> session.label().equals(Optional.of(channel.protocol())))
                        .map(session -> of(protocols, channel, session)))
                .toList();
    }

    private static Stream<PeerSession> sessions(BirdProtocols protocols, TableName table) {
        return Optional.ofNullable(protocols.sessions().tables().get(table)).stream()
                .flatMap(sessions -> sessions.rows().stream())
                .filter(PeerSession.class::isInstance)
                .map(PeerSession.class::cast);
    }

    private static BirdNeighbour of(BirdProtocols protocols, BirdProtocols.Channel channel, PeerSession session) {
        return new BirdNeighbour(
                channel.table(),
                session.peer(),
                channel.protocol(),
                session.state(),
                protocols.addPathSenders().contains(channel.protocol()),
                channel.exported(),
                channel.filtered());
    }

    boolean isEstablished() {
        return state == SessionState.ESTABLISHED;
    }

    RibName rib(View view) {
        return RibName.adj(table, view, peer);
    }

    boolean isIn(Optional<String> asked) {
        return asked.map(table.name()::equals).orElse(true);
    }
}
