package dev.hoplog.ingest.publish;

import dev.hoplog.chain.ChainVersion;
import dev.hoplog.wire.ChainCodec;
import dev.hoplog.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Publishes chains, and waits until they stand in the log: what is published afterwards stands behind them in each of its
 * partitions.
 */
public final class ChainPublisher {
    private static final Duration ASK_AGAIN = Duration.ofMillis(50);

    private final Producer<byte[], byte[]> producer;
    private final Streams streams;
    private final Duration patience;

    /** Knows how far streams has read. */
    @FunctionalInterface
    public interface Streams {
        /** By partition, the first offset that is not in the log yet; without those that were never read. */
        Map<TopicPartition, Long> nextOffsets() throws ExecutionException, InterruptedException;

        /** By what it commits: it does so in the transaction that writes to the log. */
        static Streams of(Admin admin) {
            return () -> {
                try {
                    var committed = new HashMap<TopicPartition, Long>();
                    admin.listConsumerGroupOffsets(Topics.DIFF_GROUP)
                            .partitionsToOffsetAndMetadata()
                            .get()
                            .forEach((partition, next) -> {
                                if (next != null) {
                                    committed.put(partition, next.offset());
                                }
                            });
                    return committed;
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof GroupIdNotFoundException) {
                        return Map.of();
                    }
                    throw e;
                }
            };
        }
    }

    /** @param patience for streams to take a chain into the log */
    public ChainPublisher(Producer<byte[], byte[]> producer, Streams streams, Duration patience) {
        this.producer = producer;
        this.streams = streams;
        this.patience = patience;
    }

    /**
     * Publishes one version. The same as the last one of its network makes no other entry in the log.
     *
     * @throws PublishFailed if the broker did not take it, or streams did not in time
     */
    public void publish(ChainVersion version) throws PublishFailed, InterruptedException {
        var key = version.network().getBytes(StandardCharsets.UTF_8);
        try {
            var record = producer.send(new ProducerRecord<>(Topics.CHAIN, key, ChainCodec.encode(version)));
            producer.flush();
            var published = record.get();
            awaitTaken(version, new TopicPartition(published.topic(), published.partition()), published.offset());
        } catch (ExecutionException e) {
            throw new PublishFailed("the " + version, e.getCause() == null ? e : e.getCause());
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            throw new PublishFailed("the " + version, e);
        }
    }

    private void awaitTaken(ChainVersion version, TopicPartition partition, long offset)
            throws PublishFailed, ExecutionException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!isTaken(partition, offset)) {
            if (System.nanoTime() - deadline > 0) {
                throw new PublishFailed("the " + version + " is published, and was not taken into the log within "
                        + patience.toSeconds() + " s: does streams run?");
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockSupport.parkNanos(ASK_AGAIN.toNanos());
        }
    }

    private boolean isTaken(TopicPartition partition, long offset) throws ExecutionException, InterruptedException {
        return streams.nextOffsets().getOrDefault(partition, 0L) > offset;
    }
}
