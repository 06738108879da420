/** The diff as a running service: Quarkus starts the topology and makes the topics. */
@NullMarked
package dev.hoplog.streams;

import org.jspecify.annotations.NullMarked;
