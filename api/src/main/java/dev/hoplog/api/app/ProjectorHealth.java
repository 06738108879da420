package dev.hoplog.api.app;

import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Whether everything that the log says comes in. Not part of readiness: answers stay true without it, and say how far
 * they had read.
 */
@Wellness
@ApplicationScoped
public class ProjectorHealth implements HealthCheck {
    private final ProjectorThread thread;

    public ProjectorHealth(ProjectorThread thread) {
        this.thread = thread;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("projector");
        var projector = thread.projector();
        if (projector.isEmpty()) {
            return response.up().withData("enabled", false).build();
        }
        var stopped = projector.get().stopped();
        var failure = projector.get().failure();
        stopped.forEach((partition, why) -> response.withData("partition " + partition, why));
        failure.ifPresent(why -> response.withData("failure", why));
        return response.status(stopped.isEmpty() && failure.isEmpty()).build();
    }
}
