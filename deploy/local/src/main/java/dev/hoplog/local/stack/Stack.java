package dev.hoplog.local.stack;

import dev.hoplog.local.FreePort;
import dev.hoplog.local.LocalPostgres.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Broker, PostgreSQL, streams and api, started in this order and stopped in the opposite one. What others run is not
 * started, only used.
 *
 * <p>May be closed by another thread, such as a shutdown hook, while it starts: what is being started is then stopped
 * too, and nothing more is.
 */
public final class Stack implements AutoCloseable {
    private static final Duration READY_LIMIT = Duration.ofSeconds(120);
    private static final int LAST_WORDS = 12;
    private static final Pattern STACK_FRAME = Pattern.compile("\\s+(at |\\.\\.\\. \\d)");

    private final DataDirectory data;
    private final Installation installation;
    private final Outside outside;
    private final Durability durability;
    private final List<Service> services = new ArrayList<>();
    private @Nullable Addresses addresses;
    private boolean closed;

    public Stack(DataDirectory data, Installation installation, Outside outside, Durability durability) {
        this.data = data;
        this.installation = installation;
        this.outside = outside;
        this.durability = durability;
    }

    /**
     * Starts everything and returns when it is ready.
     *
     * @param apiPort 0 for a free one
     * @param step is told what is being done
     */
    public void start(int apiPort, Consumer<String> step) throws IOException {
        var streamsPort = FreePort.orGiven(0);
        var grpcPort = FreePort.orGiven(apiPort);
        var httpPort = FreePort.orGiven(0);
        var kafka = outside.kafka();
        if (kafka.isEmpty()) {
            step.accept("Starting the broker");
            kafka = Optional.of(started(new Broker(data.kafka())).bootstrapServers());
        }
        var database = outside.database();
        if (database.isEmpty()) {
            step.accept("Starting PostgreSQL");
            database = Optional.of(
                    started(new Postgres(data.postgres(), durability)).database());
        }
        addresses = new Addresses(
                "localhost:" + grpcPort,
                "localhost:" + httpPort,
                "localhost:" + streamsPort,
                kafka.get(),
                outside.kafka().isEmpty(),
                database.get().url(),
                outside.database().isEmpty());
        step.accept("Starting streams and api");
        started(streams(streamsPort, kafka.get()));
        started(api(grpcPort, httpPort, kafka.get(), database.get()));
        for (var service : services()) {
            awaitReady(service);
        }
    }

    private App streams(int port, String kafka) throws IOException {
        var environment = Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", kafka,
                "HOPLOG_STATE_DIR", data.streams().toString(),
                "HOPLOG_STREAMS_PORT", String.valueOf(port));
        return new App(Part.STREAMS, installation.app("streams"), port, environment, data);
    }

    private App api(int port, int httpPort, String kafka, Database database) throws IOException {
        var environment = Map.of(
                "HOPLOG_KAFKA_BOOTSTRAP_SERVERS", kafka,
                "KAFKA_BOOTSTRAP_SERVERS", kafka,
                "HOPLOG_DATABASE_URL", database.url(),
                "HOPLOG_DATABASE_USER", database.user(),
                "HOPLOG_DATABASE_PASSWORD", database.password(),
                "HOPLOG_API_PORT", String.valueOf(port),
                "HOPLOG_API_HTTP_PORT", String.valueOf(httpPort));
        return new App(Part.API, installation.app("api"), httpPort, environment, data);
    }

    private synchronized <S extends Service> S started(S service) throws IOException {
        if (closed) {
            throw new IOException("it is being stopped");
        }
        services.add(service);
        service.start();
        return service;
    }

    private void awaitReady(Service service) throws IOException {
        var name = service.part().label();
        Await.until(name + " was ready (see " + data.log(service.part()) + ")", READY_LIMIT, () -> {
            if (!isAlive(service)) {
                throw new IOException(name + " ended while it started: " + lastWords(service.part()));
            }
            return service.isReady();
        });
    }

    /** Without the stack traces. */
    private String lastWords(Part part) throws IOException {
        var log = data.log(part);
        var said = Files.exists(log) ? Files.readAllLines(log) : List.<String>of();
        var words = said.stream()
                .filter(line -> !line.isBlank() && !STACK_FRAME.matcher(line).lookingAt())
                .toList();
        return "the end of " + log + " says\n"
                + String.join("\n", words.subList(Math.max(0, words.size() - LAST_WORDS), words.size()));
    }

    private synchronized boolean isAlive(Service service) throws IOException {
        if (closed) {
            throw new IOException("it is being stopped");
        }
        return service.isAlive();
    }

    /** Those that are dead now and should not be. */
    synchronized List<Part> dead() {
        return services.stream()
                .filter(service -> !closed && !service.isAlive())
                .map(Service::part)
                .toList();
    }

    /** Starts a part that died again. */
    synchronized void restart(Part part) throws IOException {
        for (var service : services) {
            if (!closed && service.part() == part) {
                service.start();
            }
        }
    }

    private synchronized List<Service> services() {
        return List.copyOf(services);
    }

    /** Known once the broker and PostgreSQL run. */
    public Optional<Addresses> addresses() {
        return Optional.ofNullable(addresses);
    }

    /** Stops what was started, the last one first; every part, even if one of them fails to stop. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        var failed = new ArrayList<IOException>();
        for (var service : services.reversed()) {
            try {
                service.close();
            } catch (IOException e) {
                failed.add(new IOException("cannot stop " + service.part().label(), e));
            }
        }
        services.clear();
        if (!failed.isEmpty()) {
            var first = failed.removeFirst();
            failed.forEach(first::addSuppressed);
            throw first;
        }
    }
}
