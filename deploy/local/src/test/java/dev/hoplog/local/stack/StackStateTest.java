package dev.hoplog.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hoplog.local.stack.StackState.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackStateTest {
    @TempDir
    Path directory;

    @Test
    void shouldReadWhatItWrote() throws IOException {
        var data = DataDirectory.open(directory);
        var addresses = new Addresses(
                "localhost:1", "localhost:4", "localhost:2", "k:3,k:4", true, "jdbc:postgresql://d/x?y=z", false);
        for (var state : new StackState[] {
            new StackState(12, Phase.STARTING, "Starting = the broker", Optional.empty()),
            new StackState(12, Phase.READY, "", Optional.of(addresses))
        }) {
            state.write(data);
            assertThat(StackState.read(data)).contains(state);
        }
        StackState.remove(data);
        assertThat(StackState.read(data)).isEmpty();
    }

    @Test
    void shouldSayWhatToDoAboutABrokenFile() throws IOException {
        var data = DataDirectory.open(directory);
        Files.writeString(directory.resolve("stack"), "phase=sideways");
        assertThatThrownBy(() -> StackState.read(data)).hasMessageContaining("remove it");
    }

    @Test
    void shouldKeepItsDataToItsOwner() throws IOException {
        var data = DataDirectory.open(directory.resolve("new/data"));
        assertThat(Files.getPosixFilePermissions(data.root())).isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void shouldLiveWhereTheEnvironmentSays() {
        assertThat(DataDirectory.byDefault(Map.of("HOPLOG_DATA", "/d", "XDG_DATA_HOME", "/x")))
                .isEqualTo(Path.of("/d"));
        assertThat(DataDirectory.byDefault(Map.of("XDG_DATA_HOME", "/x"))).isEqualTo(Path.of("/x/hoplog"));
        assertThat(DataDirectory.byDefault(Map.of()))
                .isEqualTo(Path.of(System.getProperty("user.home"), ".local/share/hoplog"));
    }

    @Test
    void shouldUseWhatOthersRunAndNeverShowThePassword() {
        var outside = Outside.of(Map.of(
                "HOPLOG_KAFKA_BOOTSTRAP_SERVERS", "k:9092",
                "HOPLOG_JDBC_URL", "jdbc:postgresql://db/hoplog",
                "HOPLOG_JDBC_USER", "me",
                "HOPLOG_JDBC_PASSWORD", "secret"));
        assertThat(outside.kafka()).contains("k:9092");
        assertThat(outside.database()).contains(new Database("jdbc:postgresql://db/hoplog", "me", "secret"));
        assertThat(outside.toString()).doesNotContain("secret");
        assertThat(Outside.of(Map.of("HOPLOG_JDBC_URL", " "))).isEqualTo(Outside.none());
    }
}
