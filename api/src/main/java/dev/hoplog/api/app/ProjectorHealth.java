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
        if (thread.projectors().isEmpty()) {
            return response.up().withData("enabled", false).build();
        }
        boolean isWell = true;
        for (var projector : thread.projectors()) {
            var stopped = projector.stopped();
            var failure = projector.failure();
            stopped.forEach((partition, why) -> response.withData(projector.topic() + " partition " + partition, why));
            failure.ifPresent(why -> response.withData(projector.topic() + " failure", why));
            isWell &= stopped.isEmpty() && failure.isEmpty();
        }
        return response.status(isWell).build();
    }
}
