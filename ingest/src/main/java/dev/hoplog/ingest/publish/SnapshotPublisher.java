package dev.hoplog.ingest.publish;

import dev.hoplog.ingest.read.Observation;
import dev.hoplog.ingest.read.Observation.NotObserved;
import dev.hoplog.ingest.read.Observation.Observed;
import dev.hoplog.model.RibId;
import dev.hoplog.wire.SnapshotCodec;
import dev.hoplog.wire.SnapshotPart;
import dev.hoplog.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Publishes the observations of one scrape at a time and waits until the broker has them: only what was acknowledged
 * whole may be built on. Of a snapshot that failed on the way nothing is remembered, so the next one is a keyframe.
 *
 * <p>For one thread. One live publisher per RIB.
 */
public final class SnapshotPublisher {
    private final Producer<byte[], byte[]> producer;
    private final Scraper scraper;
    private final Map<RibId, Base> acknowledged = new HashMap<>();
    private final Map<Integer, Long> nextOffsets = new TreeMap<>();

    public SnapshotPublisher(Producer<byte[], byte[]> producer, Scraper scraper) {
        this.producer = producer;
        this.scraper = scraper;
    }

    /** Under way: its base is only good when every future has come true. */
    private record Sent(RibId rib, Optional<Base> base, List<Future<RecordMetadata>> records) {}

    /**
     * Publishes what one scrape saw, at most one observation per RIB.
     *
     * @throws PublishFailed if the broker did not take all of it; what it took of whole snapshots stands
     */
    public void publish(List<Observation> observations) throws PublishFailed, InterruptedException {
        var sent = new ArrayList<Sent>(observations.size());
        for (var observation : observations) {
            sent.add(send(observation));
        }
        producer.flush();
        Optional<PublishFailed> failure = Optional.empty();
        for (var one : sent) {
            try {
                for (var record : one.records) {
                    var metadata = record.get();
                    nextOffsets.merge(metadata.partition(), metadata.offset() + 1, Math::max);
                }
                one.base.ifPresent(base -> acknowledged.put(one.rib, base));
            } catch (ExecutionException e) {
                acknowledged.remove(one.rib);
                failure = Optional.of(new PublishFailed(one.rib, e));
            }
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    private Sent send(Observation observation) {
        return switch (observation) {
            case Observed observed -> {
                var parts = SnapshotParts.of(observed, scraper, Optional.ofNullable(acknowledged.get(observed.rib())));
                yield new Sent(
                        observed.rib(),
                        Optional.of(parts.base()),
                        parts.parts().stream().map(this::send).toList());
            }
            case NotObserved failed ->
                new Sent(failed.rib(), Optional.empty(), List.of(send(SnapshotParts.of(failed, scraper))));
        };
    }

    private Future<RecordMetadata> send(SnapshotPart part) {
        var key = part.header().rib().key().getBytes(StandardCharsets.UTF_8);
        return producer.send(new ProducerRecord<>(Topics.RIB_SNAPSHOT, key, SnapshotCodec.encode(part)));
    }

    /** By partition of the snapshot topic, the offset after the last record that was acknowledged. */
    public Map<Integer, Long> nextOffsets() {
        return Map.copyOf(nextOffsets);
    }
}
