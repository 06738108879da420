package dev.hoplog.api.projector;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.hoplog.log.v1.RejectReason;
import dev.hoplog.log.v1.RejectedRecord;
import dev.hoplog.log.v1.SnapshotRecord;
import dev.hoplog.model.RibId;
import dev.hoplog.model.SnapshotHeader;
import dev.hoplog.wire.SnapshotCodec;
import dev.hoplog.wire.Topics;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record that the diff refused, and whatever of it can still be understood. A pure function of what
 * {@code hoplog.rejected.v1} holds, and total: there is no input so bad that it cannot be counted.
 *
 * @param offset in its partition of {@code hoplog.rejected.v1}
 * @param at when the broker took the refusal
 * @param rib that it names, or else its key does
 * @param reason unspecified if it is none that is known here
 * @param sourcePartition where it stood in {@code hoplog.rib-snapshot.v1}, or a chain in {@code hoplog.chain.v1}
 * @param header which snapshot it is a part of, and who scraped it
 */
public record RejectedInput(
        long offset,
        Instant at,
        Optional<RibId> rib,
        RejectReason reason,
        String detail,
        int sourcePartition,
        long sourceOffset,
        Optional<SnapshotHeader> header) {

    static RejectedInput of(ConsumerRecord<byte[], byte[]> record) {
        return of(record.offset(), Instant.ofEpochMilli(record.timestamp()), record.value());
    }

    /** @param value a serialised {@link RejectedRecord}, as it should be */
    public static RejectedInput of(long offset, Instant at, byte @Nullable [] value) {
        try {
            var rejected = RejectedRecord.parseFrom(value == null ? new byte[0] : value);
            var header = header(rejected);
            return new RejectedInput(
                    offset,
                    at,
                    header.map(SnapshotHeader::rib)
                            .or(() -> RibKey.parse(rejected.getOriginalKey().toStringUtf8())),
                    rejected.getReason() == RejectReason.UNRECOGNIZED
                            ? RejectReason.REJECT_REASON_UNSPECIFIED
                            : rejected.getReason(),
                    rejected.getDetail(),
                    rejected.getPartition(),
                    rejected.getOffset(),
                    header);
        } catch (InvalidProtocolBufferException e) {
            return new RejectedInput(
                    offset,
                    at,
                    Optional.empty(),
                    RejectReason.REJECT_REASON_UNSPECIFIED,
                    "the refusal itself does not decode",
                    0,
                    0,
                    Optional.empty());
        }
    }

    /** Even what breaks a rule of its format mostly has a header. */
    private static Optional<SnapshotHeader> header(RejectedRecord rejected) {
        if (rejected.getTopic().equals(Topics.CHAIN)) {
            return Optional.empty();
        }
        try {
            return Optional.of(SnapshotCodec.decode(
                    SnapshotRecord.parseFrom(rejected.getOriginalValue()).getHeader()));
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
