package dev.hoplog.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedKafkaTest {

    @TempDir
    Path directory;

    @Test
    void shouldKeepTopicsRecordsAndClusterIdOverARestartOnOtherPorts() throws Exception {
        String firstId;
        String firstAddress;
        try (var kafka = EmbeddedKafka.start(directory)) {
            createTopic(kafka, "routes");
            write(kafka, "routes", "192.0.2.0/24");
            assertThat(read(kafka, "routes", 1)).containsExactly("192.0.2.0/24");
            firstId = clusterId(kafka);
            firstAddress = kafka.bootstrapServers();
        }

        try (var kafka = EmbeddedKafka.start(directory)) {
            assertThat(kafka.bootstrapServers()).isNotEqualTo(firstAddress);
            assertThat(clusterId(kafka)).isEqualTo(firstId);
            write(kafka, "routes", "198.51.100.0/24");
            // The group goes on where it stood: its committed offset was kept as well.
            assertThat(read(kafka, "routes", 1)).containsExactly("198.51.100.0/24");
        }
    }

    @Test
    void shouldListenOnTheGivenPort() throws Exception {
        var port = FreePort.orGiven(0);
        try (var kafka = EmbeddedKafka.start(directory, port)) {
            assertThat(kafka.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
            assertThat(clusterId(kafka)).isNotEmpty();
        }
    }

    @Test
    void shouldNotMakeATopicByItsName() throws Exception {
        try (var kafka = EmbeddedKafka.start(directory);
                var admin = admin(kafka)) {
            assertThatThrownBy(() -> admin.describeTopics(List.of("misspelt"))
                            .allTopicNames()
                            .get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
        }
    }

    @Test
    void shouldServeTransactionsOfUpToTenSeconds() throws Exception {
        try (var kafka = EmbeddedKafka.start(directory)) {
            createTopic(kafka, "routes");
            try (var producer =
                    producer(kafka, Map.of("transactional.id", "writer", "transaction.timeout.ms", 10_000))) {
                producer.initTransactions();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>("routes", "aborted")).get();
                producer.abortTransaction();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>("routes", "committed")).get();
                producer.commitTransaction();
            }
            assertThat(read(kafka, "routes", 1)).containsExactly("committed");
        }
    }

    @Test
    void shouldRefuseADirectoryInUse() throws Exception {
        try (var kafka = EmbeddedKafka.start(directory)) {
            assertThatThrownBy(() -> EmbeddedKafka.start(directory)).hasMessageContaining("in use");
            assertThat(clusterId(kafka)).isNotEmpty();
        }
    }

    @Test
    void shouldSayThatThePortIsTakenAndLetGoOfTheDirectory() throws Exception {
        try (var taken = new ServerSocket(0)) {
            assertThatThrownBy(() -> EmbeddedKafka.start(directory, taken.getLocalPort()))
                    .hasMessageContaining("taken");
        }
        EmbeddedKafka.start(directory).close();
    }

    @Test
    void shouldStartAgainAfterTheProgramWasKilled() throws Exception {
        var program = ChildProgram.start(directory);
        program.destroyForcibly().onExit().get(10, TimeUnit.SECONDS);

        try (var kafka = EmbeddedKafka.start(directory.resolve("kafka"))) {
            assertThat(read(kafka, "written", 1)).containsExactly("1");
        } finally {
            LocalPostgres.start(directory).close();
        }
    }

    static void createTopic(EmbeddedKafka kafka, String name) throws Exception {
        try (var admin = admin(kafka)) {
            admin.createTopics(List.of(new NewTopic(name, 2, (short) 1))).all().get();
        }
    }

    static void write(EmbeddedKafka kafka, String topic, String value) throws Exception {
        try (var producer = producer(kafka, Map.of())) {
            producer.send(new ProducerRecord<>(topic, value)).get();
        }
    }

    private static List<String> read(EmbeddedKafka kafka, String topic, int count) {
        var settings = Map.<String, Object>of(
                "bootstrap.servers", kafka.bootstrapServers(),
                "group.id", "reader",
                "isolation.level", "read_committed",
                "auto.offset.reset", "earliest",
                "enable.auto.commit", "false");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            while (true) {
                var records = consumer.poll(Duration.ofSeconds(1));
                if (records.count() >= count) {
                    consumer.commitSync();
                    return StreamSupport.stream(records.spliterator(), false)
                            .map(ConsumerRecord::value)
                            .toList();
                }
            }
        }
    }

    private static String clusterId(EmbeddedKafka kafka) throws Exception {
        try (var admin = admin(kafka)) {
            return admin.describeCluster().clusterId().get();
        }
    }

    private static Admin admin(EmbeddedKafka kafka) {
        return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    private static KafkaProducer<String, String> producer(EmbeddedKafka kafka, Map<String, Object> more) {
        var settings = new HashMap<>(more);
        settings.put("bootstrap.servers", kafka.bootstrapServers());
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }
}
