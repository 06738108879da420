package dev.hoplog.api.grpc;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An answer in many messages, sent no faster than its client takes them: whoever writes waits, so a slow client costs no
 * memory. To be made in the call's own thread, and written to from one other.
 */
final class PacedStream<A> {
    private final ServerCallStreamObserver<A> client;
    private final long endNanos;
    private Optional<Duration> patience = Optional.empty();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** @param limit for the whole answer */
    PacedStream(StreamObserver<A> client, Duration limit) {
        this.client = (ServerCallStreamObserver<A>) client;
        this.endNanos = System.nanoTime() + limit.toNanos();
        this.client.setOnReadyHandler(this::wake);
        this.client.setOnCancelHandler(this::wake);
    }

    /** The client has gone, or takes too long: nobody waits for the rest. */
    static final class Gone extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Status status;

        Gone(Status status) {
            super(status.getDescription());
            this.status = status;
        }

        /** What the client is told, if it is there. */
        Status status() {
            return status;
        }
    }

    /** From now on it has no end, and each message a time of its own. */
    void eachWithin(Duration time) {
        patience = Optional.of(time);
    }

    private void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sends a message once the client is ready for it.
     *
     * @return how long that took
     * @throws Gone if it never will be
     */
    Duration send(A message) {
        long begin = System.nanoTime();
        awaitReady(patience.map(each -> begin + each.toNanos()).orElse(endNanos));
        client.onNext(message);
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private void awaitReady(long latestNanos) {
        lock.lock();
        try {
            while (!client.isReady()) {
                checkPresence();
                long left = latestNanos - System.nanoTime();
                if (left <= 0) {
                    throw new Gone(tooSlow());
                }
                long unused = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Gone(Status.UNAVAILABLE.withDescription("the server is stopping"));
        } finally {
            lock.unlock();
        }
        checkPresence();
    }

    private Status tooSlow() {
        return patience.map(each -> Status.ABORTED.withDescription("you lagged: no message was taken for "
                        + each.toSeconds() + " s; go on with the last resume_token"))
                .orElse(Status.DEADLINE_EXCEEDED.withDescription("the client took too long"));
    }

    /** @throws Gone if the client has gone */
    void checkPresence() {
        if (client.isCancelled()) {
            throw new Gone(Status.CANCELLED.withDescription("the client has gone"));
        }
    }

    void complete() {
        client.onCompleted();
    }

    void fail(Status status) {
        if (!client.isCancelled()) {
            client.onError(status.asRuntimeException());
        }
    }
}
