package dev.hoplog.api.projector;

import dev.hoplog.log.LogEntry;
import dev.hoplog.wire.LogCodec;
import dev.hoplog.wire.MalformedRecord;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Records of the log to batches. */
public final class LogReader {
    private LogReader() {}

    /**
     * Decodes what was polled.
     *
     * @param from the first offset not yet projected
     * @param to the first offset after the batch
     * @throws LogContradiction if one does not decode: the log is the truth, so nothing of it may be skipped
     */
    public static Batch batch(int partition, long from, long to, List<ConsumerRecord<byte[], byte[]>> records) {
        var entries = new ArrayList<Logged<LogEntry>>(records.size());
        for (var record : records) {
            entries.add(new Logged<>(record.offset(), decode(record)));
        }
        return new Batch(partition, from, to, entries);
    }

    private static LogEntry decode(ConsumerRecord<byte[], byte[]> record) {
        var value = record.value();
        if (value == null) {
            throw new LogContradiction(record.partition(), record.offset(), "a record without a value");
        }
        try {
            return LogCodec.decode(value);
        } catch (MalformedRecord e) {
            throw new LogContradiction(
                    "partition " + record.partition() + ", offset " + record.offset(),
                    String.valueOf(e.getMessage()),
                    e);
        }
    }
}
