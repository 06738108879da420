/**
 * Where a prefix got lost on its way, by interval algebra over what is known of each hop. Pure: histories and a chain in,
 * gaps out, whatever order the log was read in.
 */
@NullMarked
package dev.hoplog.gap;

import org.jspecify.annotations.NullMarked;
