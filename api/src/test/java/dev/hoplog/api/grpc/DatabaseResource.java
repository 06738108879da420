package dev.hoplog.api.grpc;

import dev.hoplog.api.Database;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** A database for the service under test; the log is not read, tests write the projection themselves. */
public final class DatabaseResource implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        return Map.of(
                "hoplog.database.url", Database.url(),
                "hoplog.database.user", "postgres",
                "hoplog.projector.enabled", "false",
                "hoplog.api.default-deadline", "2s");
    }

    @Override
    public void stop() {}
}
