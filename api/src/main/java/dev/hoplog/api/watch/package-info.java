/** Tells a client what happens as it happens: follows the logs themselves, from where an initial state or a token ends. */
@NullMarked
package dev.hoplog.api.watch;

import org.jspecify.annotations.NullMarked;
