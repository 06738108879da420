package dev.hoplog.streams.diff;

import com.google.protobuf.ByteString;
import dev.hoplog.model.Change;
import dev.hoplog.model.RibId;
import dev.hoplog.model.SnapshotHeader;
import dev.hoplog.model.SourceTime;
import dev.hoplog.wire.LeafRows;
import dev.hoplog.wire.MalformedRecord;
import dev.hoplog.wire.SnapshotPart.Leaf;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A leaf that takes the place of a stored one, both decoded. */
record Replacement(Optional<StoredLeaf> stored, LeafRows before, Leaf leaf, LeafRows after) {

    /** @throws MalformedRecord if the new leaf is not in canonical form */
    static Replacement of(RibId rib, Optional<StoredLeaf> stored, Leaf leaf) throws MalformedRecord {
        var version = rib.family().version();
        return new Replacement(
                stored,
                LeafRows.decode(leaf.number(), stored.map(StoredLeaf::content).orElse(ByteString.EMPTY), version),
                leaf,
                LeafRows.decode(leaf.number(), leaf.content(), version));
    }

    /** Nothing takes the place of a stored leaf. */
    static Replacement byNothing(RibId rib, int number, StoredLeaf stored) {
        try {
            return of(rib, Optional.of(stored), new Leaf(number, ByteString.EMPTY, Map.of()));
        } catch (MalformedRecord e) {
            throw new IllegalStateException("a leaf was stored that does not decode", e);
        }
    }

    /** Emits what differs, and stores the new leaf. */
    void apply(RibState state, SnapshotHeader header, Consumer<Effect> effects) {
        var evidence = new Evidence(header, lastProof(state));
        var diff = new LeafDiff(Evidence.comparableStamps(state.accepted(), header));
        for (var change : diff.between(before, after)) {
            effects.accept(new Effect.Append(evidence.event(change, sourceTime(change))));
        }
        effects.accept(new Effect.Store(leaf.number(), new StoredLeaf(leaf.content(), header.capturedFrom())));
    }

    private Optional<SourceTime> sourceTime(Change change) {
        if (leaf.sourceTimes().isEmpty()) {
            return Optional.empty(); // as of most sources: no need to look for the row
        }
        return change.after()
                .map(seen -> after.rows().indexOf(seen.row()))
                .flatMap(index -> Optional.ofNullable(leaf.sourceTimes().get(index)));
    }

    /** When the old contents were last proven: by the reading that sent them, or by a manifest that left them. */
    private Optional<Instant> lastProof(RibState state) {
        var byManifest = state.accepted().map(SnapshotHeader::capturedFrom);
        var bySending = stored.map(StoredLeaf::provenFrom);
        return bySending
                .filter(sent -> byManifest.map(sent::isAfter).orElse(true))
                .or(() -> byManifest);
    }
}
