package dev.hoplog.local.stack;

import dev.hoplog.local.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The embedded Kafka broker. It lives and dies with this JVM. */
final class Broker implements Service {
    private final Path directory;
    private @Nullable EmbeddedKafka kafka;

    Broker(Path directory) {
        this.directory = directory;
    }

    @Override
    public Part part() {
        return Part.BROKER;
    }

    @Override
    public void start() throws IOException {
        kafka = EmbeddedKafka.start(directory);
    }

    String bootstrapServers() {
        if (kafka == null) {
            throw new IllegalStateException("the broker is not started");
        }
        return kafka.bootstrapServers();
    }

    @Override
    public boolean isAlive() {
        return kafka != null;
    }

    @Override
    public boolean isReady() {
        return isAlive();
    }

    @Override
    public void close() throws IOException {
        if (kafka != null) {
            kafka.close();
            kafka = null;
        }
    }
}
