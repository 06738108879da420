/** The kernel's tables, as iproute2 prints them in JSON. */
@NullMarked
package dev.hoplog.ingest.parse.linux;

import org.jspecify.annotations.NullMarked;
