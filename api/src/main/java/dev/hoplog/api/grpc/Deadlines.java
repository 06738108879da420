package dev.hoplog.api.grpc;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How long the client will wait. Quarkus' server does not tell it to the service, so it is read from the header. */
@ApplicationScoped
public class Deadlines implements ServerInterceptor {
    private static final Metadata.Key<String> TIMEOUT =
            Metadata.Key.of("grpc-timeout", Metadata.ASCII_STRING_MARSHALLER);
    private static final Context.Key<Deadline> DEADLINE = Context.key("hoplog-deadline");

    /** Of the call that this thread answers; empty: the client set none. Never zero or less. */
    static Optional<Duration> remaining() {
        return Optional.ofNullable(DEADLINE.get())
                .or(() -> Optional.ofNullable(Context.current().getDeadline()))
                .map(deadline -> Duration.ofMillis(Math.max(1, deadline.timeRemaining(TimeUnit.MILLISECONDS))));
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        var timeout = parse(headers.get(TIMEOUT));
        if (timeout.isEmpty()) {
            return next.startCall(call, headers);
        }
        var deadline = Deadline.after(timeout.get().toMillis(), TimeUnit.MILLISECONDS);
        return Contexts.interceptCall(Context.current().withValue(DEADLINE, deadline), call, headers, next);
    }

    /** At most eight digits and a unit, as gRPC over HTTP/2 has it; anything else is no timeout. */
    static Optional<Duration> parse(@Nullable String header) {
        if (header == null || !header.matches("[0-9]{1,8}[HMSmun]")) {
            return Optional.empty();
        }
        long value = Long.parseLong(header.substring(0, header.length() - 1));
        return Optional.of(
                switch (header.charAt(header.length() - 1)) {
                    case 'H' -> Duration.ofHours(value);
                    case 'M' -> Duration.ofMinutes(value);
                    case 'S' -> Duration.ofSeconds(value);
                    case 'm' -> Duration.ofMillis(value);
                    case 'u' -> Duration.ofNanos(value * 1_000);
                    default -> Duration.ofNanos(value);
                });
    }
}
