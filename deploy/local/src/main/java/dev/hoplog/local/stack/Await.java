package dev.hoplog.local.stack;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waiting for what other processes do: looks again and again until a deadline. The one place that does so. */
public final class Await {
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private Await() {}

    /** What is waited for. May fail where it is clear that it will never come. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws IOException;
    }

    /**
     * Returns when the condition holds.
     *
     * @param what completes "it took longer than 5 s until"
     * @throws IOException if time is up, or the thread was interrupted, or the condition failed
     */
    public static void until(String what, Duration limit, Condition condition) throws IOException {
        var deadline = System.nanoTime() + limit.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("it took longer than " + limit.toSeconds() + " s until " + what);
            }
            if (Thread.interrupted()) {
                throw new IOException("interrupted while waiting until " + what);
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }
}
