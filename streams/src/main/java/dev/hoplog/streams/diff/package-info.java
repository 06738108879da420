/**
 * From snapshots to events, as pure rules: no Kafka, no Quarkus, no clock. A record of a snapshot and what is remembered
 * of its RIB give effects and what is to be remembered; live and replay are the same function.
 */
@NullMarked
package dev.hoplog.streams.diff;

import org.jspecify.annotations.NullMarked;
