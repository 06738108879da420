package dev.hoplog.api.app;

import dev.hoplog.api.projector.Projector;
import dev.hoplog.api.projector.ProjectorSettings;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/** Runs the projectors, where they are enabled, as long as the process lives: one of the log, one of gaps, one of what was refused. */
@ApplicationScoped
public class ProjectorThread {
    private final ApiConfig config;
    private final DataSource dataSource;
    private final Map<String, Object> kafka;
    private volatile List<Projector> projectors = List.of();

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
        var each = new ProjectorSettings(
                kafka,
                settings.group(),
                settings.batchRecords(),
                settings.pausedPartitions().orElse(Set.of()),
                settings.retryAfter());
        projectors = List.of(
                Projector.ofLog(dataSource, each),
                Projector.ofGaps(dataSource, each),
                Projector.ofRejected(dataSource, each));
        projectors.forEach(running -> Thread.ofPlatform()
                .name("projector of " + running.topic())
                .daemon()
                .start(running));
    }

    void stop(@Observes ShutdownEvent event) {
        projectors.forEach(Projector::close);
    }

    /** Of the log, of gaps, and of what was refused; none if they are not enabled. */
    List<Projector> projectors() {
        return projectors;
    }
}
