package dev.hoplog.local.stack;

import dev.hoplog.local.LocalPostgres.Durability;
import dev.hoplog.local.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/** A stack on a directory of its own that leaves nothing behind, however this JVM ends. */
public final class Demonstration implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Installation installation;
    private final DataDirectory data;
    private final Stack stack;
    private final Guard guard;
    private boolean closed;

    private Demonstration(Installation installation, DataDirectory data, Guard guard) {
        this.installation = installation;
        this.data = data;
        this.stack = new Stack(data, installation, Outside.none(), Durability.TEMPORARY);
        this.guard = guard;
    }

    /** Makes the directory. */
    public static Demonstration begin(Installation installation) throws IOException {
        var data = DataDirectory.open(Files.createTempDirectory("hoplog-demo"));
        var demonstration = new Demonstration(installation, data, Guard.of(data, installation));
        Runtime.getRuntime().addShutdownHook(new Thread(demonstration::closeAtExit, "stop the demonstration"));
        return demonstration;
    }

    /** Where this JVM may log to. */
    public Path log() {
        return data.log(Part.SUPERVISOR);
    }

    public void start(Consumer<String> step) throws IOException {
        stack.start(0, step);
    }

    public Replay.Summary replay(ReplayInput input, ReplayProgress progress) throws IOException {
        var addresses = addresses();
        return new Replay(installation, data, addresses.kafka(), addresses.api(), PATIENCE).run(input, progress);
    }

    public String api() {
        return addresses().api();
    }

    private Addresses addresses() {
        return stack.addresses().orElseThrow(() -> new IllegalStateException("not started"));
    }

    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            stack.close();
            Tree.delete(data.root());
        } finally {
            guard.close();
        }
    }

    private void closeAtExit() {
        try {
            close();
        } catch (IOException failed) {
            System.err.println("hoplog: could not remove everything of " + data.root() + ": " + failed);
        }
    }
}
