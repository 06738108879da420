package dev.hoplog.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hoplog.chain.Chain;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.wire.ChainCodec;
import dev.hoplog.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class ChainPublisherTest {
    private static final TopicPartition PARTITION = new TopicPartition(Topics.CHAIN, 0);
    private static final ChainVersion VERSION =
            ChainCodec.version("lab", Optional.empty(), Worlds.START, new Chain(List.of(), List.of()));

    private final MockProducer<byte[], byte[]> broker =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());

    @Test
    void shouldReturnWhenTheChainStandsInTheLog() throws Exception {
        var read = new ArrayDeque<Map<TopicPartition, Long>>(
                List.of(Map.of(), Map.of(PARTITION, 0L), Map.of(PARTITION, 1L)));

        new ChainPublisher(broker, read::remove, Duration.ofMinutes(1)).publish(VERSION);

        assertThat(read).isEmpty();
        assertThat(broker.history()).singleElement().satisfies(record -> {
            assertThat(record.topic()).isEqualTo(Topics.CHAIN);
            assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("lab");
            assertThat(ChainCodec.decode(record.value())).isEqualTo(VERSION);
        });
    }

    @Test
    void shouldSayThatStreamsDoesNotTakeIt() {
        assertThatExceptionOfType(PublishFailed.class)
                .isThrownBy(() -> new ChainPublisher(broker, Map::of, Duration.ZERO).publish(VERSION))
                .withMessageContaining("was not taken into the log")
                .withMessageContaining("does streams run?");
    }

    @Test
    void shouldSayThatTheBrokerDoesNotTakeIt() {
        broker.sendException = new TimeoutException("no broker at nowhere:9092");

        assertThatExceptionOfType(PublishFailed.class)
                .isThrownBy(() -> new ChainPublisher(broker, Map::of, Duration.ZERO).publish(VERSION))
                .withMessageStartingWith("the broker did not take the chain " + VERSION.id())
                .withMessageContaining("no broker at nowhere:9092");
    }
}
