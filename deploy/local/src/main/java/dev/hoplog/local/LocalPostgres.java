package dev.hoplog.local;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of our own, with one database, {@code hoplog}. It listens on 127.0.0.1 only, has no Unix socket, and
 * asks everyone for a password. Linux only.
 *
 * <pre>
 *   directory/          given by the caller; one running program at a time
 *     lock              held while this object is open
 *     password          of the role hoplog, random, made at the first start, readable by its owner only
 *     data/             the data directory of PostgreSQL: stays on close, reused by the next start
 *     postgres.log      what the server has to say
 * </pre>
 *
 * <p>If this JVM is killed, the server outlives it; the next start on the directory stops that server first. If the server is
 * killed, the next start recovers from its write-ahead log.
 */
public final class LocalPostgres implements AutoCloseable {

    /** The role that owns the database; not a superuser. */
    public static final String USER = PostgresCluster.NAME;

    /** What survives a crash of the machine. After a crash of PostgreSQL alone, both lose nothing committed. */
    public enum Durability {
        /** Every commit is on disk before it returns. */
        DURABLE("--sync-method=fsync", "on"),
        /** For demonstrations and tests: faster, and a crash of the machine may ruin the whole directory. */
        TEMPORARY("--no-sync", "off");

        final String initdbOption;
        private final String forceToDisk;

        Durability(String initdbOption, String forceToDisk) {
            this.initdbOption = initdbOption;
            this.forceToDisk = forceToDisk;
        }

        List<String> settings() {
            return List.of("fsync=" + forceToDisk, "full_page_writes=" + forceToDisk, "synchronous_commit=on");
        }
    }

    private final DirectoryLock lock;
    private final PostgresProcesses processes;
    private final PostgresPrograms programs;
    private final int port;
    private final String password;

    private LocalPostgres(
            DirectoryLock lock, PostgresProcesses processes, PostgresPrograms programs, int port, String password) {
        this.lock = lock;
        this.processes = processes;
        this.programs = programs;
        this.port = port;
        this.password = password;
    }

    /** Starts a durable server on a free port. */
    public static LocalPostgres start(Path directory) throws IOException {
        return start(directory, 0, Durability.DURABLE);
    }

    /**
     * Starts a server and returns when it accepts connections.
     *
     * @param directory made if there is none
     * @param port the port to listen on; 0 for a free one
     * @throws IOException if the directory is in use, the port is taken, or the server cannot start
     */
    public static LocalPostgres start(Path directory, int port, Durability durability) throws IOException {
        var home = Files.createDirectories(directory).toRealPath();
        var lock = DirectoryLock.take(home);
        try {
            return start(home, lock, port, durability);
        } catch (IOException | RuntimeException failed) {
            lock.close();
            throw failed;
        }
    }

    private static LocalPostgres start(Path home, DirectoryLock lock, int wantedPort, Durability durability)
            throws IOException {
        var programs = PostgresPrograms.forThisUser(PostgresBinaries.unpacked());
        var password = PasswordFile.readOrCreate(home.resolve("password"));
        var data = home.resolve("data");
        if (Files.notExists(data)) {
            PostgresCluster.create(data, password, durability, programs);
        }
        var processes = new PostgresProcesses(data);
        processes.stop(programs);
        var port = FreePort.orGiven(wantedPort); // free only now, if an orphan had it
        startServer(data, home.resolve("postgres.log"), port, durability, programs);
        return new LocalPostgres(lock, processes, programs, port, password);
    }

    private static void startServer(Path data, Path log, int port, Durability durability, PostgresPrograms programs)
            throws IOException {
        var options = Stream.concat(
                        Stream.of("listen_addresses=127.0.0.1", "port=" + port, "unix_socket_directories="),
                        durability.settings().stream())
                .map(setting -> "-c " + setting)
                .collect(joining(" ", "--options=", ""));
        try {
            programs.run("pg_ctl", "start", "--pgdata=" + data, "--log=" + log, "--wait", "--timeout=60", options);
        } catch (IOException failed) {
            throw new IOException("PostgreSQL did not start; it says why at the end of " + log, failed);
        }
    }

    /** Stops the server that a killed program has left running on the directory, if there is one. */
    public static void stopOrphan(Path directory) throws IOException {
        if (Files.notExists(directory.resolve("data"))) {
            return;
        }
        var home = directory.toRealPath();
        try (var _ = DirectoryLock.take(home)) {
            new PostgresProcesses(home.resolve("data")).stop(PostgresPrograms.forThisUser(PostgresBinaries.unpacked()));
        }
    }

    /** The server that runs on the directory, whoever started it. */
    public static Optional<ProcessHandle> server(Path directory) throws IOException {
        var data = directory.resolve("data");
        return Files.notExists(data) ? Optional.empty() : new PostgresProcesses(data.toRealPath()).server();
    }

    /** The password of the role {@code hoplog} of the directory. */
    public static String password(Path directory) throws IOException {
        return Files.readString(directory.resolve("password"), StandardCharsets.US_ASCII);
    }

    /** Whether the server still runs. */
    public boolean isRunning() {
        return processes.isServerRunning();
    }

    /** The port that it listens on. */
    public int port() {
        return port;
    }

    /** Where a JDBC driver finds the database; without user and password. */
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + PostgresCluster.NAME;
    }

    /** The role that owns the database; not a superuser. */
    public String user() {
        return PostgresCluster.NAME;
    }

    /** The password of {@link #user()}. */
    public String password() {
        return password;
    }

    /**
     * Stops the server and returns when it is gone; open transactions are rolled back. Does nothing if it is gone already.
     */
    @Override
    public void close() throws IOException {
        try (lock) {
            processes.stop(programs);
        }
    }
}
