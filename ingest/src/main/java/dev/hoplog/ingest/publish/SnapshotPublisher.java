package dev.hoplog.ingest.publish;

import dev.hoplog.ingest.read.Observation;
import dev.hoplog.ingest.read.Observation.NotObserved;
import dev.hoplog.ingest.read.Observation.Observed;
import dev.hoplog.model.RibId;
import dev.hoplog.wire.SnapshotCodec;
import dev.hoplog.wire.SnapshotPart;
import dev.hoplog.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Publishes the observations of one scrape at a time and waits until the broker has them: only what was acknowledged
 * whole may be built on. Of a snapshot that failed on the way nothing is remembered, so the next one is a keyframe.
 *
 * <p>A broker that does not answer is given up at once: whatever else there is to send would wait for it just as long.
 *
 * <p>For one thread. One live publisher per RIB.
 */
public final class SnapshotPublisher {
    private final Producer<byte[], byte[]> producer;
    private final Scraper scraper;
    private final Map<RibId, Base> acknowledged = new HashMap<>();
    /** Up to when each RIB's acknowledged records reach: what begins before is stale to the diff, so no base. */
    private final Map<RibId, Instant> reached = new HashMap<>();

    private final Map<Integer, Long> nextOffsets = new TreeMap<>();

    public SnapshotPublisher(Producer<byte[], byte[]> producer, Scraper scraper) {
        this.producer = producer;
        this.scraper = scraper;
    }

    /** Under way: its base is only good when every future has come true. */
    private record Sent(
            Observation observation, Optional<Base> before, Optional<Base> base, List<Future<RecordMetadata>> records) {
        boolean isGivenUp() {
            return isTimedOut(records.getLast());
        }
    }

    /**
     * Publishes what one scrape saw, at most one observation per RIB.
     *
     * @throws PublishFailed if the broker did not take all of it; what it took of whole snapshots stands, and what was
     *     not sent because the broker did not answer is as if it had not been seen
     */
    public void publish(List<Observation> observations) throws PublishFailed, InterruptedException {
        var sent = new ArrayList<Sent>(observations.size());
        var ribsOfHop = observations.stream()
                .collect(
                        Collectors.groupingBy(observation -> observation.rib().hop(), Collectors.summingInt(one -> 1)));
        for (var observation : observations) {
            sent.add(send(
                    observation,
                    Objects.requireNonNull(ribsOfHop.get(observation.rib().hop()))));
            if (sent.getLast().isGivenUp()) {
                break;
            }
        }
        producer.flush();
        Optional<PublishFailed> failure = Optional.empty();
        for (var one : sent) {
            var rib = one.observation.rib();
            try {
                await(one.records);
                baseAfter(one).ifPresent(base -> acknowledged.put(rib, base));
            } catch (ExecutionException e) {
                failure =
                        failure.or(() -> Optional.of(new PublishFailed(rib, e.getCause() == null ? e : e.getCause())));
            }
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    private void await(List<Future<RecordMetadata>> records) throws ExecutionException, InterruptedException {
        for (var record : records) {
            var metadata = record.get();
            nextOffsets.merge(metadata.partition(), metadata.offset() + 1, Math::max);
        }
    }

    private Optional<Base> baseAfter(Sent one) {
        var observation = one.observation;
        var until = reached.getOrDefault(observation.rib(), Instant.MIN);
        reached.put(observation.rib(), observation.to().isAfter(until) ? observation.to() : until);
        return observation.from().isBefore(until) ? one.before : one.base;
    }

    /** @param scrapeRibs how many tables of the same hop were asked for */
    private Sent send(Observation observation, int scrapeRibs) {
        // Whatever ends this before all records are known to be there: it is no base any more.
        var before = Optional.ofNullable(acknowledged.remove(observation.rib()));
        return switch (observation) {
            case Observed observed -> {
                var parts = SnapshotParts.of(observed, scrapeRibs, scraper, before);
                yield new Sent(observed, before, Optional.of(parts.base()), send(parts.parts()));
            }
            case NotObserved failed ->
                new Sent(failed, before, before, send(List.of(SnapshotParts.of(failed, scrapeRibs, scraper))));
        };
    }

    /** Up to the first that the broker does not answer. */
    private List<Future<RecordMetadata>> send(List<SnapshotPart> parts) {
        var records = new ArrayList<Future<RecordMetadata>>(parts.size());
        for (var part : parts) {
            records.add(send(part));
            if (isTimedOut(records.getLast())) {
                break;
            }
        }
        return records;
    }

    private static boolean isTimedOut(Future<RecordMetadata> record) {
        return record.state() == Future.State.FAILED && record.exceptionNow() instanceof TimeoutException;
    }

    private Future<RecordMetadata> send(SnapshotPart part) {
        var key = part.header().rib().key().getBytes(StandardCharsets.UTF_8);
        try {
            return producer.send(new ProducerRecord<>(Topics.RIB_SNAPSHOT, key, SnapshotCodec.encode(part)));
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** By partition of the snapshot topic, the offset after the last record that was acknowledged. */
    public SortedMap<Integer, Long> nextOffsets() {
        return Collections.unmodifiableSortedMap(new TreeMap<>(nextOffsets));
    }
}
