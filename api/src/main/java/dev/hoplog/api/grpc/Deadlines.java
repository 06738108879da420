package dev.hoplog.api.grpc;

import io.grpc.Context;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** How long the client will wait. */
final class Deadlines {
    private Deadlines() {}

    /** Of the call that this thread answers; empty: the client set none. Never zero or less. */
    static Optional<Duration> remaining() {
        return Optional.ofNullable(Context.current().getDeadline())
                .map(deadline -> Duration.ofMillis(Math.max(1, deadline.timeRemaining(TimeUnit.MILLISECONDS))));
    }
}
