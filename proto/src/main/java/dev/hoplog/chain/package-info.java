/**
 * The declared graph of hops, and what each of its edges should carry. Pure: no Kafka, no files, no clock.
 */
@NullMarked
package dev.hoplog.chain;

import org.jspecify.annotations.NullMarked;
