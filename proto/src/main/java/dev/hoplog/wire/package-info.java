/**
 * Between values and octets: one codec for each message of the log, the canonical form of a table, its leaves and digests.
 * Decoding is total: octets that are no value end in {@link dev.hoplog.wire.MalformedRecord}, never in another exception.
 */
@NullMarked
package dev.hoplog.wire;

import org.jspecify.annotations.NullMarked;
