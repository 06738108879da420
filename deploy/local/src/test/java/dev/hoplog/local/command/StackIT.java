package dev.hoplog.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.local.FreePort;
import dev.hoplog.local.LocalPostgres;
import dev.hoplog.local.stack.Await;
import dev.hoplog.local.stack.DataDirectory;
import dev.hoplog.local.stack.Installation;
import dev.hoplog.local.stack.Outside;
import dev.hoplog.local.stack.Part;
import dev.hoplog.local.stack.Readiness;
import dev.hoplog.local.stack.RunningStack;
import dev.hoplog.local.stack.StackProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One stack on durable data, through what happens to a machine. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(900)
class StackIT {
    private static final String[] QUESTION = {
        "when-stopped", "fd00:101:224:3::/64", "pve02", "--network", "stop-reaching-pve02", "--json"
    };

    private static final Installation HERE =
            new Installation(Path.of("../..").toAbsolutePath().normalize());

    @TempDir
    private static Path directory;

    private static Program hoplog;
    private static DataDirectory data;
    private static StackProcesses processes;
    private static String port;

    @BeforeAll
    static void up() throws Exception {
        hoplog = new Program(directory);
        port = String.valueOf(FreePort.orGiven(0));
        succeeds("up", "--port", port);
        data = DataDirectory.open(directory.resolve("stack"));
        processes = new StackProcesses(data.root());
    }

    @AfterAll
    static void down() throws Exception {
        hoplog.run("down");
    }

    @Test
    @Order(1)
    void shouldShowIngestsOwnWordsAboutABadCapture() throws Exception {
        var bad = Files.writeString(directory.resolve("bad.tar.gz"), "no archive");
        var result = hoplog.run("replay", bad.toString());
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("bad.tar.gz").doesNotContain("\tat ");
        assertThat(result.out()).isEmpty();
    }

    @Test
    @Order(2)
    void shouldAnswerTheSameAfterARestartAndAfterEveryKill() throws Exception {
        assertThat(succeeds("up")).contains("is running already at localhost:" + port);
        assertThat(succeeds("status"))
                .containsPattern(
                        "Metrics for Prometheus: http://localhost:\\d+/q/metrics and http://localhost:\\d+/q/metrics");
        var chain = Program.recording("stop-reaching-pve02")
                .resolveSibling("../chain.yaml")
                .normalize();
        assertThat(succeeds(
                        "replay",
                        Program.recording("stop-reaching-pve02").toString(),
                        "--network",
                        "stop-reaching-pve02",
                        "--chain",
                        chain.toString()))
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
            kill(processes.running(part));
        }
        kill(postgres().stream().toList());
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
    @Order(3)
    void shouldStopWhatAKilledSupervisorLeft() throws Exception {
        processes.running(Part.SUPERVISOR).forEach(ProcessHandle::destroyForcibly);
        assertThat(succeeds("down")).startsWith("Stopped.");
        assertThat(running()).isZero();
    }

    /** SIGKILL. Returns when everything is ready again. */
    private static void kill(Collection<ProcessHandle> victims) throws Exception {
        assertThat(victims).isNotEmpty();
        for (var victim : victims) {
            victim.destroyForcibly();
            victim.onExit().get();
        }
        // Asked in this JVM: one `hoplog status` after the other would take the time of what it waits for.
        var addresses =
                RunningStack.of(data, HERE, Outside.none()).orElseThrow().addresses();
        Await.until(
                "everything is ready again",
                Duration.ofSeconds(120),
                () -> postgres().isPresent() && Readiness.at(addresses.streams()) && Readiness.at(addresses.apiHttp()));
        succeeds("status");
    }

    private static Optional<ProcessHandle> postgres() throws IOException {
        return LocalPostgres.server(directory.resolve("stack/postgres"));
    }

    private static long running() throws IOException {
        var java = processes.running(Part.SUPERVISOR).size()
                + processes.running(Part.STREAMS).size()
                + processes.running(Part.API).size();
        return java + postgres().stream().count();
    }

    private static String succeeds(String... arguments) throws Exception {
        var result = hoplog.run(arguments);
        assertThat(result.exitCode())
                .as("hoplog %s: %s", String.join(" ", arguments), result.err())
                .isZero();
        return result.out();
    }
}
