package dev.hoplog.local.stack;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that outlives this JVM and then stops what is left on a data directory, and removes the directory. No JVM can do
 * that for itself when it is killed.
 *
 * <p>It waits for the end of its input, which comes when this JVM is gone, however it went.
 */
record Guard(Process process) implements AutoCloseable {
    private static final int HEAP_MEGABYTES = 128;

    /**
     * {@code $0} is the directory, {@code $@} stops what runs on it. More than once, since what is just being started
     * makes files while they are removed, and is seen the next time.
     */
    private static final String SCRIPT = """
            cat > /dev/null
            for attempt in 1 2 3 4 5; do
              [ -d "$0" ] || exit 0
              "$@"
              rm -rf "$0"
            done
            """;

    static Guard of(DataDirectory data, Installation installation) throws IOException {
        var directory = data.root().toString();
        var command = new ArrayList<>(List.of("sh", "-c", SCRIPT, directory));
        command.addAll(installation.hoplog(HEAP_MEGABYTES, List.of(), List.of("down", "--data", directory)));
        return new Guard(new ProcessBuilder(Background.inASessionOfItsOwn(command))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start());
    }

    /** Returns when it has ended; it has nothing to do where the directory is gone. */
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            process.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while what was left was removed");
        }
    }
}
