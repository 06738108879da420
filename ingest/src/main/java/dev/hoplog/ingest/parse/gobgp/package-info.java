/** GoBGP's outputs in JSON, versions 3.x and 4.x. */
@NullMarked
package dev.hoplog.ingest.parse.gobgp;

import org.jspecify.annotations.NullMarked;
