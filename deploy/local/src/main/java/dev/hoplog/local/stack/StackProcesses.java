package dev.hoplog.local.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * The processes of one data directory, whoever started them; PostgreSQL's aside, who looks after its own.
 *
 * <p>A process belongs to the directory if its command line says so, which only we put there. No number in a file proves
 * that: it may be anybody's by now. So only what is ours is ever signalled, and orphans are found without any file.
 *
 * @param data the directory's real path
 */
public record StackProcesses(Path data) {
    private static final Duration GRACE = Duration.ofSeconds(20);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** On the command line of whatever JVM is the part. Not {@code hoplog.*}: the api refuses keys it does not know. */
    List<String> flags(Part part) {
        return List.of("-Dlocal.stack.data=" + data, "-Dlocal.stack.part=" + part.label());
    }

    /** Those that have ended and only wait to be collected by their parent are not among them: they have no arguments. */
    public List<ProcessHandle> running(Part part) {
        var flags = flags(part);
        return ProcessHandle.allProcesses()
                .filter(process -> arguments(process).containsAll(flags))
                .toList();
    }

    /** The JDK would tell them too, but not of a command line longer than 4 kB, which a class path easily is. */
    private static List<String> arguments(ProcessHandle process) {
        try {
            var line =
                    new String(Files.readAllBytes(Path.of("/proc", String.valueOf(process.pid()), "cmdline")), UTF_8);
            return Arrays.asList(line.split("\0"));
        } catch (IOException endedOrAnotherUsers) {
            return List.of();
        }
    }

    /** Asks the part to end, then makes it; returns when it is gone. */
    public void stop(Part part) throws IOException {
        running(part).forEach(ProcessHandle::destroy);
        try {
            awaitNone(part, GRACE);
        } catch (IOException deaf) {
            running(part).forEach(ProcessHandle::destroyForcibly);
            awaitNone(part, LIMIT);
        }
    }

    private void awaitNone(Part part, Duration limit) throws IOException {
        Await.until(part.label() + " ended", limit, () -> running(part).isEmpty());
    }
}
