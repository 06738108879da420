package dev.hoplog.local;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A Kafka cluster of one node, broker and controller, inside this JVM. It listens on 127.0.0.1 only, without authentication.
 *
 * <p>The directory keeps topics, records, committed offsets and the cluster id; a second broker on it is refused. Ports are
 * not kept: both listeners are configured anew at each start, and the quorum is static, so that its one voter is found where
 * the configuration says, not where it was when the directory was made.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private final DirectoryLock lock;
    private final KafkaRaftServer server;
    private final String bootstrapServers;

    private EmbeddedKafka(DirectoryLock lock, KafkaRaftServer server, String bootstrapServers) {
        this.lock = lock;
        this.server = server;
        this.bootstrapServers = bootstrapServers;
    }

    /** Starts a broker on a free port. */
    public static EmbeddedKafka start(Path directory) throws IOException {
        return start(directory, 0);
    }

    /**
     * Starts a broker and returns when it serves clients.
     *
     * @param directory made and formatted if there is none
     * @param port the port for clients; 0 for a free one
     * @throws IOException if the directory is in use or cannot be formatted, or the port is taken
     */
    public static EmbeddedKafka start(Path directory, int port) throws IOException {
        var logs = Files.createDirectories(directory).toRealPath();
        // Kafka has a lock of its own, but takes it late: after the formatting, and after much else was started.
        var lock = DirectoryLock.take(logs);
        try {
            formatIfNew(logs);
            var broker = "127.0.0.1:" + FreePort.orGiven(port);
            var controller = "127.0.0.1:" + FreePort.orGiven(0);
            var server = startServer(KafkaSettings.of(logs, broker, controller));
            return new EmbeddedKafka(lock, server, broker);
        } catch (IOException | RuntimeException failed) {
            lock.close();
            throw failed;
        }
    }

    private static KafkaRaftServer startServer(Properties settings) {
        var server = new KafkaRaftServer(KafkaConfig.fromProps(settings), Time.SYSTEM);
        try {
            server.startup();
        } catch (Exception failed) { // of any type: Scala throws checked exceptions undeclared
            server.shutdown();
            throw failed;
        }
        return server;
    }

    /** The formatter writes {@code meta.properties} last, so that a directory that has it is complete. */
    private static void formatIfNew(Path logs) throws IOException {
        if (Files.exists(logs.resolve("meta.properties"))) {
            return;
        }
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(KafkaSettings.NODE_ID)
                    .setControllerListenerName(KafkaSettings.CONTROLLER_LISTENER)
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .addDirectory(logs.toString())
                    .setMetadataLogDirectory(logs.toString())
                    .run();
        } catch (Exception failed) {
            throw new IOException("cannot format " + logs + " for Kafka", failed);
        }
    }

    /** What a client is configured with as {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Shuts the broker down cleanly and returns when it is down. */
    @Override
    public void close() throws IOException {
        try (lock) {
            server.shutdown();
            server.awaitShutdown();
        }
    }
}
