/**
 * The outside world in a box: a Kafka broker and a PostgreSQL server of our own, started on 127.0.0.1 over directories the
 * caller names, so that Hoplog can be tried, tested and run on one machine without installing either.
 */
@NullMarked
package dev.hoplog.local;

import org.jspecify.annotations.NullMarked;
