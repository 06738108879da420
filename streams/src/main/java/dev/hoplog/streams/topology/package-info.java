/** The Kafka Streams topology around the rules: serialisation, stores, partitions, and nothing else. */
@NullMarked
package dev.hoplog.streams.topology;

import org.jspecify.annotations.NullMarked;
