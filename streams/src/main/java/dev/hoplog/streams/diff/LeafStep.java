package dev.hoplog.streams.diff;

import com.google.protobuf.ByteString;
import dev.hoplog.streams.diff.RibState.Keyframe;
import dev.hoplog.wire.LeafDigest;
import dev.hoplog.wire.MalformedRecord;
import dev.hoplog.wire.SnapshotPart.Leaf;
import dev.hoplog.wire.SnapshotPart.LeavesPart;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Takes in leaves. A leaf is complete for its share of the table, so the events that it proves stand, whatever becomes of
 * the rest of its snapshot.
 */
final class LeafStep {
    private LeafStep() {}

    static RibState apply(RibState state, LeavesPart part, Memory memory, Consumer<Effect> effects) {
        var replacements = new ArrayList<Replacement>();
        var root = state.root();
        var keyframe = state.keyframeOf(part.header().id());
        var keyframeRoot = keyframe.root();
        for (var leaf : part.leaves()) {
            var stored = memory.leaf(leaf.number());
            var digest = LeafDigest.of(leaf.number(), leaf.content());
            // A keyframe mostly repeats what is stored: that is hashed once.
            boolean same =
                    stored.map(StoredLeaf::content).orElse(ByteString.EMPTY).equals(leaf.content());
            var old = same
                    ? digest
                    : stored.map(s -> LeafDigest.of(leaf.number(), s.content())).orElse(LeafDigest.EMPTY);
            // A record of a keyframe that comes twice must not count twice; what is stored is what was sent before.
            var sentBefore = keyframe.sent().contains(leaf.number()) ? old : LeafDigest.EMPTY;
            keyframeRoot = keyframeRoot.minus(sentBefore).plus(digest);
            if (same) {
                continue;
            }
            if (isOfThisReading(stored, part)) {
                effects.accept(undecodable("leaf " + leaf.number() + " comes twice in "
                        + part.header().id() + ", with different rows"));
                return state;
            }
            root = root.minus(old).plus(digest);
            try {
                replacements.add(Replacement.of(part.header().rib(), stored, leaf));
            } catch (MalformedRecord e) {
                effects.accept(undecodable(e.problem()));
                return state;
            }
        }
        replacements.forEach(replacement -> replacement.apply(state, part.header(), effects));
        var sent = keyframe.sent().with(part.leaves().stream().map(Leaf::number).toList());
        return new RibState(
                state.accepted(),
                root,
                state.emptied()
                        .with(part.leaves().stream()
                                .filter(leaf -> leaf.content().isEmpty())
                                .map(Leaf::number)
                                .toList()),
                Optional.of(new TakenIn(part.header().id(), part.header().capturedTo())),
                part.header().isKeyframe()
                        ? Optional.of(new Keyframe(part.header().id(), sent, keyframeRoot))
                        : Optional.empty(),
                state.coveredFrom(),
                state.blindness());
    }

    /** No two snapshots of a RIB are read from the same instant on, so this one stored it. */
    private static boolean isOfThisReading(Optional<StoredLeaf> stored, LeavesPart part) {
        return stored.filter(leaf -> leaf.provenFrom().equals(part.header().capturedFrom()))
                .isPresent();
    }

    private static Effect undecodable(String problem) {
        return new Effect.Reject(new Rejection(Rejection.Reason.UNDECODABLE, problem));
    }
}
