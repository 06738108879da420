package dev.hoplog.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.local.stack.Part;
import dev.hoplog.local.stack.PartStatus;
import dev.hoplog.local.stack.StackStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HoplogTest {
    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "up",
                "down",
                "status",
                "replay",
                "when-stopped",
                "timeline",
                "lookup",
                "rib",
                "diff",
                "hops",
                "chain",
                "supervise"
            })
    void shouldExplainEveryCommand(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out).asString().contains("Usage: hoplog " + command);
    }

    @Test
    void shouldRefuseAnUnknownCommandAndNone() {
        assertThat(run("nonsense")).isEqualTo(2);
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(2).allMatch(line -> line.contains("--help"));
    }

    @Test
    void shouldSayThatNothingRunsThereAndMakeNoDirectory() {
        var data = directory.resolve("none");
        assertThat(run("status", "--data", data.toString())).isEqualTo(3);
        assertThat(run("down", "--data", data.toString())).isZero();
        assertThat(out).hasToString("Hoplog on %1$s: never started%nNothing runs on %1$s.%n".formatted(data));
        assertThat(data).doesNotExist();
    }

    @Test
    void shouldRefuseToReplayIntoNothing() {
        assertThat(run("replay", "capture.tar.gz", "--data", directory.toString()))
                .isEqualTo(1);
        assertThat(err)
                .asString()
                .contains("hoplog: nothing runs on " + directory + ": start it first (hoplog up --data");
    }

    @Test
    void shouldNotAskAnotherStackThanTheOneThatIsNamed() {
        assertThat(run("hops", "--data", directory.toString())).isEqualTo(1);
        assertThat(err).asString().contains("nothing runs on " + directory);
    }

    @Test
    void shouldShowEveryPart() {
        var status = new StackStatus(
                "ready",
                true,
                List.of(
                        new PartStatus(Part.BROKER, "external", List.of(), "kafka:9092", Optional.empty()),
                        new PartStatus(
                                Part.API,
                                "ready",
                                List.of(12L),
                                "localhost:9000",
                                Optional.of(Path.of("/d/logs/api.log")))),
                List.of(),
                "");
        assertThat(StatusCommand.lines(status).lines())
                .containsExactly(
                        "PART    STATE     PID  WHERE           LOG",
                        "broker  external       kafka:9092",
                        "api     ready     12   localhost:9000  /d/logs/api.log");
    }

    private int run(String... arguments) {
        return Hoplog.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
