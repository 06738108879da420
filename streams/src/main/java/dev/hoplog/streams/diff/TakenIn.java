package dev.hoplog.streams.diff;

import dev.hoplog.model.Id;
import java.time.Instant;

/** The name and time of a snapshot, or failure, that was taken in: by it the same one is known again. */
public record TakenIn(Id id, Instant capturedTo) {}
