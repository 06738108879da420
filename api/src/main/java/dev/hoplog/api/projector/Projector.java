package dev.hoplog.api.projector;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * Follows the log, the gaps in it, or the refused input beside it, into the projection, on the thread that runs it. Any
 * number of projectors may run: the consumer group shares the partitions out, and the position in the database, moved by compare-and-set, decides who writes.
 *
 * <p>A partition whose log cannot be read or contradicts itself stands still, see {@link #stopped()}, while the others go
 * on; answers claim no more than is projected. A database that is away is waited for.
 */
public final class Projector implements Runnable, AutoCloseable {
    private static final Logger LOG = System.getLogger(Projector.class.getName());
    private static final Duration POLL = Duration.ofMillis(200);

    private final Destination projection;
    private final ProjectorSettings settings;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    /** Where each assigned partition goes on; one that is missing is to be read from the database first. */
    private final Map<TopicPartition, Long> positions = new HashMap<>();

    private final Map<Integer, String> stopped = new ConcurrentHashMap<>();
    private volatile @Nullable String failure;
    private boolean begun;

    /** Of the log: {@code hoplog.route-event.v1}. */
    public static Projector ofLog(DataSource dataSource, ProjectorSettings settings) {
        return new Projector(new Projection(dataSource), settings);
    }

    /** Of what was refused: {@code hoplog.rejected.v1}. Shares neither group nor paused partitions with the log's. */
    public static Projector ofRejected(DataSource dataSource, ProjectorSettings settings) {
        return new Projector(new RejectedProjection(dataSource), settings.ofRejected());
    }

    /** Of gaps: {@code hoplog.gap-event.v1}. Shares neither group nor paused partitions with the log's. */
    public static Projector ofGaps(DataSource dataSource, ProjectorSettings settings) {
        return new Projector(new GapProjection(dataSource), settings.ofGaps());
    }

    private Projector(Destination projection, ProjectorSettings settings) {
        this.projection = projection;
        this.settings = settings;
        var properties = new HashMap<>(settings.consumer());
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, settings.group());
        properties.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        this.consumer = LogConsumer.of(properties, settings.batchRecords());
    }

    public String topic() {
        return projection.topic();
    }

    /** Partitions that stand still until somebody looks, and why. */
    public Map<Integer, String> stopped() {
        return Map.copyOf(stopped);
    }

    /** Why nothing is projected any more; empty while all is well. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public void run() {
        try {
            consumer.subscribe(List.of(projection.topic()), new Assignment());
            while (closing.getCount() > 0) {
                step();
            }
        } catch (WakeupException e) {
            LOG.log(Level.DEBUG, "woken to close", e);
        } catch (RuntimeException e) {
            failure = String.valueOf(e.getMessage());
            LOG.log(Level.ERROR, "the projector has stopped", e);
        } finally {
            consumer.close();
            closed.countDown();
        }
    }

    private void step() {
        try {
            locate();
            var records = poll();
            for (var partition : records.partitions()) {
                write(partition, records);
            }
            if (records.isEmpty()) {
                passMarkers();
            }
        } catch (SQLException e) {
            LOG.log(Level.WARNING, "the database failed; trying again after=" + settings.retryAfter(), e);
            rewind();
            await(settings.retryAfter());
        } catch (WakeupException e) {
            throw e;
        } catch (KafkaException e) {
            LOG.log(Level.WARNING, "the broker failed; trying again after=" + settings.retryAfter(), e);
            await(settings.retryAfter());
        }
    }

    private ConsumerRecords<byte[], byte[]> poll() {
        try {
            return consumer.poll(POLL);
        } catch (OffsetOutOfRangeException e) {
            for (var lost : e.offsetOutOfRangePartitions().entrySet()) {
                var first = consumer.beginningOffsets(Set.of(lost.getKey())).get(lost.getKey());
                stop(
                        lost.getKey(),
                        "the projection stands at offset " + lost.getValue() + " of partition "
                                + lost.getKey().partition() + ", which is not in the log (it begins at " + first
                                + "): either the log was cut before it was projected, or this is another log. Check"
                                + " hoplog.kafka.bootstrap-servers and hoplog.database.url; if both are right, drop the schema, and it"
                                + " is projected again from what the log still has");
            }
            return ConsumerRecords.empty();
        }
    }

    private void write(TopicPartition partition, ConsumerRecords<byte[], byte[]> records) throws SQLException {
        var from = positions.get(partition);
        if (from == null) {
            return;
        }
        var ofPartition = records.records(partition);
        long to = ofPartition.getLast().offset() + 1;
        try {
            projection.write(partition.partition(), from, to, ofPartition);
            positions.put(partition, to);
        } catch (PositionLost e) {
            LOG.log(Level.INFO, "letting go partition=" + partition.partition() + ": " + e.getMessage());
            forget(partition);
        } catch (LogContradiction e) {
            LOG.log(Level.ERROR, "stopped partition=" + partition.partition(), e);
            stop(partition, String.valueOf(e.getMessage()));
        }
    }

    /** Ends of transactions take offsets and are no records: when nothing else comes, the position passes them. */
    private void passMarkers() throws SQLException {
        for (var located : Map.copyOf(positions).entrySet()) {
            var partition = located.getKey();
            long from = located.getValue();
            long to = consumer.position(partition);
            if (to > from) {
                try {
                    projection.write(partition.partition(), from, to, List.of());
                    positions.put(partition, to);
                } catch (PositionLost e) {
                    LOG.log(Level.INFO, "letting go partition=" + partition.partition() + ": " + e.getMessage());
                    forget(partition);
                }
            }
        }
    }

    /** Reads the positions of partitions that have none here, and goes there. */
    private void locate() throws SQLException {
        var unknown = new HashSet<>(consumer.assignment());
        unknown.removeIf(partition -> positions.containsKey(partition) || isHalted(partition));
        if (unknown.isEmpty()) {
            return;
        }
        consumer.pause(unknown);
        if (!begun) {
            projection.begin(consumer.partitionsFor(projection.topic()).size());
            begun = true;
        }
        for (var beginning : consumer.beginningOffsets(unknown).entrySet()) {
            var partition = beginning.getKey();
            long position = projection.position(partition.partition(), beginning.getValue());
            consumer.seek(partition, position);
            positions.put(partition, position);
            LOG.log(Level.INFO, "projecting partition=" + partition.partition() + " from=" + position);
        }
        consumer.resume(unknown);
    }

    private boolean isHalted(TopicPartition partition) {
        return stopped.containsKey(partition.partition()) || settings.paused().contains(partition.partition());
    }

    /** What was polled and not written is polled again. */
    private void rewind() {
        for (var partition : Set.copyOf(positions.keySet())) {
            forget(partition);
        }
    }

    private void forget(TopicPartition partition) {
        positions.remove(partition);
        if (consumer.assignment().contains(partition)) {
            consumer.pause(Set.of(partition));
        }
    }

    private void stop(TopicPartition partition, String why) {
        stopped.put(partition.partition(), why);
        LOG.log(Level.ERROR, "stopped partition=" + partition.partition() + ": " + why);
        forget(partition);
    }

    private void await(Duration duration) {
        try {
            closing.await(duration.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing.countDown();
        }
    }

    /** Ends {@link #run} after the batch in hand, and waits for it. */
    @Override
    public void close() {
        closing.countDown();
        consumer.wakeup();
        try {
            if (!closed.await(10, TimeUnit.SECONDS)) {
                LOG.log(Level.WARNING, "still writing a batch: the database will finish it or roll it back");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** New partitions wait, paused, until {@link #locate} has read their positions. */
    private final class Assignment implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            // Anything is better than "no position": the first poll would fail for it.
            consumer.seekToBeginning(partitions);
            consumer.pause(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            for (var partition : partitions) {
                positions.remove(partition);
                // Whoever has it now meets the same record and says so.
                stopped.remove(partition.partition());
            }
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            onPartitionsRevoked(partitions);
        }
    }
}
