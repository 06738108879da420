package dev.hoplog.api.app;

import dev.hoplog.api.projector.Projector;
import dev.hoplog.api.projector.ProjectorSettings;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Runs the projector, where it is enabled, as long as the process lives. */
@ApplicationScoped
public class ProjectorThread {
    private final ApiConfig config;
    private final DataSource dataSource;
    private final Map<String, Object> kafka;
    private volatile @Nullable Projector projector;

    public ProjectorThread(
            ApiConfig config, DataSource dataSource, @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.config = config;
        this.dataSource = dataSource;
        this.kafka = kafka;
    }

    void start(@Observes StartupEvent event) {
        var settings = config.projector();
        if (!settings.enabled()) {
            return;
        }
        var running = new Projector(
                dataSource,
                new ProjectorSettings(
                        kafka,
                        settings.group(),
                        settings.batchRecords(),
                        settings.pausedPartitions().orElse(Set.of()),
                        settings.retryAfter()));
        projector = running;
        Thread.ofPlatform().name("projector").daemon().start(running);
    }

    void stop(@Observes ShutdownEvent event) {
        projector().ifPresent(Projector::close);
    }

    Optional<Projector> projector() {
        return Optional.ofNullable(projector);
    }
}
