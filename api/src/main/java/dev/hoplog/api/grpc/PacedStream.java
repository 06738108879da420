package dev.hoplog.api.grpc;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An answer in many messages, sent no faster than its client takes them: whoever writes waits, so a slow client costs no
 * memory. To be made in the call's own thread, and written to from one other.
 */
final class PacedStream<A> {
    private final ServerCallStreamObserver<A> client;
    private final long endNanos;
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

        Gone(String message) {
            super(message);
        }
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
     * @throws Gone if it never will be
     */
    void send(A message) {
        awaitReady();
        client.onNext(message);
    }

    private void awaitReady() {
        lock.lock();
        try {
            while (!client.isReady()) {
                if (client.isCancelled()) {
                    throw new Gone("the client has gone");
                }
                long left = endNanos - System.nanoTime();
                if (left <= 0) {
                    throw new Gone("the client took too long");
                }
                long unused = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Gone("the server is stopping");
        } finally {
            lock.unlock();
        }
        if (client.isCancelled()) {
            throw new Gone("the client has gone");
        }
    }

    boolean isCancelled() {
        return client.isCancelled();
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
