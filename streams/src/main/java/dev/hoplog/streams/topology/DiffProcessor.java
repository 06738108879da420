package dev.hoplog.streams.topology;

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
            part = SnapshotCodec.decode(Rejected.octets(record.value()).toByteArray());
        } catch (MalformedRecord e) {
            reject(record, new Rejection(Rejection.Reason.UNDECODABLE, e.problem()));
            return;
        }
        var ribKey = part.header().rib().key();
        var recordKey = Rejected.octets(record.key()).toStringUtf8();
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
        context.forward(Rejected.of(record, context.recordMetadata().orElseThrow(), rejection), DiffTopology.REJECTED);
    }
}
