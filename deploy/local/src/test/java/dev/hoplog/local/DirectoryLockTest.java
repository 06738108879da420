package dev.hoplog.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {
    @TempDir
    private Path directory;

    /** Takes the lock, if it can, and says so. */
    static final class Other {
        private Other() {}

        public static void main(String[] arguments) {
            try (var _ = DirectoryLock.take(Path.of(arguments[0]))) {
                System.out.println("taken");
            } catch (IOException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    private String taken() throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classPath = System.getProperty("java.class.path");
        var process = new ProcessBuilder(java, "-cp", classPath, Other.class.getName(), directory.toString()).start();
        try (var said = process.inputReader()) {
            return said.readLine();
        }
    }

    @Test
    void shouldKeepOtherProgramsOut() throws Exception {
        try (var _ = DirectoryLock.take(directory)) {
            assertThat(taken()).isEqualTo(directory.toRealPath() + " is in use by another running program");
        }
        assertThat(taken()).isEqualTo("taken");
    }

    /** What was refused here must not have cost the one that has it its lock. */
    @Test
    void shouldKeepOtherProgramsOutAfterARefusalInThisOne() throws Exception {
        try (var _ = DirectoryLock.take(directory)) {
            assertThatThrownBy(() -> DirectoryLock.take(directory.resolve(".")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is in use by another part of this program");
            assertThat(taken()).contains("in use");
        }
    }

    @Test
    void shouldBeThereToTakeAgainOnceItIsClosed() throws Exception {
        DirectoryLock.take(directory).close();
        var again = DirectoryLock.take(directory);
        again.close();
        again.close();
        assertThat(taken()).isEqualTo("taken");
    }
}
