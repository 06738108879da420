package dev.hoplog.streams.topology;

import dev.hoplog.chain.ChainVersion;
import dev.hoplog.log.LogEntry.ChainPublished;
import dev.hoplog.model.Id;
import dev.hoplog.streams.diff.Rejection;
import dev.hoplog.wire.ChainCodec;
import dev.hoplog.wire.LogKey;
import dev.hoplog.wire.MalformedRecord;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Takes each version of a chain into the log, once: what says the same as the one before it in its network says nothing. A
 * version that comes back after another one does say something, that it holds again.
 */
@SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
final class ChainProcessor implements Processor<byte[], byte[], Object, Object> {
    private final DiffMeters meters;
    private ProcessorContext<Object, Object> context;
    /** By network, the name of the last version. */
    private KeyValueStore<Bytes, byte[]> last;

    ChainProcessor(DiffMeters meters) {
        this.meters = meters;
    }

    @Override
    public void init(ProcessorContext<Object, Object> processorContext) {
        context = processorContext;
        last = context.getStateStore(DiffTopology.CHAINS);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        ChainVersion version;
        try {
            version = ChainCodec.decode(Rejected.octets(record.value()).toByteArray());
        } catch (MalformedRecord e) {
            reject(record, e.problem());
            return;
        }
        if (!version.network().equals(Rejected.octets(record.key()).toStringUtf8())) {
            reject(record, "a chain of " + version.network() + " under another key");
            return;
        }
        var key = Bytes.wrap(version.network().getBytes(StandardCharsets.UTF_8));
        var before = last.get(key);
        if (before != null && Id.ofOctets(before).equals(version.id())) {
            meters.duplicate();
            return;
        }
        last.put(key, version.id().octets());
        var entry = new ChainPublished(version);
        context.forward(record.withKey((Object) LogKey.of(entry)).withValue(entry), DiffTopology.CHAIN_LOG);
        meters.appended(entry);
    }

    private void reject(Record<byte[], byte[]> record, String problem) {
        var rejection = new Rejection(Rejection.Reason.UNDECODABLE, problem);
        meters.rejected(rejection.reason());
        context.forward(
                Rejected.of(record, context.recordMetadata().orElseThrow(), rejection), DiffTopology.CHAIN_REJECTED);
    }
}
