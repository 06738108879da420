package dev.hoplog.api.projector;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A stretch of one partition of the refused input, to be counted in one transaction.
 *
 * @param from the first offset that is not counted yet, inclusive
 * @param to where the next batch begins, exclusive
 * @param inputs ascending by offset
 */
public record RejectedBatch(int partition, long from, long to, List<RejectedInput> inputs) {
    public RejectedBatch {
        inputs = List.copyOf(inputs);
        if (from > to || inputs.stream().anyMatch(input -> input.offset() < from || input.offset() >= to)) {
            throw new IllegalArgumentException("refused input outside [" + from + ", " + to + ")");
        }
    }

    /** Whatever was polled: what cannot be understood counts too. */
    public static RejectedBatch of(int partition, long from, long to, List<ConsumerRecord<byte[], byte[]>> records) {
        return new RejectedBatch(
                partition, from, to, records.stream().map(RejectedInput::of).toList());
    }

    /** Where this is, for messages. */
    String place() {
        return "refused input, partition " + partition + ", offsets " + from + " to " + (to - 1);
    }
}
