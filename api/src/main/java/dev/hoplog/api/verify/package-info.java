/** Proof that the projection is what the log says: every invariant on live data, and a rebuild beside it. */
@NullMarked
package dev.hoplog.api.verify;

import org.jspecify.annotations.NullMarked;
