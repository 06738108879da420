/** The questions, each answered in one read-only transaction over few plain statements. */
@NullMarked
package dev.hoplog.api.query;

import org.jspecify.annotations.NullMarked;
