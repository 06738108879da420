/**
 * The log: what is known for good, as values. Pure; {@code dev.hoplog.wire} turns it into octets and back.
 */
@NullMarked
package dev.hoplog.log;

import org.jspecify.annotations.NullMarked;
