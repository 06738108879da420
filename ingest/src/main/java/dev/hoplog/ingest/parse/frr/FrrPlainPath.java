package dev.hoplog.ingest.parse.frr;

import static dev.hoplog.model.PathFlag.INTERNAL;
import static dev.hoplog.model.PathFlag.REMOVED;
import static dev.hoplog.model.PathFlag.STALE;
import static dev.hoplog.model.PathFlag.SUPPRESSED;
import static dev.hoplog.model.PathFlag.VALID;

import dev.hoplog.ingest.parse.AsPathText;
import dev.hoplog.ingest.parse.JsonObject;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.PathBuilder;
import java.util.Optional;
import java.util.Set;

/** A path of the plain form. Flags are there only when true; {@code "path":""} is an own route, or one from within. */
final class FrrPlainPath {
    private static final Set<String> KNOWN = Set.of(
            "valid",
            "bestpath",
            "selectionReason",
            "multipath",
            "stale",
            "damped",
            "history",
            "suppressed",
            "removed",
            "unsorted",
            "rpkiValid",
            "rpkiInvalid",
            "rpkiNotFound",
            "pathFrom",
            "prefix",
            "prefixLen",
            "network",
            "version",
            "metric",
            "locPrf",
            "weight",
            "peerId",
            "path",
            "origin",
            "announceNexthopSelf",
            "nhVrfName",
            "nhVrfId",
            "nexthops");

    private FrrPlainPath() {}

    static FrrPath read(JsonObject json) throws UnusableOutput {
        var peerId = json.text("peerId").orElseThrow(() -> json.unparsable("no path of the plain form"));
        var nextHops = FrrNextHops.of(json);
        var path = new PathBuilder();
        // Its peer's interface is nowhere in this form, except where the next hop is the peer itself.
        var peer = FrrPath.peer(peerId, Optional.empty())
                .map(p -> FrrPath.peer(peerId, p.address().flatMap(nextHops::interfaceOf))
                        .orElseThrow());
        peer.ifPresent(path::from);
        nextHops.list(Optional.empty()).forEach(path::nextHop);
        FrrPath.common(json, path);
        json.text("path").map(AsPathText::parse).ifPresent(path::asPath);
        json.number("weight").ifPresent(path::weight);
        FrrPath.marks(path, json.flag("bestpath"), json.flag("multipath"), json.flag("damped"), json.flag("history"));
        path.flag(VALID, json.flag("valid"))
                .flag(STALE, json.flag("stale"))
                .flag(SUPPRESSED, json.flag("suppressed"))
                .flag(REMOVED, json.flag("removed"))
                // Own routes are "external" too.
                .flag(INTERNAL, json.text("pathFrom").filter("internal"::equals).isPresent());
        int unknown = json.unknownKeys(KNOWN) + nextHops.unknown();
        return new FrrPath(path.build(), json.number("version"), Optional.empty(), unknown);
    }
}
