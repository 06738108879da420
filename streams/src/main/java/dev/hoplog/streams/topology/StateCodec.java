package dev.hoplog.streams.topology;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.hoplog.model.Id;
import dev.hoplog.state.v1.AcceptedSnapshot;
import dev.hoplog.streams.diff.LeafSet;
import dev.hoplog.streams.diff.RibState;
import dev.hoplog.streams.diff.RibState.Blindness;
import dev.hoplog.streams.diff.RibState.Keyframe;
import dev.hoplog.streams.diff.StoredLeaf;
import dev.hoplog.streams.diff.TakenIn;
import dev.hoplog.wire.RootDigest;
import dev.hoplog.wire.SnapshotCodec;
import dev.hoplog.wire.TimeCodec;
import java.util.Optional;

/** What the stores hold, as octets. */
final class StateCodec {
    private StateCodec() {}

    static byte[] encode(RibState state) {
        var message = dev.hoplog.state.v1.RibState.newBuilder()
                .setRootDigest(state.root().octets())
                .setLeavesEmptied(state.emptied().bits());
        state.accepted()
                .ifPresent(header ->
                        message.setAccepted(AcceptedSnapshot.newBuilder().setHeader(SnapshotCodec.encode(header))));
        state.newest()
                .ifPresent(newest -> message.setNewestSnapshotId(id(newest.id()))
                        .setNewestCapturedTo(TimeCodec.encode(newest.capturedTo())));
        state.keyframe()
                .ifPresent(keyframe -> message.setKeyframe(dev.hoplog.state.v1.Keyframe.newBuilder()
                        .setSnapshotId(id(keyframe.snapshot()))
                        .setLeavesSeen(keyframe.sent().bits())
                        .setRootDigest(keyframe.root().octets())));
        state.coveredFrom().ifPresent(from -> message.setCoveredFrom(TimeCodec.encode(from)));
        state.blindness()
                .ifPresent(blindness -> message.setBlindness(dev.hoplog.state.v1.Blindness.newBuilder()
                        .setFirstFailedAt(TimeCodec.encode(blindness.firstFailedAt()))
                        .setLastFailedAt(TimeCodec.encode(blindness.lastFailedAt()))
                        .setFailures(blindness.failures())));
        return message.build().toByteArray();
    }

    static RibState decodeState(byte[] octets) {
        try {
            var message = dev.hoplog.state.v1.RibState.parseFrom(octets);
            return new RibState(
                    message.hasAccepted()
                            ? Optional.of(
                                    SnapshotCodec.decode(message.getAccepted().getHeader()))
                            : Optional.empty(),
                    RootDigest.ofOctets(message.getRootDigest()),
                    new LeafSet(message.getLeavesEmptied()),
                    message.hasNewestCapturedTo()
                            ? Optional.of(new TakenIn(
                                    id(message.getNewestSnapshotId()), TimeCodec.decode(message.getNewestCapturedTo())))
                            : Optional.empty(),
                    message.hasKeyframe() ? Optional.of(decode(message.getKeyframe())) : Optional.empty(),
                    message.hasCoveredFrom()
                            ? Optional.of(TimeCodec.decode(message.getCoveredFrom()))
                            : Optional.empty(),
                    message.hasBlindness() ? Optional.of(decode(message.getBlindness())) : Optional.empty());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the state of a RIB does not decode", e);
        }
    }

    private static Keyframe decode(dev.hoplog.state.v1.Keyframe message) {
        return new Keyframe(
                id(message.getSnapshotId()),
                new LeafSet(message.getLeavesSeen()),
                RootDigest.ofOctets(message.getRootDigest()));
    }

    private static Blindness decode(dev.hoplog.state.v1.Blindness message) {
        return new Blindness(
                TimeCodec.decode(message.getFirstFailedAt()),
                TimeCodec.decode(message.getLastFailedAt()),
                message.getFailures());
    }

    static byte[] encode(StoredLeaf leaf) {
        return dev.hoplog.state.v1.StoredLeaf.newBuilder()
                .setContent(leaf.content())
                .setProvenFrom(TimeCodec.encode(leaf.provenFrom()))
                .build()
                .toByteArray();
    }

    static StoredLeaf decodeLeaf(byte[] octets) {
        try {
            var message = dev.hoplog.state.v1.StoredLeaf.parseFrom(octets);
            return new StoredLeaf(message.getContent(), TimeCodec.decode(message.getProvenFrom()));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a stored leaf does not decode", e);
        }
    }

    private static ByteString id(Id id) {
        return ByteString.copyFrom(id.octets());
    }

    private static Id id(ByteString octets) {
        return Id.ofOctets(octets.toByteArray());
    }
}
