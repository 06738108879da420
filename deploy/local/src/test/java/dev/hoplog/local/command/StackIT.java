package dev.hoplog.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.local.FreePort;
import dev.hoplog.local.LocalPostgres;
import dev.hoplog.local.stack.Await;
import dev.hoplog.local.stack.DataDirectory;
import dev.hoplog.local.stack.Part;
import dev.hoplog.local.stack.StackProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The stack on durable data, through what happens to a machine. */
@Timeout(900)
class StackIT {
    private static final String[] QUESTION = {
        "when-stopped", "fd00:101:224:3::/64", "pve02", "--network", "stop-reaching-pve02", "--json"
    };

    @TempDir
    Path directory;

    private Program hoplog;
    private StackProcesses processes;
    private String port;

    @BeforeEach
    void up() throws Exception {
        hoplog = new Program(directory);
        port = String.valueOf(FreePort.orGiven(0));
        succeeds("up", "--port", port);
        processes = new StackProcesses(
                DataDirectory.open(directory.resolve("stack")).root());
    }

    @AfterEach
    void down() throws Exception {
        hoplog.run("down");
    }

    @Test
    void shouldAnswerTheSameAfterARestartAndAfterEveryKill() throws Exception {
        assertThat(succeeds("up")).contains("is running already at localhost:" + port);
        assertThat(succeeds("status"))
                .containsPattern(
                        "Metrics for Prometheus: http://localhost:\\d+/q/metrics and http://localhost:\\d+/q/metrics");
        assertThat(succeeds(
                        "replay",
                        Program.recording("stop-reaching-pve02").toString(),
                        "--network",
                        "stop-reaching-pve02"))
                .contains("Network stop-reaching-pve02 is queryable");
        var answer = succeeds(QUESTION);
        var words = succeeds(Arrays.copyOf(QUESTION, QUESTION.length - 1)); // without --json
        assertThat(Path.of("../../README.md")).content().contains(words.substring(0, words.indexOf("\n\n")));

        succeeds("down");
        assertThat(hoplog.run("status").exitCode()).isEqualTo(3);
        assertThat(running()).isZero();
        succeeds("up", "--port", port);
        assertThat(succeeds(QUESTION)).isEqualTo(answer);

        for (var part : new Part[] {Part.API, Part.STREAMS}) {
            processes.running(part).forEach(ProcessHandle::destroyForcibly);
            awaitReady();
        }
        LocalPostgres.server(directory.resolve("stack/postgres")).ifPresent(ProcessHandle::destroyForcibly);
        awaitReady();
        assertThat(succeeds(QUESTION)).isEqualTo(answer);

        processes.running(Part.SUPERVISOR).forEach(ProcessHandle::destroyForcibly);
        assertThat(processes.running(Part.API)).isNotEmpty();
        succeeds("up", "--port", port);
        assertThat(processes.running(Part.API)).hasSize(1);
        assertThat(succeeds(QUESTION)).isEqualTo(answer);

        assertThat(succeeds("verify")).contains("invariants hold");
        assertThat(succeeds("rebuild")).contains("all are equal");
    }

    @Test
    void shouldShowIngestsOwnWordsAboutABadCapture() throws Exception {
        var bad = Files.writeString(directory.resolve("bad.tar.gz"), "no archive");
        var result = hoplog.run("replay", bad.toString());
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("bad.tar.gz").doesNotContain("\tat ");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void shouldStopWhatAKilledSupervisorLeft() throws Exception {
        processes.running(Part.SUPERVISOR).forEach(ProcessHandle::destroyForcibly);
        assertThat(succeeds("down")).startsWith("Stopped.");
        assertThat(running()).isZero();
    }

    private void awaitReady() throws IOException {
        Await.until("everything is ready again", Duration.ofSeconds(120), () -> {
            try {
                return hoplog.run("status").exitCode() == 0;
            } catch (InterruptedException interrupted) {
                throw new IOException(interrupted);
            }
        });
    }

    private long running() throws IOException {
        var java = processes.running(Part.SUPERVISOR).size()
                + processes.running(Part.STREAMS).size()
                + processes.running(Part.API).size();
        return java
                + LocalPostgres.server(directory.resolve("stack/postgres")).stream()
                        .count();
    }

    private String succeeds(String... arguments) throws Exception {
        var result = hoplog.run(arguments);
        assertThat(result.exitCode())
                .as("hoplog %s: %s", String.join(" ", arguments), result.err())
                .isZero();
        return result.out();
    }
}
