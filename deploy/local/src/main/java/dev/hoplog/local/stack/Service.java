package dev.hoplog.local.stack;

import java.io.IOException;

/** A part of a stack that can be started, looked after and stopped. Only one thread at a time calls it. */
sealed interface Service extends AutoCloseable permits Broker, Postgres, App {
    Part part();

    /** Starts it, also again after it died, at the address that it had. */
    void start() throws IOException;

    /** Whether it runs, ready or not. */
    boolean isAlive();

    /** Whether it does its work. */
    boolean isReady();

    /** Stops it and returns when it is gone. Does nothing if it does not run. */
    @Override
    void close() throws IOException;
}
