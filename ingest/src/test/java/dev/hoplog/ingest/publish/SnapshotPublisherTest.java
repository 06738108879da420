package dev.hoplog.ingest.publish;

import static dev.hoplog.ingest.publish.Worlds.SCRAPER;
import static dev.hoplog.ingest.publish.Worlds.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hoplog.ingest.NaiveStore;
import dev.hoplog.ingest.read.Observation;
import dev.hoplog.model.RibId;
import dev.hoplog.wire.MalformedRecord;
import dev.hoplog.wire.SnapshotCodec;
import dev.hoplog.wire.SnapshotPart;
import dev.hoplog.wire.Topics;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SnapshotPublisherTest {
    private static final RibId ONE = Worlds.rib("solwk01");
    private static final RibId TWO = Worlds.rib("solwk02");

    private final Broker broker = new Broker();
    private final SnapshotPublisher publisher = new SnapshotPublisher(broker, SCRAPER);

    /** How a producer tells that a record did not arrive. */
    enum Refusal {
        LATER,
        AT_ONCE
    }

    /** Kafka's own, which takes what it is not told to refuse. */
    private static final class Broker extends MockProducer<byte[], byte[]> {
        private Predicate<SnapshotPart> refused = part -> false;
        private Refusal how = Refusal.LATER;

        Broker() {
            super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
            if (!refused.test(part(record))) {
                return super.send(record);
            } else if (how == Refusal.AT_ONCE) {
                throw new KafkaException("not now");
            }
            return CompletableFuture.failedFuture(new RecordTooLargeException("not that"));
        }
    }

    /** Who waits for a hop knows then whether another table of it is to come. */
    @Test
    void shouldSayOfHowManyTablesOfItsHopAScrapeIs() throws Exception {
        var fib = RibId.of("lab", TWO.hop(), TWO.family(), dev.hoplog.model.View.FIB);

        publisher.publish(List.of(table(ONE, 0, 10), table(TWO, 0, 10), Worlds.failed(fib, START)));

        assertThat(broker.history().stream().map(SnapshotPublisherTest::part))
                .extracting(part -> switch (part) {
                    case SnapshotPart.LeavesPart _ -> "leaves";
                    case SnapshotPart.Manifest manifest -> manifest.header().rib() + " " + manifest.scrapeRibs();
                    case SnapshotPart.Failure failure -> failure.header().rib() + " " + failure.scrapeRibs();
                })
                .filteredOn(told -> !told.equals("leaves"))
                .containsExactly(ONE + " 1", TWO + " 2", fib + " 2");
    }

    @Test
    void shouldKeyEveryRecordByItsRib() throws Exception {
        publisher.publish(List.of(table(ONE, 0, 10), Worlds.failed(TWO, START)));

        assertThat(broker.history()).hasSize(3).allSatisfy(record -> {
            assertThat(record.topic()).isEqualTo(Topics.RIB_SNAPSHOT);
            assertThat(new String(record.key(), StandardCharsets.UTF_8))
                    .isEqualTo(part(record).header().rib().key());
        });
    }

    @Test
    void shouldPublishNothingOfWhatWasNotObservedButThat() throws Exception {
        publisher.publish(List.of(table(ONE, 0, 10)));
        broker.clear();

        publisher.publish(List.of(Worlds.failed(ONE, START.plusSeconds(5))));
        publisher.publish(List.of(table(ONE, 10, 10)));

        assertThat(parts()).hasSize(2);
        assertThat(parts().getFirst()).isInstanceOf(SnapshotPart.Failure.class);
        assertThat(parts().getLast()).isInstanceOf(SnapshotPart.Manifest.class);
        assertThat(parts().getLast().header().isKeyframe()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void shouldSendAKeyframeOfARibAfterAFailureAndOfNoOther(Refusal how) throws Exception {
        publisher.publish(List.of(table(ONE, 0, 10), table(TWO, 0, 10)));
        broker.how = how;
        broker.refused = part -> part.header().rib().equals(ONE);
        assertThatExceptionOfType(PublishFailed.class)
                .isThrownBy(() -> publisher.publish(List.of(table(ONE, 5, 11), table(TWO, 5, 11))))
                .withMessageContaining(ONE.key());
        broker.refused = part -> false;
        broker.clear();

        publisher.publish(List.of(table(ONE, 10, 11), table(TWO, 10, 11)));

        assertThat(parts())
                .filteredOn(p -> p.header().rib().equals(ONE))
                .hasSize(2)
                .allMatch(p -> p.header().isKeyframe());
        assertThat(parts())
                .filteredOn(p -> p.header().rib().equals(TWO))
                .singleElement()
                .matches(p -> !p.header().isKeyframe());
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotBuildOnASnapshotWhoseManifestGotLost(Refusal how) throws Exception {
        var store = new NaiveStore();
        publisher.publish(List.of(table(ONE, 0, 10)));
        broker.how = how;
        broker.refused = SnapshotPart.Manifest.class::isInstance;
        assertThatExceptionOfType(PublishFailed.class).isThrownBy(() -> publisher.publish(List.of(table(ONE, 5, 20))));
        broker.refused = part -> false;

        publisher.publish(List.of(table(ONE, 10, 30)));
        publisher.publish(List.of(table(ONE, 15, 5)));

        for (var record : broker.history()) {
            store.take(record.value());
        }
        assertThat(store.rows(ONE)).hasSize(5);
        assertThat(store.complaints()).isEmpty();
    }

    /** The diff refuses it as stale: what is built on it would be refused too, until the next keyframe. */
    @Test
    void shouldNotBuildOnASnapshotThatIsOlderThanAnother() throws Exception {
        publisher.publish(List.of(table(ONE, 60, 10)));
        var base = parts().getLast().header().id();
        publisher.publish(List.of(table(ONE, 0, 20)));

        publisher.publish(List.of(table(ONE, 65, 11)));

        assertThat(parts().getLast().header().base()).contains(base);
    }

    /** A real producer: each record would wait its whole time for a broker that is not there. */
    @Test
    void shouldGiveUpABrokerThatDoesNotAnswerAtTheFirstRecord() throws Exception {
        var observations = IntStream.range(0, 50)
                .mapToObj(i -> table(Worlds.rib("node" + i), 0, 10))
                .toList();
        long began = System.nanoTime();

        try (var producer = towardNobody()) {
            assertThatExceptionOfType(PublishFailed.class)
                    .isThrownBy(() -> new SnapshotPublisher(producer, SCRAPER).publish(observations))
                    .withMessageContaining(Worlds.rib("node0").key())
                    .withMessageEndingWith("is the broker up, and does streams run, which makes the topics?");
        }

        // 50 tables of two records each, half a second each: 50 s.
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
    }

    private static Producer<byte[], byte[]> towardNobody() throws IOException {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", "127.0.0.1:" + port, "max.block.ms", 500),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @Test
    void shouldBuildOnWhatWasSentBeforeTheBrokerWentAway() throws Exception {
        publisher.publish(List.of(table(ONE, 0, 10), table(TWO, 0, 10)));
        broker.clear();
        broker.sendException = new TimeoutException("nobody there");
        assertThatExceptionOfType(PublishFailed.class)
                .isThrownBy(() -> publisher.publish(List.of(table(ONE, 5, 11), table(TWO, 5, 11))));
        broker.sendException = null;

        publisher.publish(List.of(table(ONE, 10, 11), table(TWO, 10, 11)));

        assertThat(parts())
                .filteredOn(part -> part instanceof SnapshotPart.Manifest)
                .extracting(part -> part.header().rib() + " " + part.header().isKeyframe())
                .containsExactly(ONE + " true", TWO + " false");
    }

    @Test
    void shouldKnowTheOffsetBehindTheLastRecord() throws Exception {
        assertThat(publisher.nextOffsets()).isEmpty();

        publisher.publish(List.of(table(ONE, 0, 10), table(TWO, 0, 10)));
        publisher.publish(List.of(table(ONE, 5, 10)));

        assertThat(publisher.nextOffsets())
                .isEqualTo(Map.of(0, (long) broker.history().size()));
    }

    private static Observation table(RibId rib, int atSeconds, int routes) {
        var rows =
                IntStream.range(0, routes).mapToObj(i -> Worlds.route(i, 0, 0)).toList();
        return Worlds.observed(rib, START.plusSeconds(atSeconds), Worlds.table(rows));
    }

    private List<SnapshotPart> parts() {
        var parts = new ArrayList<SnapshotPart>();
        broker.history().forEach(record -> parts.add(part(record)));
        return parts;
    }

    private static SnapshotPart part(ProducerRecord<byte[], byte[]> record) {
        try {
            return SnapshotCodec.decode(record.value());
        } catch (MalformedRecord e) {
            throw new AssertionError(e);
        }
    }
}
