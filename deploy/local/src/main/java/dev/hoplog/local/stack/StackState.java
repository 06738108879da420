package dev.hoplog.local.stack;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What the supervisor of a data directory says of its stack, for other programs to read: a properties file, replaced as a
 * whole, and gone when the stack was stopped. No password is in it.
 *
 * @param supervisor the process that said so; if it is gone, so is what it said
 * @param message what it is doing, or why it failed
 * @param addresses empty until the parts have them
 */
public record StackState(long supervisor, Phase phase, String message, Optional<Addresses> addresses) {
    /** How far a stack has come. */
    public enum Phase {
        STARTING,
        READY,
        STOPPING,
        FAILED;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Empty: nobody has started a stack there, or it was stopped. */
    public static Optional<StackState> read(DataDirectory data) throws IOException {
        var file = new Properties();
        try (var in = Files.newBufferedReader(data.state())) {
            file.load(in);
        } catch (NoSuchFileException notStarted) {
            return Optional.empty();
        }
        try {
            return Optional.of(new StackState(
                    Long.parseLong(file.getProperty("supervisor", "0")),
                    Phase.valueOf(file.getProperty("phase", "").toUpperCase(Locale.ROOT)),
                    file.getProperty("message", ""),
                    addresses(file)));
        } catch (IllegalArgumentException broken) {
            throw new IOException(data.state() + " is not as Hoplog writes it: remove it", broken);
        }
    }

    private static Optional<Addresses> addresses(Properties file) {
        @Nullable String api = file.getProperty("api");
        if (api == null) {
            return Optional.empty();
        }
        return Optional.of(new Addresses(
                api,
                file.getProperty("api.http", ""),
                file.getProperty("streams", ""),
                file.getProperty("kafka", ""),
                Boolean.parseBoolean(file.getProperty("kafka.own")),
                file.getProperty("jdbc", ""),
                Boolean.parseBoolean(file.getProperty("jdbc.own"))));
    }

    void write(DataDirectory data) throws IOException {
        var file = new Properties();
        file.setProperty("supervisor", String.valueOf(supervisor));
        file.setProperty("phase", phase.label());
        file.setProperty("message", message);
        addresses.ifPresent(all -> {
            file.setProperty("api", all.api());
            file.setProperty("api.http", all.apiHttp());
            file.setProperty("streams", all.streams());
            file.setProperty("kafka", all.kafka());
            file.setProperty("kafka.own", String.valueOf(all.ownKafka()));
            file.setProperty("jdbc", all.jdbcUrl());
            file.setProperty("jdbc.own", String.valueOf(all.ownDatabase()));
        });
        var draft = data.root().resolve("stack.new");
        try (var out = Files.newBufferedWriter(draft)) {
            file.store(out, "Written by Hoplog's supervisor; gone when it has stopped.");
        }
        Files.move(draft, data.state(), ATOMIC_MOVE);
    }

    static void remove(DataDirectory data) throws IOException {
        Files.deleteIfExists(data.state());
    }
}
