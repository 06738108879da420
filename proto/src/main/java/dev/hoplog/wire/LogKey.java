package dev.hoplog.wire;

import dev.hoplog.log.LogEntry;
import java.nio.charset.StandardCharsets;

/**
 * The record keys of the log. A compacted log keeps the last record of each key: every event has a key of its own, while
 * successive marks of one stretch share theirs, so that the last, which says it all, is what stays.
 */
public final class LogKey {
    private LogKey() {}

    public static byte[] of(LogEntry entry) {
        return switch (entry) {
            case LogEntry.RouteEvent event -> event.id().octets();
            case LogEntry.CoverageMark mark -> text("covered", mark.rib().key(), mark.coveredFrom());
            case LogEntry.BlindMark mark -> text("blind", mark.rib().key(), mark.firstFailedAt());
            case LogEntry.SourceRestart restart -> text("restart", restart.rib().key(), restart.snapshot());
            case LogEntry.ChainPublished published ->
                text("chain", published.network(), published.version().id());
        };
    }

    private static byte[] text(String kind, String of, Object which) {
        return (kind + " " + of + " " + which).getBytes(StandardCharsets.UTF_8);
    }
}
