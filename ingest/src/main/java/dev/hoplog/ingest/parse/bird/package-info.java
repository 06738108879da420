/** BIRD's outputs, versions 2.x and 3.x, as birdc prints them or as they come over the control socket. */
@NullMarked
package dev.hoplog.ingest.parse.bird;

import org.jspecify.annotations.NullMarked;
