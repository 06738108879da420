package dev.hoplog.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StackProcessesTest {
    @TempDir
    Path directory;

    @Test
    void shouldStopTheOrphansOfItsOwnDirectoryAndNobodyElses() throws Exception {
        var ours = new StackProcesses(directory.resolve("ours"));
        var theirs = new StackProcesses(directory.resolve("theirs"));
        var orphan = start(ours.flags(Part.API));
        var otherPart = start(ours.flags(Part.STREAMS));
        var stranger = start(theirs.flags(Part.API));
        try {
            awaitRunning(ours, Part.API);
            awaitRunning(ours, Part.STREAMS);
            ours.stop(Part.API);
            assertThat(orphan.onExit()).succeedsWithin(Duration.ofSeconds(10));
            assertThat(otherPart.isAlive()).isTrue();
            assertThat(stranger.isAlive()).isTrue();
            assertThat(ours.running(Part.API)).isEmpty();
        } finally {
            List.of(orphan, otherPart, stranger).forEach(Process::destroyForcibly);
        }
    }

    private static void awaitRunning(StackProcesses processes, Part part) throws IOException {
        Await.until(
                part + " runs",
                Duration.ofSeconds(20),
                () -> processes.running(part).size() == 1);
    }

    /** A JVM that waits for input which never comes. */
    private static Process start(List<String> flags) throws IOException {
        var program = List.of("-cp", System.getProperty("java.class.path"), Waiting.class.getName());
        return new ProcessBuilder(new ArrayList<>(Jvm.command(32, flags, program))).start();
    }

    static final class Waiting {
        private Waiting() {}

        public static void main(String[] arguments) throws IOException {
            System.in.read();
        }
    }
}
