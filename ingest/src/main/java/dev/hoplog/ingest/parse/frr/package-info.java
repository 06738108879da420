/** FRR's outputs in JSON, versions 8.4 to 10.x. */
@NullMarked
package dev.hoplog.ingest.parse.frr;

import org.jspecify.annotations.NullMarked;
