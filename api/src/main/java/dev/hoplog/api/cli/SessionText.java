package dev.hoplog.api.cli;

import dev.hoplog.v1.DaemonState;
import dev.hoplog.v1.PeerSession;
import java.util.ArrayList;

/** A neighbour, or the daemon itself, on one line. */
final class SessionText {
    private SessionText() {}

    static String of(PeerSession session) {
        return name(session) + " " + session.getState() + counts(session);
    }

    static String of(DaemonState daemon) {
        var router = daemon.getRouterId().isEmpty() ? "" : ", router id " + daemon.getRouterId();
        var started = daemon.hasStartedAt()
                ? ", started " + ShownTime.of(ShownTime.floor(daemon.getStartedAt())) + " by its own clock"
                : "";
        return "daemon " + daemon.getVersion() + router + started;
    }

    static String difference(PeerSession before, PeerSession after) {
        var changes = new ArrayList<String>();
        if (!before.getState().equals(after.getState())) {
            changes.add(before.getState() + " → " + after.getState());
        }
        if (!counts(before).equals(counts(after))) {
            changes.add(
                    (counts(before) + " → " + counts(after)).replace(", ", "").strip());
        }
        return name(after) + " " + (changes.isEmpty() ? "in details (--json has them)" : String.join("; ", changes));
    }

    private static String name(PeerSession session) {
        return "session " + session.getPeer() + (session.getLabel().isEmpty() ? "" : " (" + session.getLabel() + ")");
    }

    private static String counts(PeerSession session) {
        var received = session.hasReceived() ? ", received " + session.getReceived() : "";
        var accepted = session.hasAccepted() ? ", accepted " + session.getAccepted() : "";
        var advertised = session.hasAdvertised() ? ", advertised " + session.getAdvertised() : "";
        return received + accepted + advertised;
    }
}
