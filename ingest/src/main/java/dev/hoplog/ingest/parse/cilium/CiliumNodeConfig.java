package dev.hoplog.ingest.parse.cilium;

import dev.hoplog.ingest.parse.JsonAnswer;
import dev.hoplog.ingest.parse.JsonObject;
import dev.hoplog.ingest.parse.Refusal;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.Excerpt;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.PeerSession;
import dev.hoplog.model.SourceTime;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;

/**
 * The status of a CiliumBGPNodeConfig, as {@code kubectl get ciliumbgpnodeconfig NODE -o json} prints it; v2alpha1 in
 * Cilium 1.16 and 1.17, v2 from 1.18.
 *
 * <p>It is what the agent last wrote, with a delay of some 5 s ({@code CRDStatusUpdateInterval}), and nothing in it says
 * when: of an agent that died it stays as it was. {@code cilium-dbg bgp peers} knows better and goes first. An agent that
 * is told to report nothing empties the status, which is no answer. The established time is reckoned from an uptime each
 * time anew: a hint, and no stamp.
 */
public final class CiliumNodeConfig {
    private static final Set<String> KNOWN_OF_INSTANCE = Set.of("name", "localASN", "peers");
    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

    private final CiliumSessions sessions = new CiliumSessions();
    private int unknown;

    private CiliumNodeConfig() {}

    public static CiliumNeighbours parse(InputStream in) throws UnusableOutput {
        var answer = JsonAnswer.open(in);
        var json = answer.object();
        answer.end();
        try {
            return new CiliumNodeConfig().read(json);
        } catch (IllegalArgumentException e) {
            throw json.unparsable(String.valueOf(e.getMessage()));
        }
    }

    private CiliumNeighbours read(JsonObject json) throws UnusableOutput {
        var kind = json.text("kind");
        if (kind.filter("Status"::equals).isPresent()) {
            throw Refusal.of(json.text("message").orElse("a failure without message"));
        }
        if (kind.filter(k -> !k.equals("CiliumBGPNodeConfig")).isPresent()) {
            throw json.unparsable("a " + Excerpt.of(kind.get()) + " in place of one CiliumBGPNodeConfig");
        }
        var status = json.object("status");
        if (status.isEmpty() || !status.get().has("bgpInstances")) {
            throw new UnusableOutput(
                    FailureReason.REFUSED,
                    "the CiliumBGPNodeConfig has no status of any instance: it may be switched off");
        }
        for (var instance : status.get().objects("bgpInstances")) {
            long asn = CiliumAnswer.number(instance, "localASN")
                    .orElseThrow(() -> instance.unparsable("an instance without localASN"));
            var peers = instance.objects("peers");
            if (peers.isEmpty() && instance.unknownKeys(KNOWN_OF_INSTANCE) > 0) {
                throw instance.unparsable("an instance without peers, and with something else that may be them");
            }
            for (var peer : peers) {
                neighbour(asn, peer);
            }
            sessions.addRouter(asn);
        }
        return sessions.output(unknown);
    }

    private void neighbour(long localAsn, JsonObject json) throws UnusableOutput {
        var address = json.text("peerAddress");
        var state = json.text("peeringState").filter(text -> !text.isEmpty()).map(CiliumSessions::state);
        var label = json.text("name").filter(name -> !name.isEmpty());
        var remoteAsn = CiliumAnswer.number(json, "peerASN");
        var counted = json.objects("routeCount");
        if (counted.isEmpty() && state.isEmpty()) {
            // Configured, and never started.
            unknown++;
        }
        if (counted.isEmpty() && address.isEmpty()) {
            return;
        }
        var peer = PeerId.parse(address.orElseThrow(() -> json.unparsable("a neighbour without peerAddress")));
        if (counted.isEmpty()) {
            sessions.addUnplaced(localAsn, peer, label, state, remoteAsn);
            return;
        }
        var known = state.orElseThrow(() -> json.unparsable("a neighbour without peeringState"));
        var since = since(json);
        for (var counts : counted) {
            var family = CiliumAnswer.family(counts);
            if (family.isEmpty()) {
                continue;
            }
            var session = new PeerSession(
                    peer,
                    label,
                    known,
                    remoteAsn,
                    Optional.of(localAsn),
                    CiliumAnswer.number(counts, "received"),
                    Optional.empty(),
                    CiliumAnswer.number(counts, "advertised"),
                    Optional.empty(),
                    Optional.empty());
            sessions.add(localAsn, family.get(), session, since);
        }
    }

    private static Optional<SourceTime> since(JsonObject json) throws UnusableOutput {
        var text = json.text("establishedTime").filter(t -> !t.isEmpty());
        try {
            var time = text.map(t -> OffsetDateTime.parse(t).toInstant());
            if (time.filter(t -> t.isBefore(Instant.EPOCH) || t.isAfter(LAST)).isPresent()) {
                throw new DateTimeException("not between 1970 and 9999");
            }
            return time.map(t -> new SourceTime(t, t.plusSeconds(1)));
        } catch (DateTimeException e) {
            throw new UnusableOutput(FailureReason.UNPARSABLE, "'" + Excerpt.of(text.orElse("")) + "' is no time", e);
        }
    }
}
