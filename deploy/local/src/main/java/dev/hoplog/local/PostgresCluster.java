package dev.hoplog.local;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import dev.hoplog.local.LocalPostgres.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a new PostgreSQL data directory, with the role and the database {@code hoplog} in it.
 *
 * <p>Everything is made aside and renamed into place at the end: a data directory that exists is complete. Nobody can log
 * in as the superuser, who has no password; the role owns its database, and may make roles, as one is made for dashboards.
 */
final class PostgresCluster {

    /** The role, and the database it owns. */
    static final String NAME = "hoplog";

    /** Replaces the file that initdb writes: every way in asks for a password. */
    private static final String HOST_BASED_AUTHENTICATION = """
            # TYPE  DATABASE  USER  ADDRESS       METHOD
            local   all       all                 scram-sha-256
            host    all       all   127.0.0.1/32  scram-sha-256
            """;

    private PostgresCluster() {}

    static void create(Path data, String password, Durability durability, PostgresPrograms programs)
            throws IOException {
        var draft = data.resolveSibling("data.new");
        Tree.delete(draft);
        // PostgreSQL's own collation: an upgrade of the C library cannot change the order of an index.
        programs.run(
                "initdb",
                "--pgdata=" + draft,
                "--username=postgres",
                "--auth=reject",
                durability.initdbOption,
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8");
        Files.writeString(draft.resolve("pg_hba.conf"), HOST_BASED_AUTHENTICATION);
        createRoleAndDatabase(draft, password, durability, programs);
        Files.move(draft, data, ATOMIC_MOVE);
    }

    /** In single-user mode, which asks for no password, listens nowhere, and wants one statement per line. */
    private static void createRoleAndDatabase(
            Path data, String password, Durability durability, PostgresPrograms programs) throws IOException {
        var statements = """
                CREATE ROLE %1$s LOGIN CREATEROLE PASSWORD '%2$s'
                CREATE DATABASE %1$s OWNER %1$s
                """.formatted(NAME, password);
        var command = new ArrayList<>(List.of("--single", "-D", data.toString()));
        command.addAll(List.of("-c", "exit_on_error=on"));
        command.addAll(List.of("-c", "log_min_error_statement=panic")); // a failure must not quote the password
        durability.settings().forEach(setting -> command.addAll(List.of("-c", setting)));
        command.add("postgres");
        programs.runWithInput(statements, "postgres", command.toArray(String[]::new));
    }
}
