package dev.hoplog.local.stack;

import java.util.List;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startable;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The broker and the database of a test.
 *
 * @param outside containers; none: the stack brings its own
 */
record Backends(Outside outside, List<Startable> containers) implements AutoCloseable {
    private static final String KAFKA = "apache/kafka:4.1.1";
    private static final String POSTGRES = "postgres:18";

    static Backends embedded() {
        return new Backends(Outside.none(), List.of());
    }

    /** Containers where Docker answers and has the images, or can get them. */
    static Backends found() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return embedded();
        }
        var kafka = new KafkaContainer(KAFKA);
        var postgres = new PostgreSQLContainer(POSTGRES);
        try {
            kafka.start();
            postgres.start();
        } catch (ContainerFetchException | ContainerLaunchException noImages) {
            kafka.stop();
            postgres.stop();
            return embedded();
        }
        var database = new Database(postgres.getJdbcUrl(), postgres.getUsername(), postgres.getPassword());
        return new Backends(
                new Outside(Optional.of(kafka.getBootstrapServers()), Optional.of(database)), List.of(kafka, postgres));
    }

    @Override
    public void close() {
        containers.forEach(Startable::stop);
    }
}
