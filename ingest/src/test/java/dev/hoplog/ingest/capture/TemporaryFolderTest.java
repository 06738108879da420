package dev.hoplog.ingest.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TemporaryFolderTest {
    @TempDir
    private Path parent;

    @Test
    void shouldRemoveWhatAKilledProgramLeftAndNothingThatIsInUse() throws Exception {
        var program = start();
        try (var ours = TemporaryFolder.in(parent)) {
            var theirs = Path.of(program.inputReader().readLine());
            Files.writeString(theirs.resolve("file"), "half of a capture");

            try (var another = TemporaryFolder.in(parent)) {
                assertThat(another.path()).isEmptyDirectory();
                assertThat(theirs).as("in use by a living program").isNotEmptyDirectory();
            }
            program.destroyForcibly().onExit().get(10, TimeUnit.SECONDS);
            try (var another = TemporaryFolder.in(parent)) {
                assertThat(theirs.getParent()).doesNotExist();
                assertThat(another.path()).isEmptyDirectory();
                assertThat(ours.path()).isEmptyDirectory();
            }
            var later = start();
            later.inputReader().readLine();
            later.destroyForcibly().onExit().get(10, TimeUnit.SECONDS);
            assertThat(ours.path()).as("in use by this program").isEmptyDirectory();
        }
        TemporaryFolder.in(parent).close();
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void shouldLeaveAloneWhatIsNotItsOwn() throws Exception {
        var unfinished = Files.createDirectory(parent.resolve("hoplog-capture-1"));
        var other = Files.createDirectories(parent.resolve("other/unpacked"));
        var elsewhere = Files.createDirectories(parent.resolve("elsewhere/unpacked"));
        Files.createFile(elsewhere.resolveSibling("lock"));
        var link = Files.createSymbolicLink(parent.resolve("hoplog-capture-2"), elsewhere.getParent());

        TemporaryFolder.in(parent).close();

        assertThat(unfinished).as("its maker may be about to lock it").isDirectory();
        assertThat(other).isDirectory();
        assertThat(link).isSymbolicLink();
        assertThat(elsewhere).isDirectory();
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        parent.toString())
                .redirectErrorStream(true)
                .start();
    }

    /** Makes a folder, and waits to be killed; at the latest until the test is gone, whose end ends its input. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws Exception {
            var folder = TemporaryFolder.in(Path.of(arguments[0]));
            System.out.println(folder.path());
            System.in.read();
        }
    }
}
