package dev.hoplog.streams.topology;

import dev.hoplog.gap.GapEvent;
import dev.hoplog.log.GapEntry;
import dev.hoplog.streams.gap.GapRules;
import dev.hoplog.streams.gap.Subject;
import dev.hoplog.wire.GapCodec;
import dev.hoplog.wire.LogCodec;
import dev.hoplog.wire.MalformedRecord;
import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Hands each entry of the log to {@link GapRules} and appends what they say. */
@SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
final class GapProcessor implements Processor<byte[], byte[], byte[], GapEntry> {
    /** A chain may concern a million prefixes: between so many at a time other entries have their turn. */
    private static final int LOOKS_AT_A_TIME = 500;

    private static final Duration PAUSE = Duration.ofMillis(100);

    private ProcessorContext<byte[], GapEntry> context;
    private GapMemory memory;

    @Override
    public void init(ProcessorContext<byte[], GapEntry> processorContext) {
        context = processorContext;
        memory = new GapMemory(context);
        context.schedule(PAUSE, PunctuationType.WALL_CLOCK_TIME, this::lookAgain);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        try {
            var entry = LogCodec.decode(record.value());
            GapRules.apply(entry, memory, (subject, event) -> tell(subject, event, record.timestamp()));
        } catch (MalformedRecord e) {
            throw new IllegalStateException("the log does not decode, which nothing may write to but the diff", e);
        }
    }

    private void lookAgain(long now) {
        for (var subject : memory.nextDue(LOOKS_AT_A_TIME)) {
            GapRules.look(subject, memory, (of, event) -> tell(of, event, now));
        }
    }

    private void tell(Subject subject, GapEvent event, long timestamp) {
        var entry = GapCodec.entry(subject.network(), subject.prefix(), event);
        context.forward(new Record<>(entry.id().octets(), entry, timestamp));
    }
}
