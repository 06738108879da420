/** The chain file: what an engineer writes of a network's hops and edges, and what is to be said about it. */
@NullMarked
package dev.hoplog.ingest.chain;

import org.jspecify.annotations.NullMarked;
