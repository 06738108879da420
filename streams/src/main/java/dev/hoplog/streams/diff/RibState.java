package dev.hoplog.streams.diff;

import dev.hoplog.model.Id;
import dev.hoplog.model.SnapshotHeader;
import dev.hoplog.wire.RootDigest;
import java.time.Instant;
import java.util.Optional;

/**
 * What is remembered of a RIB between two records, beside its leaves.
 *
 * @param accepted the last snapshot whose manifest matched
 * @param root over the stored leaves, which may be ahead of {@code accepted}
 * @param emptied leaves that were sent empty since {@code accepted}: they stay stored without rows until a manifest
 *     proves them, so that it is known since when they are
 * @param newest the newest snapshot of which anything was taken in, whole or not, or the newest failure
 * @param keyframe one that is under way
 * @param coveredFrom start of the stretch that coverage marks speak of now
 * @param blindness failures since {@code accepted}
 */
public record RibState(
        Optional<SnapshotHeader> accepted,
        RootDigest root,
        LeafSet emptied,
        Optional<TakenIn> newest,
        Optional<Keyframe> keyframe,
        Optional<Instant> coveredFrom,
        Optional<Blindness> blindness) {

    /** Scrapes that failed one after the other. */
    public record Blindness(Instant firstFailedAt, Instant lastFailedAt, int failures) {}

    /**
     * A keyframe under way.
     *
     * @param root over the leaves sent so far
     */
    public record Keyframe(Id snapshot, LeafSet sent, RootDigest root) {}

    /** Nothing is known of it. */
    public static RibState unknown() {
        return new RibState(
                Optional.empty(),
                RootDigest.EMPTY,
                LeafSet.none(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** What was sent so far of that keyframe; nothing if another one, or none, is under way. */
    Keyframe keyframeOf(Id snapshot) {
        return keyframe.filter(known -> known.snapshot().equals(snapshot))
                .orElseGet(() -> new Keyframe(snapshot, LeafSet.none(), RootDigest.EMPTY));
    }
}
