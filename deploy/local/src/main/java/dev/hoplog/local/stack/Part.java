package dev.hoplog.local.stack;

import java.util.Locale;

/** What a stack is made of, in the order of its start; it stops in the opposite order. */
public enum Part {
    SUPERVISOR,
    BROKER,
    POSTGRESQL,
    STREAMS,
    API,
    /** Only while a capture is replayed; started by whoever replays it. */
    INGEST;

    /** As it is called in commands, logs and file names. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
