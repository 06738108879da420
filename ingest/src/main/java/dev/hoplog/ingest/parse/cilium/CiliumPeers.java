package dev.hoplog.ingest.parse.cilium;

import dev.hoplog.ingest.parse.JsonAnswer;
import dev.hoplog.ingest.parse.JsonObject;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.PeerSession;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Cilium's sessions: {@code cilium-dbg bgp peers -o json}, which is {@code GET /v1/bgp/peers} of the agent, Cilium 1.16 to
 * 1.18: an array of neighbours, each with its families. A count of zero is left out.
 *
 * <p>The uptime is relative to the answer: a hint of when the session came up, and no stamp.
 */
public final class CiliumPeers {
    private static final Set<String> KNOWN = Set.of(
            "name",
            "local-asn",
            "peer-asn",
            "peer-address",
            "peer-port",
            "session-state",
            "uptime-nanoseconds",
            "families",
            "applied-hold-time-seconds",
            "applied-keep-alive-time-seconds",
            "configured-hold-time-seconds",
            "configured-keep-alive-time-seconds",
            "connect-retry-time-seconds",
            "ebgp-multihop-ttl",
            "graceful-restart",
            "tcp-password-enabled",
            "local-capabilities",
            "remote-capabilities");

    private final JsonAnswer answer;
    private final Instant from;
    private final Instant to;
    private final CiliumSessions sessions = new CiliumSessions();
    private int unknown;

    private CiliumPeers(JsonAnswer answer, Instant from, Instant to) {
        this.answer = answer;
        this.from = from;
        this.to = to;
    }

    /**
     * Reads the whole answer.
     *
     * @param from when it was asked, and {@code to}, when it had been answered
     */
    public static CiliumNeighbours parse(InputStream in, Instant from, Instant to) throws UnusableOutput {
        return new CiliumPeers(CiliumAnswer.array(in), from, to).read();
    }

    private CiliumNeighbours read() throws UnusableOutput {
        answer.elements(() -> {
            try {
                neighbour(answer.object());
            } catch (IllegalArgumentException e) {
                throw answer.unparsable(String.valueOf(e.getMessage()));
            }
        });
        answer.end();
        return sessions.output(unknown);
    }

    private void neighbour(JsonObject json) throws UnusableOutput {
        if (json.objects("families").isEmpty() && json.hasUnknownList(KNOWN)) {
            throw json.unparsable("a neighbour without families, and with something else that may be them");
        }
        unknown += json.unknownKeys(KNOWN);
        var localAsn = CiliumAnswer.number(json, "local-asn")
                .orElseThrow(() -> json.unparsable("a neighbour without local-asn"));
        var peer = PeerId.parse(
                json.text("peer-address").orElseThrow(() -> json.unparsable("a neighbour without peer-address")));
        var state = CiliumSessions.state(
                json.text("session-state").orElseThrow(() -> json.unparsable("a neighbour without session-state")));
        var since = CiliumAnswer.ago(json.number("uptime-nanoseconds"), from, to);
        var label = json.text("name").filter(name -> !name.isEmpty());
        var remoteAsn = CiliumAnswer.number(json, "peer-asn");
        if (json.objects("families").isEmpty()) {
            sessions.addUnplaced(localAsn, peer, label, Optional.of(state), remoteAsn);
        }
        for (var counts : json.objects("families")) {
            var family = CiliumAnswer.family(counts);
            if (family.isEmpty()) {
                continue;
            }
            long received = CiliumAnswer.number(counts, "received").orElse(0L);
            var session = new PeerSession(
                    peer,
                    label,
                    state,
                    remoteAsn,
                    Optional.of(localAsn),
                    Optional.of(received),
                    // Not every version has it: only where nothing came is none certain.
                    CiliumAnswer.number(counts, "accepted")
                            .or(() -> Optional.of(0L).filter(none -> received == 0)),
                    Optional.of(CiliumAnswer.number(counts, "advertised").orElse(0L)),
                    Optional.empty(),
                    Optional.empty());
            sessions.add(localAsn, family.get(), session, since);
        }
    }
}
