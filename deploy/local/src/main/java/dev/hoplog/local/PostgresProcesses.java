package dev.hoplog.local;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * The PostgreSQL processes of one data directory, whoever started them. A server outlives a JVM that is killed; and when a
 * server is killed, its children live on for a moment and hold its shared memory, so that no new server can start.
 *
 * <p>A process belongs to the directory if it runs {@code postgres} and works in it. The number in {@code postmaster.pid}
 * alone proves nothing: after a reboot, or in a new container, it may be anybody's.
 */
final class PostgresProcesses {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int LOOK_AGAIN_MILLIS = 50;

    /** Greater than the kernel ever gives to a process, so that whoever looks for it finds none. */
    private static final String NO_PROCESS = String.valueOf(Integer.MAX_VALUE);

    private final Path data;

    /** @param data the real path of an existing data directory */
    PostgresProcesses(Path data) {
        this.data = data;
    }

    /** The server, if it runs. */
    Optional<ProcessHandle> server() throws IOException {
        return recordedServer().filter(process -> runsPostgres(process) && worksInData(process));
    }

    boolean isServerRunning() {
        try {
            return server().isPresent();
        } catch (IOException itsFileJustWent) {
            return false;
        }
    }

    /** Stops the server if one runs, and returns when no process of the directory is left. */
    void stop(PostgresPrograms programs) throws IOException {
        var running = running();
        var recorded = recordedServer();
        if (recorded.filter(running::contains).isPresent()) {
            shutDown(recorded.get(), programs);
        } else if (recorded.isPresent()) {
            disownRecordedServer();
        }
        awaitNoneRunning();
    }

    /**
     * Asks for a fast shutdown, which rolls open transactions back. {@code pg_ctl stop} would wait as well, but calls it a
     * failure if the server is killed meanwhile.
     */
    private static void shutDown(ProcessHandle server, PostgresPrograms programs) throws IOException {
        try {
            programs.run("pg_ctl", "kill", "INT", String.valueOf(server.pid()));
        } catch (IOException failed) {
            if (server.isAlive()) {
                throw failed;
            }
        }
    }

    /** Without those that have ended and only wait to be collected by their parent: they run no program any more. */
    private List<ProcessHandle> running() {
        return ProcessHandle.allProcesses()
                .filter(process -> runsPostgres(process) && worksInData(process))
                .toList();
    }

    private static boolean runsPostgres(ProcessHandle process) {
        // A program replaced on disk meanwhile is shown as "postgres (deleted)".
        return process.info()
                .command()
                .filter(command -> Path.of(command).getFileName().toString().startsWith("postgres"))
                .isPresent();
    }

    private boolean worksInData(ProcessHandle process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", String.valueOf(process.pid()), "cwd"))
                    .equals(data);
        } catch (IOException endedOrAnotherUsers) {
            return false;
        }
    }

    /** The living process that {@code postmaster.pid} names in its first line, be it a server of ours or not. */
    private Optional<ProcessHandle> recordedServer() throws IOException {
        var file = postmasterPid();
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        return Files.readAllLines(file).stream()
                .findFirst()
                .filter(line -> line.matches("\\d{1,18}"))
                .flatMap(line -> ProcessHandle.of(Long.parseLong(line)));
    }

    /**
     * Writes a pid that no process has where the recorded one now belongs to a stranger: PostgreSQL would take the stranger
     * for its server and refuse to start. The rest of the file stays, since PostgreSQL finds the shared memory in it and
     * checks that nobody uses that any more.
     */
    private void disownRecordedServer() throws IOException {
        var lines = new ArrayList<>(Files.readAllLines(postmasterPid()));
        lines.set(0, NO_PROCESS);
        Files.write(postmasterPid(), lines);
    }

    private Path postmasterPid() {
        return data.resolve("postmaster.pid");
    }

    /**
     * Looks again and again, rather than wait for the exit of each, because an ended process whose new parent is slow to
     * collect it, as the first process of a container may be, never exits for the JDK; {@link #running} knows better.
     */
    private void awaitNoneRunning() throws IOException {
        var deadline = Instant.now().plus(LIMIT);
        for (var left = running(); !left.isEmpty(); left = running()) {
            if (Instant.now().isAfter(deadline)) {
                throw new IOException("PostgreSQL in " + data + " did not end within " + LIMIT + ": processes "
                        + left.stream().map(ProcessHandle::pid).toList());
            }
            awaitExit(left.getFirst());
        }
    }

    private void awaitExit(ProcessHandle process) throws IOException {
        try {
            process.onExit().get(LOOK_AGAIN_MILLIS, MILLISECONDS);
        } catch (TimeoutException lookAgain) {
            // the caller does
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while PostgreSQL stopped in " + data);
        } catch (ExecutionException failed) {
            throw new IOException("cannot wait for the end of process " + process.pid(), failed);
        }
    }
}
