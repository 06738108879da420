package dev.hoplog.local.stack;

import dev.hoplog.local.LocalPostgres;
import dev.hoplog.local.LocalPostgres.Durability;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The embedded PostgreSQL. Started again, it listens on the same port, so that others find it where it was. */
final class Postgres implements Service {
    private final Path directory;
    private final Durability durability;
    private int port;
    private @Nullable LocalPostgres server;

    Postgres(Path directory, Durability durability) {
        this.directory = directory;
        this.durability = durability;
    }

    @Override
    public Part part() {
        return Part.POSTGRESQL;
    }

    @Override
    public void start() throws IOException {
        close();
        var started = LocalPostgres.start(directory, port, durability);
        port = started.port();
        server = started;
    }

    Database database() {
        if (server == null) {
            throw new IllegalStateException("PostgreSQL is not started");
        }
        return new Database(server.jdbcUrl(), server.user(), server.password());
    }

    @Override
    public boolean isAlive() {
        return server != null && server.isRunning();
    }

    @Override
    public boolean isReady() {
        return isAlive();
    }

    @Override
    public void close() throws IOException {
        if (server != null) {
            server.close();
            server = null;
        }
    }
}
