package dev.hoplog.streams.gap;

import dev.hoplog.model.Prefix;

/** A prefix of a network: what gaps are found for. */
public record Subject(String network, Prefix prefix) {}
