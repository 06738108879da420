package dev.hoplog.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hoplog.local.LocalPostgres.Durability;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LocalPostgresTest {

    @TempDir
    Path directory;

    @Test
    void shouldKeepWhatWasWrittenOverARestart() throws Exception {
        String firstPassword;
        try (var postgres = LocalPostgres.start(directory)) {
            firstPassword = postgres.password();
            execute(postgres, "CREATE TABLE route (prefix cidr); INSERT INTO route VALUES ('192.0.2.0/24')");
        }

        try (var postgres = startFast()) {
            assertThat(query(postgres, "SELECT prefix FROM route")).isEqualTo("192.0.2.0/24");
            assertThat(postgres.password()).isEqualTo(firstPassword);
        }
    }

    @Test
    void shouldBeDurableUnlessToldOtherwise() throws Exception {
        try (var postgres = LocalPostgres.start(directory)) {
            assertThat(settings(postgres)).isEqualTo("on on on 127.0.0.1");
        }
        try (var postgres = startFast()) {
            assertThat(settings(postgres)).isEqualTo("off off on 127.0.0.1");
        }
    }

    @Test
    void shouldListenOnTheGivenPort() throws Exception {
        var port = FreePort.orGiven(0);
        try (var postgres = LocalPostgres.start(directory, port, Durability.TEMPORARY)) {
            assertThat(postgres.jdbcUrl()).isEqualTo("jdbc:postgresql://127.0.0.1:" + port + "/hoplog");
            assertThat(query(postgres, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void shouldRefuseWhoeverHasNoPassword() throws Exception {
        try (var postgres = startFast()) {
            assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), "wrong"))
                    .hasMessageContaining("password authentication failed");
            assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), null))
                    .hasMessageContaining("no password was provided");
            assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), "postgres", postgres.password()))
                    .hasMessageContaining("password authentication failed");
            assertThat(query(postgres, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))
                    .isEqualTo("f");
        }
    }

    @Test
    void shouldKeepThePasswordToItsOwner() throws Exception {
        try (var postgres = startFast()) {
            var file = directory.resolve("password");
            assertThat(file).hasContent(postgres.password());
            assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void shouldRecoverAfterTheServerWasKilled() throws Exception {
        var killed = LocalPostgres.start(directory);
        execute(killed, "CREATE TABLE t AS SELECT 1 AS n");
        server().orElseThrow().destroyForcibly();
        killed.close();

        try (var postgres = startFast()) {
            assertThat(query(postgres, "SELECT n FROM t")).isEqualTo("1");
        }
    }

    @Test
    void shouldStopTheOrphanOfAKilledProgramFirst() throws Exception {
        var program = ChildProgram.start(directory);
        var orphan = server().orElseThrow();
        var port = Integer.parseInt(
                Files.readAllLines(directory.resolve("data/postmaster.pid")).get(3));
        program.destroyForcibly().onExit().get(10, TimeUnit.SECONDS);
        assertThat(orphan.isAlive()).isTrue();

        try (var postgres = LocalPostgres.start(directory, port, Durability.DURABLE)) {
            assertThat(orphan.onExit()).succeedsWithin(Duration.ofSeconds(30));
            assertThat(query(postgres, "SELECT n FROM written")).isEqualTo("1");
        }
    }

    @Test
    void shouldTakeAStrangerWithTheRecordedPidForWhatItIs() throws Exception {
        startFast().close();
        var stranger = new ProcessBuilder("sleep", "600").start();
        try {
            Files.writeString(
                    directory.resolve("data/postmaster.pid"),
                    "%d\n%s/data\n1\n5432\n\n127.0.0.1\n1 1\nready\n".formatted(stranger.pid(), directory));
            try (var postgres = startFast()) {
                assertThat(query(postgres, "SELECT 1")).isEqualTo("1");
            }
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroy();
        }
    }

    @Test
    void shouldRefuseADirectoryInUse() throws Exception {
        try (var postgres = startFast()) {
            assertThatThrownBy(this::startFast).hasMessageContaining("in use");
            assertThat(query(postgres, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void shouldSayThatThePortIsTakenAndLetGoOfTheDirectory() throws Exception {
        try (var taken = new ServerSocket(0)) {
            assertThatThrownBy(() -> LocalPostgres.start(directory, taken.getLocalPort(), Durability.TEMPORARY))
                    .hasMessageContaining("taken");
        }
        startFast().close();
    }

    @Test
    void shouldSayWhereToLookWhenTheServerCannotStart() throws Exception {
        startFast().close();
        Files.writeString(directory.resolve("data/postgresql.conf"), "nonsense");
        assertThatThrownBy(this::startFast).hasMessageContaining("postgres.log");
        assertThat(directory.resolve("postgres.log")).content().contains("contains errors");
    }

    @Test
    void shouldCloseTwice() throws Exception {
        var postgres = startFast();
        postgres.close();
        postgres.close();
        assertThat(server()).isEmpty();
    }

    private LocalPostgres startFast() throws IOException {
        return LocalPostgres.start(directory, 0, Durability.TEMPORARY);
    }

    private Optional<ProcessHandle> server() throws IOException {
        var file = directory.resolve("data/postmaster.pid");
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst()));
    }

    private static String settings(LocalPostgres postgres) throws SQLException {
        return query(
                postgres,
                "SELECT concat_ws(' ', current_setting('fsync'), current_setting('full_page_writes'),"
                        + " current_setting('synchronous_commit'), current_setting('listen_addresses'))");
    }

    static void execute(LocalPostgres postgres, String sql) throws SQLException {
        try (var connection = connect(postgres);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(LocalPostgres postgres, String sql) throws SQLException {
        try (var connection = connect(postgres);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Connection connect(LocalPostgres postgres) throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
    }
}
