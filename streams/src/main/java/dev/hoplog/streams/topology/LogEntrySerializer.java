package dev.hoplog.streams.topology;

import dev.hoplog.log.LogEntry;
import dev.hoplog.wire.LogCodec;
import org.apache.kafka.common.serialization.Serializer;

/** Values of the log. */
final class LogEntrySerializer implements Serializer<LogEntry> {
    @Override
    public byte[] serialize(String topic, LogEntry entry) {
        return LogCodec.encode(entry);
    }
}
