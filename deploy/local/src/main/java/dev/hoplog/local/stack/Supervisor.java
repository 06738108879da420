package dev.hoplog.local.stack;

import dev.hoplog.local.DirectoryLock;
import dev.hoplog.local.LocalPostgres;
import dev.hoplog.local.LocalPostgres.Durability;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a stack running on a data directory until this JVM is told to end. It starts a part that died again, with
 * back-off, and says what it does in its log and in {@link StackState}.
 *
 * <p>Holding the directory's lock, it knows that every other process of the directory is an orphan of a supervisor that
 * was killed, and stops it first.
 */
public final class Supervisor {
    private static final Logger LOG = System.getLogger(Supervisor.class.getName());
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    private final DataDirectory data;
    private final Stack stack;
    private final Map<Part, Backoff> backoffs = new EnumMap<>(Part.class);
    private final CountDownLatch told = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    public Supervisor(DataDirectory data, Installation installation, Outside outside) {
        this.data = data;
        this.stack = new Stack(data, installation, outside, Durability.DURABLE);
    }

    /** Returns when the stack is stopped again, because this JVM was told to end or because the stack did not start. */
    public void run(int apiPort) throws IOException, InterruptedException {
        try (var _ = DirectoryLock.take(data.root())) {
            Runtime.getRuntime().addShutdownHook(new Thread(this::end, "stop"));
            try {
                start(apiPort);
                while (!told.await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                    lookAfter();
                }
            } finally {
                stop();
            }
        } finally {
            ended.countDown();
        }
    }

    private void start(int apiPort) throws IOException {
        say(StackState.Phase.STARTING, "Stopping what a killed supervisor left");
        stopOrphans(data);
        try {
            stack.start(apiPort, step -> say(StackState.Phase.STARTING, step));
        } catch (IOException | RuntimeException failed) {
            if (told.getCount() == 0) {
                return; // told to end before it was ready: no failure
            }
            LOG.log(Level.ERROR, "the stack did not start", failed);
            say(StackState.Phase.FAILED, String.valueOf(failed.getMessage()));
            throw failed;
        }
        say(StackState.Phase.READY, "");
    }

    /** For whoever holds the directory's lock, or knows that no supervisor runs. */
    public static void stopOrphans(DataDirectory data) throws IOException {
        var processes = new StackProcesses(data.root());
        processes.stop(Part.API);
        processes.stop(Part.STREAMS);
        LocalPostgres.stopOrphan(data.postgres());
    }

    private void lookAfter() {
        for (var part : stack.dead()) {
            var backoff = backoffs.getOrDefault(part, Backoff.none());
            var now = Instant.now();
            if (backoff.mayStart(now)) {
                var next = backoff.started(now);
                backoffs.put(part, next);
                restart(part, next.delay());
            }
        }
    }

    private void restart(Part part, Duration delay) {
        LOG.log(
                Level.WARNING,
                "{0} died: starting it again; if it dies again, its next start waits for {1} s",
                part.label(),
                delay.toSeconds());
        try {
            stack.restart(part);
        } catch (IOException | RuntimeException failed) {
            LOG.log(Level.ERROR, part.label() + " cannot be started again, trying later", failed);
        }
    }

    /** Called once, by {@link #run}. */
    private void stop() throws IOException {
        var failed = StackState.read(data).filter(state -> state.phase() == StackState.Phase.FAILED);
        if (failed.isEmpty()) {
            say(StackState.Phase.STOPPING, "");
        }
        stack.close();
        if (failed.isEmpty()) {
            StackState.remove(data);
        }
        LOG.log(Level.INFO, "stopped");
    }

    /** In the shutdown hook: the JVM waits for it, so it waits for everything to be stopped. */
    private void end() {
        told.countDown();
        try {
            stack.close(); // also breaks off a start that is under way
            ended.await();
        } catch (IOException failed) {
            LOG.log(Level.ERROR, "not everything could be stopped", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void say(StackState.Phase phase, String message) {
        LOG.log(Level.INFO, message.isEmpty() ? phase.label() : message);
        try {
            new StackState(ProcessHandle.current().pid(), phase, message, stack.addresses()).write(data);
        } catch (IOException unheard) {
            LOG.log(Level.ERROR, "cannot write " + data.state(), unheard);
        }
    }
}
