package dev.hoplog.streams.topology;

import com.google.protobuf.ByteString;
import dev.hoplog.log.v1.RejectReason;
import dev.hoplog.log.v1.RejectedRecord;
import dev.hoplog.streams.diff.Effect;
import dev.hoplog.streams.diff.Rejection;
import dev.hoplog.streams.diff.RibRules;
import dev.hoplog.streams.diff.RibState;
import dev.hoplog.wire.LogKey;
import dev.hoplog.wire.MalformedRecord;
import dev.hoplog.wire.SnapshotCodec;
import dev.hoplog.wire.SnapshotPart;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Hands each record of a RIB to {@link RibRules} and does what they say. */
@SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
final class DiffProcessor implements Processor<byte[], byte[], Object, Object> {
    private final DiffMeters meters;
    private ProcessorContext<Object, Object> context;
    private KeyValueStore<Bytes, byte[]> ribs;
    private KeyValueStore<Bytes, byte[]> leaves;
    private KeyValueStore<Bytes, byte[]> takenIn;

    DiffProcessor(DiffMeters meters) {
        this.meters = meters;
    }

    @Override
    public void init(ProcessorContext<Object, Object> processorContext) {
        context = processorContext;
        ribs = context.getStateStore(DiffTopology.RIBS);
        leaves = context.getStateStore(DiffTopology.LEAVES);
        takenIn = context.getStateStore(DiffTopology.TAKEN_IN);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        SnapshotPart part;
        try {
            part = SnapshotCodec.decode(octets(record.value()).toByteArray());
        } catch (MalformedRecord e) {
            reject(record, new Rejection(Rejection.Reason.UNDECODABLE, e.problem()));
            return;
        }
        var ribKey = part.header().rib().key();
        var recordKey = octets(record.key()).toStringUtf8();
        if (!ribKey.equals(recordKey)) {
            reject(record, new Rejection(Rejection.Reason.UNDECODABLE, "a record of " + ribKey + " under another key"));
            return;
        }
        meters.decoded(part);
        takeIn(record, ribKey, part);
    }

    private void takeIn(Record<byte[], byte[]> record, String ribKey, SnapshotPart part) {
        var key = Bytes.wrap(ribKey.getBytes(StandardCharsets.UTF_8));
        var memory = new StoreMemory(ribKey, leaves, takenIn);
        var state =
                Optional.ofNullable(ribs.get(key)).map(StateCodec::decodeState).orElse(RibState.unknown());
        var appendedAt = Instant.ofEpochMilli(record.timestamp());
        var next = RibRules.apply(state, part, appendedAt, memory, effect -> {
            switch (effect) {
                case Effect.Append append -> {
                    context.forward(
                            record.withKey((Object) LogKey.of(append.entry())).withValue(append.entry()),
                            DiffTopology.LOG);
                    meters.appended(append.entry());
                }
                case Effect.Store store -> memory.store(store.leaf(), store.stored());
                case Effect.Drop drop -> memory.drop(drop.leaf());
                case Effect.Remember remember -> {
                    memory.remember(remember.takenIn());
                    meters.takenIn(part);
                }
                case Effect.Reject reject -> reject(record, reject.rejection());
                case Effect.CountDuplicate _ -> meters.duplicate();
            }
        });
        if (!next.equals(state)) {
            ribs.put(key, StateCodec.encode(next));
        }
    }

    private void reject(Record<byte[], byte[]> record, Rejection rejection) {
        meters.rejected(rejection.reason());
        var source = context.recordMetadata().orElseThrow();
        var kept = RejectedRecord.newBuilder()
                .setReason(reason(rejection.reason()))
                .setDetail(rejection.detail())
                .setTopic(source.topic())
                .setPartition(source.partition())
                .setOffset(source.offset())
                .setOriginalKey(octets(record.key()))
                .setOriginalValue(octets(record.value()))
                .build();
        context.forward(record.withKey((Object) record.key()).withValue(kept.toByteArray()), DiffTopology.REJECTED);
    }

    private static ByteString octets(byte @Nullable [] octets) {
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
