package dev.hoplog.ingest.parse.bird;

import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.ChangeStamp;
import dev.hoplog.model.DaemonState;
import java.io.InputStream;
import java.util.Optional;

/**
 * {@code show status}, BIRD 2.x and 3.x. Times are as printed: local to the daemon and without a zone, which {@link
 * BirdClock} finds out.
 *
 * @param version e.g. {@code BIRD 2.0.12}
 * @param unknownItems lines that were passed over
 */
public record BirdStatus(
        Optional<String> version,
        Optional<String> routerId,
        Optional<String> serverTime,
        Optional<String> lastReboot,
        Optional<String> lastReconfiguration,
        int unknownItems) {
    private static final String ROUTER_ID = "Router ID is ";
    private static final String SERVER_TIME = "Current server time is ";
    private static final String REBOOT = "Last reboot on ";
    private static final String RECONFIGURATION = "Last reconfiguration on ";

    /** The reply ends with a sentence of its own in every form, so that a cut is always seen. */
    public static BirdStatus parse(InputStream in, BirdForm form) throws UnusableOutput {
        var lines = BirdLines.open(in, form);
        var version = Optional.<String>empty();
        var routerId = Optional.<String>empty();
        var serverTime = Optional.<String>empty();
        var reboot = Optional.<String>empty();
        var reconfiguration = Optional.<String>empty();
        boolean complete = false;
        int unknown = 0;
        for (var line = lines.next(); line != null; line = lines.next()) {
            if (line.startsWith("BIRD ")) {
                version = Optional.of(line);
            } else if (line.startsWith(ROUTER_ID)) {
                routerId = Optional.of(line.substring(ROUTER_ID.length()));
            } else if (line.startsWith(SERVER_TIME)) {
                serverTime = Optional.of(line.substring(SERVER_TIME.length()));
            } else if (line.startsWith(REBOOT)) {
                reboot = Optional.of(line.substring(REBOOT.length()));
            } else if (line.startsWith(RECONFIGURATION)) {
                reconfiguration = Optional.of(line.substring(RECONFIGURATION.length()));
            } else if (BirdLines.isLastWord(line)) {
                complete = true;
            } else {
                unknown += line.startsWith("Hostname is ") ? 0 : 1;
            }
        }
        if (!complete) {
            throw lines.truncated("the status has no last sentence");
        }
        return new BirdStatus(version.or(lines::version), routerId, serverTime, reboot, reconfiguration, unknown);
    }

    /** The daemon's row of a session table; without a clock its times are not known. */
    public DaemonState daemonState(Optional<BirdClock> clock) {
        return new DaemonState(
                version, routerId, Optional.empty(), stamp(clock, lastReboot), stamp(clock, lastReconfiguration));
    }

    private static Optional<ChangeStamp> stamp(Optional<BirdClock> clock, Optional<String> printed) {
        return clock.flatMap(c -> printed.flatMap(c::resolve)).map(BirdClock.Moment::stamp);
    }
}
