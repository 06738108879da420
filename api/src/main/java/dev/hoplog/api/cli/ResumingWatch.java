package dev.hoplog.api.cli;

import dev.hoplog.v1.WatchRequest;
import dev.hoplog.v1.WatchResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A watch that goes on where it broke off: nothing is left out and nothing repeated, but for an initial state that broke off
 * before its end, which begins anew with its header.
 */
public final class ResumingWatch {
    private static final Set<Status.Code> TEMPORARY =
            EnumSet.of(Status.Code.UNAVAILABLE, Status.Code.ABORTED, Status.Code.CANCELLED);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);

    private final HoplogClient client;
    private final WatchRequest.Builder request;
    private final Consumer<String> said;
    private Duration pause = FIRST_PAUSE;
    private boolean wasThere;
    private boolean isBroken;

    /** @param said is told when it breaks off and when it goes on */
    public ResumingWatch(HoplogClient client, WatchRequest request, Consumer<String> said) {
        this.client = client;
        this.request = request.toBuilder();
        this.said = said;
    }

    /**
     * Hands over all parts as they come. Returns when the thread is interrupted.
     *
     * @throws CommandFailure if it cannot begin, or not go on
     */
    public void run(Consumer<WatchResponse> parts) {
        try {
            while (true) {
                once(parts);
                Thread.sleep(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void once(Consumer<WatchResponse> parts) throws InterruptedException {
        try {
            client.watch(request.build(), part -> take(part, parts));
        } catch (StatusRuntimeException failed) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException();
            }
            if (!wasThere || !TEMPORARY.contains(failed.getStatus().getCode())) {
                throw client.failure(failed);
            }
            if (!isBroken) {
                isBroken = true;
                said.accept("the watch broke off, and is tried again: "
                        + client.failure(failed).getMessage());
            }
        }
    }

    private void take(WatchResponse part, Consumer<WatchResponse> parts) {
        wasThere = true;
        pause = FIRST_PAUSE;
        if (isBroken) {
            isBroken = false;
            said.accept("the watch goes on"
                    + (part.getHeader().getResumed() ? " where it broke off" : ", from the initial state on"));
        }
        if (!part.getResumeToken().isEmpty()) {
            request.setResumeToken(part.getResumeToken());
        }
        parts.accept(part);
    }
}
