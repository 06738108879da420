package dev.hoplog.streams.topology;

import com.google.protobuf.ByteString;
import dev.hoplog.log.v1.RejectReason;
import dev.hoplog.log.v1.RejectedRecord;
import dev.hoplog.streams.diff.Rejection;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** What becomes of a record that is refused: it is kept as it was, with the reason and where it stood. */
final class Rejected {
    private Rejected() {}

    static Record<Object, Object> of(Record<byte[], byte[]> record, RecordMetadata source, Rejection rejection) {
        var kept = RejectedRecord.newBuilder()
                .setReason(reason(rejection.reason()))
                .setDetail(rejection.detail())
                .setTopic(source.topic())
                .setPartition(source.partition())
                .setOffset(source.offset())
                .setOriginalKey(octets(record.key()))
                .setOriginalValue(octets(record.value()))
                .build();
        return record.withKey((Object) record.key()).withValue(kept.toByteArray());
    }

    static ByteString octets(byte @Nullable [] octets) {
        return octets == null ? ByteString.EMPTY : ByteString.copyFrom(octets);
    }

    private static RejectReason reason(Rejection.Reason reason) {
        return switch (reason) {
            case UNDECODABLE -> RejectReason.REJECT_REASON_UNDECODABLE;
            case STALE -> RejectReason.REJECT_REASON_STALE;
            case WRONG_BASE -> RejectReason.REJECT_REASON_WRONG_BASE;
            case FROM_THE_FUTURE -> RejectReason.REJECT_REASON_FROM_THE_FUTURE;
            case ROOT_MISMATCH -> RejectReason.REJECT_REASON_ROOT_MISMATCH;
            case FOREIGN_EPOCH -> RejectReason.REJECT_REASON_FOREIGN_EPOCH;
        };
    }
}
