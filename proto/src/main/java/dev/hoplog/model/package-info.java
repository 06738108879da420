/**
 * The words of Hoplog as immutable values: what a RIB is, what it holds, when something happened and what was observed.
 * Pure: no Kafka, no Quarkus, no protobuf. Every constructor establishes the normal form, so that {@code equals} is true
 * equality and cheap.
 */
@NullMarked
package dev.hoplog.model;

import org.jspecify.annotations.NullMarked;
