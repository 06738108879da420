package dev.hoplog.api.projector;

import dev.hoplog.log.GapEntry;
import dev.hoplog.wire.GapCodec;
import dev.hoplog.wire.MalformedRecord;
import dev.hoplog.wire.Topics;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A stretch of one partition of the log of gaps, to be projected in one transaction.
 *
 * @param from the first offset that is not projected yet, inclusive
 * @param to where the next batch begins, exclusive; may lie beyond the last entry
 * @param entries ascending by offset
 */
public record GapBatch(int partition, long from, long to, List<Logged<GapEntry>> entries) {
    public GapBatch {
        entries = List.copyOf(entries);
        if (from > to || entries.stream().anyMatch(logged -> logged.offset() < from || logged.offset() >= to)) {
            throw new IllegalArgumentException("gap events outside [" + from + ", " + to + ")");
        }
    }

    /**
     * Decodes what was polled.
     *
     * @throws LogContradiction if one does not decode: nothing of the log may be skipped
     */
    public static GapBatch of(int partition, long from, long to, List<ConsumerRecord<byte[], byte[]>> records) {
        var entries = new ArrayList<Logged<GapEntry>>(records.size());
        for (var record : records) {
            entries.add(new Logged<>(record.offset(), decode(record)));
        }
        return new GapBatch(partition, from, to, entries);
    }

    private static GapEntry decode(ConsumerRecord<byte[], byte[]> record) {
        var place = "partition " + record.partition() + ", offset " + record.offset();
        var value = record.value();
        if (value == null) {
            throw new LogContradiction(Topics.GAP_EVENT, place, "a record without a value", null);
        }
        try {
            return GapCodec.decode(value);
        } catch (MalformedRecord e) {
            throw new LogContradiction(Topics.GAP_EVENT, place, String.valueOf(e.getMessage()), e);
        }
    }

    /** Where in the log this is, for messages. */
    String place() {
        return "partition " + partition + ", offsets " + from + " to " + (to - 1);
    }
}
