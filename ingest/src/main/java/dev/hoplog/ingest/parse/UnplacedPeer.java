package dev.hoplog.ingest.parse;

import dev.hoplog.model.PeerId;
import dev.hoplog.model.PeerSession;
import java.util.Optional;

/**
 * A neighbour that an answer names without any address family: it is there, and it is not said in which session tables.
 *
 * @param session without counts; empty where the answer has no state of it either
 */
public record UnplacedPeer(PeerId peer, Optional<PeerSession> session) {}
