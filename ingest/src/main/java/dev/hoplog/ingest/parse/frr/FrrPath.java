package dev.hoplog.ingest.parse.frr;

import static dev.hoplog.model.PathFlag.BEST;
import static dev.hoplog.model.PathFlag.DAMPED;
import static dev.hoplog.model.PathFlag.HISTORY;
import static dev.hoplog.model.PathFlag.MULTIPATH;

import dev.hoplog.ingest.parse.JsonObject;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.IpAddress;
import dev.hoplog.model.Origin;
import dev.hoplog.model.Path;
import dev.hoplog.model.PathBuilder;
import dev.hoplog.model.PeerId;
import java.time.Instant;
import java.util.Optional;

/**
 * One path as a form of the table shows it.
 *
 * @param version of the prefix, which FRR repeats in each path
 * @param heardAt when FRR last heard of it, which a re-announcement of the same moves too
 * @param unknown keys that were passed over
 */
record FrrPath(Path path, Optional<Long> version, Optional<Instant> heardAt, int unknown) {
    /** Own routes have no neighbour: {@code ::} or {@code 0.0.0.0}, in the plain form of 8.x {@code (unspec)}. */
    static Optional<PeerId> peer(String peerId, Optional<String> interfaceName) {
        if (peerId.equals("(unspec)")) {
            return Optional.empty();
        }
        var address = IpAddress.parse(peerId);
        return address.isUnspecified()
                ? Optional.empty()
                : Optional.of(new PeerId(Optional.of(address), interfaceName.filter(i -> address.isLinkLocal())));
    }

    /**
     * What the forms name differently and do not print alike. Where others are used beside the best path, the detail form
     * of 10.x calls the best one multipath too, and the plain form does not; a damped path that is gone is history in the
     * detail form, and both in the plain one. So multipath is said of the others alone, and damped of what is there.
     */
    static void marks(PathBuilder path, boolean best, boolean multipath, boolean damped, boolean history) {
        path.flag(BEST, best)
                .flag(MULTIPATH, multipath && !best)
                .flag(DAMPED, damped && !history)
                .flag(HISTORY, history);
    }

    /** What both forms call alike: an attribute that is missing is absent, not zero. */
    static void common(JsonObject json, PathBuilder path) throws UnusableOutput {
        json.number("metric").ifPresent(path::med);
        json.number("locPrf").ifPresent(path::localPref);
        var origin = json.text("origin");
        if (origin.isPresent()) {
            path.origin(
                    switch (origin.get()) {
                        case "IGP" -> Origin.IGP;
                        case "EGP" -> Origin.EGP;
                        case "incomplete" -> Origin.INCOMPLETE;
                        default -> throw json.unparsable("no origin: " + origin.get());
                    });
        }
    }
}
