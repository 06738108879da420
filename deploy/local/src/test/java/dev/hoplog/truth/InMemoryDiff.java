package dev.hoplog.truth;

import dev.hoplog.log.LogEntry;
import dev.hoplog.streams.diff.World;
import dev.hoplog.wire.MalformedRecord;
import dev.hoplog.wire.SnapshotCodec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rules of the diff over plain maps: what the stream does, without the stream. Nothing may be refused. */
final class InMemoryDiff {
    private final Map<String, World> ribs = new TreeMap<>();

    void take(byte[] record) {
        try {
            var part = SnapshotCodec.decode(record);
            var rib = ribs.computeIfAbsent(part.header().rib().key(), key -> new World())
                    .take(part);
            if (!rib.rejections().isEmpty()) {
                throw new AssertionError("refused: " + rib.rejections());
            }
        } catch (MalformedRecord e) {
            throw new AssertionError(e);
        }
    }

    /** By RIB, and in the order in which each was read. */
    List<LogEntry> log() {
        return ribs.values().stream().flatMap(rib -> rib.log().stream()).toList();
    }
}
