/**
 * The gap step: where a prefix got lost, and why, as the log tells of it. Pure: no Kafka, no clock.
 *
 * <p>What a gap is stands in {@code dev.hoplog.gap}; here is only what it takes to say it once, for good, as soon as it is
 * certain, and in whatever order the log brings the tables.
 */
@NullMarked
package dev.hoplog.streams.gap;

import org.jspecify.annotations.NullMarked;
