package dev.hoplog.local.stack;

import dev.hoplog.api.cli.HoplogClient;
import dev.hoplog.local.LocalPostgres;
import dev.hoplog.local.LocalPostgres.Durability;
import dev.hoplog.log.GapEntry;
import dev.hoplog.log.LogEntry;
import dev.hoplog.truth.Recording;
import dev.hoplog.wire.GapCodec;
import dev.hoplog.wire.LogCodec;
import dev.hoplog.wire.MalformedRecord;
import dev.hoplog.wire.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The whole stack for a test: ingest, streams and api as the processes that users run, on a broker and a database out of
 * containers where Docker has them, and on the embedded ones elsewhere.
 */
final class TestStack implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** Tests run in deploy/local. */
    private final Installation installation =
            new Installation(Path.of("..", "..").toAbsolutePath().normalize());

    private final DataDirectory data;
    private final Backends backends;
    private final Stack stack;

    private TestStack(DataDirectory data, Backends backends, Stack stack) {
        this.data = data;
        this.backends = backends;
        this.stack = stack;
    }

    /** Starts everything; on a directory that had a stack, with what is in it. */
    static TestStack start(Path directory, Durability durability) throws IOException {
        return start(directory, durability, Backends.found());
    }

    /** Starts everything on the embedded broker and database, which keep their data in the directory. */
    static TestStack startEmbedded(Path directory, Durability durability) throws IOException {
        return start(directory, durability, Backends.embedded());
    }

    private static TestStack start(Path directory, Durability durability, Backends backends) throws IOException {
        var data = DataDirectory.open(directory);
        var installation = new Installation(Path.of("..", "..").toAbsolutePath().normalize());
        var stack = new Stack(data, installation, backends.outside(), durability);
        var started = new TestStack(data, backends, stack);
        try {
            stack.start(0, step -> {});
        } catch (IOException | RuntimeException e) {
            started.close();
            throw e;
        }
        return started;
    }

    HoplogClient client() {
        return HoplogClient.to(addresses().api());
    }

    private Addresses addresses() {
        return stack.addresses().orElseThrow();
    }

    Replay.Summary replay(Recording recording) throws IOException {
        return replay(recording.capture(), recording.title(), (what, done, all) -> {});
    }

    Replay.Summary replay(Path capture, String network, ReplayProgress progress) throws IOException {
        return replay(ReplayInput.ofCapture(capture, Optional.of(network)), progress);
    }

    /** Under the chain of the recordings. */
    Replay.Summary replayUnderChain(Recording recording, String network) throws IOException {
        var chain = new ReplayInput.WhichChain.File(installation.recordedChain());
        return replay(ReplayInput.ofCapture(recording.capture(), Optional.of(network), chain), (what, done, all) -> {});
    }

    private Replay.Summary replay(ReplayInput input, ReplayProgress progress) throws IOException {
        return new Replay(installation, data, addresses().kafka(), addresses().api(), PATIENCE).run(input, progress);
    }

    /** SIGKILL, and a new process in its place. */
    void kill(Part part) throws IOException {
        var running = new StackProcesses(data.root()).running(part);
        if (running.isEmpty()) {
            throw new IOException(part.label() + " does not run");
        }
        running.forEach(ProcessHandle::destroyForcibly);
        Await.until(part.label() + " was dead", PATIENCE, () -> stack.dead().contains(part));
        stack.restart(part);
    }

    /** The log, by partition, in order. */
    Map<Integer, List<LogEntry>> log() throws MalformedRecord {
        return read(Topics.ROUTE_EVENT, LogCodec::decode);
    }

    /** What is said of gaps, by partition, in order. */
    Map<Integer, List<GapEntry>> gaps() throws MalformedRecord {
        return read(Topics.GAP_EVENT, GapCodec::decode);
    }

    private interface Decoder<E> {
        E decode(byte[] octets) throws MalformedRecord;
    }

    private <E> Map<Integer, List<E>> read(String topic, Decoder<E> decoder) throws MalformedRecord {
        var settings =
                Map.<String, Object>of("bootstrap.servers", addresses().kafka(), "isolation.level", "read_committed");
        var entries = new TreeMap<Integer, List<E>>();
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    entries.computeIfAbsent(record.partition(), partition -> new ArrayList<>())
                            .add(decoder.decode(record.value()));
                }
            }
        }
        return entries;
    }

    /** The log and the projection, to look at directly. */
    RunningStack running() throws IOException {
        var addresses = addresses();
        var database = backends.outside().database();
        return new RunningStack(
                addresses,
                database.isPresent()
                        ? database.get()
                        : new Database(
                                addresses.jdbcUrl(), LocalPostgres.USER, LocalPostgres.password(data.postgres())));
    }

    @Override
    public void close() throws IOException {
        stack.close();
        backends.close();
    }
}
