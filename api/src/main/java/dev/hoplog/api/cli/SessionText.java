package dev.hoplog.api.cli;

import dev.hoplog.v1.DaemonState;
import dev.hoplog.v1.PeerSession;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A neighbour, or the daemon itself, on one line. */
final class SessionText {
    private SessionText() {}

    static String of(PeerSession session) {
        return name(session) + " " + facts(session);
    }

    /** Without who it is. */
    static String facts(PeerSession session) {
        var counts = counts(session).entrySet().stream()
                .map(count -> ", " + count.getKey() + " " + count.getValue())
                .collect(Collectors.joining());
        return session.getState() + counts;
    }

    static String of(DaemonState daemon) {
        return "daemon " + facts(daemon);
    }

    /** The same. */
    static String facts(DaemonState daemon) {
        return Stream.of(
                        daemon.getVersion(),
                        daemon.getRouterId().isEmpty() ? "" : "router id " + daemon.getRouterId(),
                        started(daemon).isEmpty() ? "" : "started " + started(daemon) + " by its own clock")
                .filter(fact -> !fact.isEmpty())
                .collect(Collectors.joining(", "));
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

    /** Such as {@code router id changed from 10.0.0.1 to 10.0.0.9}. */
    static String difference(DaemonState before, DaemonState after) {
        var changes = new ArrayList<String>();
        differs("router id", before.getRouterId(), after.getRouterId()).ifPresent(changes::add);
        differs("local AS", localAsn(before), localAsn(after)).ifPresent(changes::add);
        differs("version", before.getVersion(), after.getVersion()).ifPresent(changes::add);
        differs("start by its own clock", started(before), started(after)).ifPresent(changes::add);
        differs("configuration by its own clock", configured(before), configured(after))
                .ifPresent(changes::add);
        return changes.isEmpty() ? "changed in details (--json has them)" : String.join(", ", changes);
    }

    /** What is not said on both sides is not compared. */
    private static Optional<String> differs(String name, String before, String after) {
        return before.isEmpty() || after.isEmpty() || before.equals(after)
                ? Optional.empty()
                : Optional.of(name + " changed from " + before + " to " + after);
    }

    /** Empty: it does not say. */
    static String localAsn(DaemonState daemon) {
        return daemon.hasLocalAsn() ? Integer.toUnsignedString(daemon.getLocalAsn()) : "";
    }

    /** Empty: it does not say. */
    static String started(DaemonState daemon) {
        return daemon.hasStartedAt() ? ShownTime.of(ShownTime.floor(daemon.getStartedAt())) : "";
    }

    /** When it last read its configuration. Empty: it does not say. */
    static String configured(DaemonState daemon) {
        return daemon.hasReconfiguredAt() ? ShownTime.of(ShownTime.floor(daemon.getReconfiguredAt())) : "";
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
