/** What a prefix's events and a table's coverage say, as pure algebra: no JDBC, no Kafka, no Quarkus. */
@NullMarked
package dev.hoplog.api.history;

import org.jspecify.annotations.NullMarked;
