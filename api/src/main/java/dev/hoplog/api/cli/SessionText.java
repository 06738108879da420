package dev.hoplog.api.cli;

import dev.hoplog.v1.DaemonState;
import dev.hoplog.v1.PeerSession;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A neighbour, or the daemon itself, on one line. */
final class SessionText {
    private SessionText() {}

    static String of(PeerSession session) {
        var counts = counts(session).entrySet().stream()
                .map(count -> ", " + count.getKey() + " " + count.getValue())
                .collect(Collectors.joining());
        return name(session) + " " + session.getState() + counts;
    }

    static String of(DaemonState daemon) {
        var router = daemon.getRouterId().isEmpty() ? "" : ", router id " + daemon.getRouterId();
        var started = daemon.hasStartedAt()
                ? ", started " + ShownTime.of(ShownTime.floor(daemon.getStartedAt())) + " by its own clock"
                : "";
        var version = daemon.getVersion().isEmpty() ? "" : " " + daemon.getVersion();
        return "daemon" + version + router + started;
    }

    static String difference(PeerSession before, PeerSession after) {
        var changes = new ArrayList<String>();
        if (!before.getState().equals(after.getState())) {
            changes.add(before.getState() + " → " + after.getState());
        }
        var old = counts(before);
        var now = counts(after);
        Stream.concat(old.keySet().stream(), now.keySet().stream())
                .distinct()
                .filter(name -> !Objects.equals(old.get(name), now.get(name)))
                .map(name -> name + " " + old.getOrDefault(name, "?") + " → " + now.getOrDefault(name, "?"))
                .forEach(changes::add);
        return name(after) + " " + (changes.isEmpty() ? "in details (--json has them)" : String.join(", ", changes));
    }

    private static String name(PeerSession session) {
        return "session " + session.getPeer() + (session.getLabel().isEmpty() ? "" : " (" + session.getLabel() + ")");
    }

    /** By name; what the daemon does not say is left out. */
    private static Map<String, String> counts(PeerSession session) {
        var counts = new LinkedHashMap<String, String>();
        if (session.hasReceived()) {
            counts.put("received", Long.toUnsignedString(session.getReceived()));
        }
        if (session.hasAccepted()) {
            counts.put("accepted", Long.toUnsignedString(session.getAccepted()));
        }
        if (session.hasAdvertised()) {
            counts.put("advertised", Long.toUnsignedString(session.getAdvertised()));
        }
        if (session.hasWithdrawn()) {
            counts.put("withdrawals", Long.toUnsignedString(session.getWithdrawn()));
        }
        return counts;
    }
}
