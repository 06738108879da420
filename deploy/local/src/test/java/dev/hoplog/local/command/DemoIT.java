package dev.hoplog.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hoplog.local.LocalPostgres;
import dev.hoplog.local.stack.Await;
import dev.hoplog.model.Bounds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration for real: a broker, a database and three programs, from what routers printed to the answer. */
@Timeout(600)
class DemoIT {
    /** Of the recording's ground truth. */
    private static final Instant T0 = Instant.ofEpochMilli(1795408670323L);

    private static final Duration TWO_SCRAPES = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    @Test
    void shouldAnswerWithinTheTruthAndLeaveNothingBehind() throws Exception {
        var result = new Program(directory).run("demo", "--json");

        assertThat(result.exitCode()).as(result.err()).isZero();
        var answer = hop(new ObjectMapper().readTree(result.out()), "pve02/frr/vrf_evpnz1");
        assertThat(answer.path("outcome").asText()).isEqualTo("OUTCOME_STOPPED_AND_BACK");
        assertMeets(answer.path("stopped"), 29_967, 30_168);
        assertMeets(answer.path("returned"), 80_067, 80_269);
        assertThat(left()).isEmpty();
    }

    @Test
    void shouldStopEverythingWhenItIsInterrupted() throws Exception {
        var demo = new Program(directory).start("demo");
        Await.until(
                "its children run",
                Duration.ofSeconds(120),
                () -> demo.descendants()
                                .filter(child ->
                                        child.info().command().orElse("").endsWith("java"))
                                .count()
                        >= 2);
        var children = demo.descendants().toList();

        demo.destroy(); // SIGTERM; the shutdown hooks are those of ^C

        assertThat(demo.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(children).noneMatch(ProcessHandle::isAlive);
        assertThat(left()).isEmpty();
    }

    @Test
    void shouldLeaveNothingBehindWhenItIsKilledInMidReplay() throws Exception {
        var demo = new Program(directory).start("demo");
        Await.until(
                "it replays",
                Duration.ofSeconds(120),
                () -> demo.descendants().anyMatch(child -> commandLine(child).contains("ingest/target")));
        var children = Stream.concat(demo.descendants(), postgres().stream()).toList();
        assertThat(postgres()).isPresent();

        demo.destroyForcibly();

        Await.until(
                "everything that it started had ended, and its directory was gone",
                Duration.ofSeconds(90),
                () -> children.stream().allMatch(child -> commandLine(child).isEmpty()) && left().isEmpty());
    }

    /** PostgreSQL leaves whoever starts it. */
    private Optional<ProcessHandle> postgres() throws IOException {
        try (var demonstrations = Files.newDirectoryStream(directory, "hoplog-demo*")) {
            return LocalPostgres.server(demonstrations.iterator().next().resolve("postgres"));
        }
    }

    /** Empty for those that have ended, even while they wait to be collected by their parent. */
    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(process.pid()), "cmdline"));
        } catch (IOException ended) {
            return "";
        }
    }

    /** Whatever the demonstration made: its directory, and processes that work on it. */
    private List<String> left() throws IOException {
        try (var files = Files.list(directory)) {
            var made = files.map(file -> file.getFileName().toString())
                    .filter(name -> !List.of("out", "err").contains(name));
            var running = ProcessHandle.allProcesses()
                    .map(process -> process.info().commandLine().orElse(""))
                    .filter(line -> line.contains(directory + "/hoplog-demo"));
            return Stream.concat(made.filter(name -> name.startsWith("hoplog")), running)
                    .toList();
        }
    }

    private static JsonNode hop(JsonNode response, String name) {
        for (var hop : response.path("hops")) {
            if (hop.path("rib").path("hop").asText().equals(name)) {
                return hop;
            }
        }
        throw new AssertionError("no answer for " + name + " in " + response);
    }

    /** The truth is an interval too: (after, atOrBefore] of milliseconds since t0. */
    private static void assertMeets(JsonNode json, long afterMillis, long atOrBeforeMillis) {
        var answer = Bounds.between(
                Instant.parse(json.path("after").asText()),
                Instant.parse(json.path("atOrBefore").asText()));
        assertThat(answer.after().orElseThrow()).isBefore(T0.plusMillis(atOrBeforeMillis));
        assertThat(answer.atOrBefore()).isAfter(T0.plusMillis(afterMillis));
        assertThat(Duration.between(answer.after().orElseThrow(), answer.atOrBefore()))
                .isLessThanOrEqualTo(TWO_SCRAPES);
    }
}
