package dev.hoplog.api.projector;

/** An entry and where in its partition of its log it stands. */
public record Logged<E>(long offset, E entry) {}
