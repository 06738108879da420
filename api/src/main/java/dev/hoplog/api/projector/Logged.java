package dev.hoplog.api.projector;

import dev.hoplog.log.LogEntry;

/** An entry and where in its partition of the log it stands. */
public record Logged<E extends LogEntry>(long offset, E entry) {}
