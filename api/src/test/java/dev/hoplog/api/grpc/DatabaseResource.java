package dev.hoplog.api.grpc;

import dev.hoplog.api.Database;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.Map;

/** A database for the service under test; the log is not read, tests write the projection themselves. */
public final class DatabaseResource implements QuarkusTestResourceLifecycleManager {
    static final int GRPC_PORT = freePort();

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Map<String, String> start() {
        return Map.of(
                "quarkus.grpc.server.test-port", String.valueOf(GRPC_PORT),
                "hoplog.database.url", Database.url(),
                "hoplog.database.user", "postgres",
                "hoplog.projector.enabled", "false",
                "hoplog.api.default-deadline", "2s");
    }

    @Override
    public void stop() {}
}
