package dev.hoplog.api.grpc;

import dev.hoplog.api.app.ApiConfig;
import dev.hoplog.api.query.QueryFailure;
import dev.hoplog.api.watch.Watch;
import dev.hoplog.v1.WatchRequest;
import dev.hoplog.v1.WatchResponse;
import io.grpc.Status;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;

/** All clients that watch: no more than so many, and none when the process stops. */
@ApplicationScoped
public class Watches {
    private final ApiConfig.WatchConfig config;
    private final Watch watch;
    private final Semaphore places;
    private volatile boolean stopping;

    public Watches(
            ApiConfig config, DataSource dataSource, @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.config = config.watch();
        this.watch = new Watch(dataSource, kafka, this.config.progressEvery());
        this.places = new Semaphore(this.config.most());
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    /** @throws PacedStream.Gone when the client has gone, took too long, or is not to be served any more */
    void run(WatchRequest request, Duration limit, PacedStream<WatchResponse> stream) throws SQLException {
        var scope = Requests.scope(request);
        var token = Requests.resumeToken(request.getResumeToken());
        if (!places.tryAcquire()) {
            throw new QueryFailure.TooMuch(
                    "there are " + config.most() + " watches already: end one, or raise hoplog.watch.most");
        }
        try {
            watch.run(scope, token, limit, new WatchMessages(stream, config, this::checkRunning));
        } finally {
            places.release();
        }
    }

    private void checkRunning() {
        if (stopping) {
            throw new PacedStream.Gone(
                    Status.UNAVAILABLE.withDescription("the api is being stopped: go on with the last resume_token"));
        }
    }
}
