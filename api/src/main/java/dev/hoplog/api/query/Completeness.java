package dev.hoplog.api.query;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;

/**
 * How far an answer had read.
 *
 * @param upTo everything up to here is in the answer, for every table that it speaks of; empty: nothing is known of one
 * @param positions by partition of the log: the first offset that is not in the answer
 */
public record Completeness(Optional<Instant> upTo, SortedMap<Integer, Long> positions) {}
