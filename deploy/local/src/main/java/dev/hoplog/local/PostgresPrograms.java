package dev.hoplog.local;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs {@code initdb}, {@code pg_ctl} and {@code postgres}, each to its end and within a limit of time.
 *
 * <p>PostgreSQL refuses to run as root. For root the programs are therefore started in a user namespace of their own
 * ({@code unshare --user}), where they see themselves, and the files they make, as nobody; nothing has to change owner.
 *
 * @param home the directory above {@code bin/}
 * @param prefix what goes before each command: empty for an ordinary user
 */
record PostgresPrograms(Path home, List<String> prefix) {

    /** Above the 60 s that pg_ctl itself allows a server to start or stop. */
    private static final int LIMIT_SECONDS = 90;

    private static final int ROOT = 0;

    static PostgresPrograms forThisUser(Path home) throws IOException {
        if ((int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") != ROOT) {
            return new PostgresPrograms(home, List.of());
        }
        var unshare = List.of("unshare", "--user");
        try {
            run(unshare, List.of("true"), "");
        } catch (IOException notPermitted) {
            throw new IOException(
                    "PostgreSQL does not run as root, and this system does not permit `unshare --user`, which gets round"
                            + " that: run as an ordinary user",
                    notPermitted);
        }
        return new PostgresPrograms(home, unshare);
    }

    void run(String program, String... arguments) throws IOException {
        runWithInput("", program, arguments);
    }

    /** Secrets go through {@code input}, since any user of the machine can read the arguments of a process. */
    void runWithInput(String input, String program, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(home.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        run(prefix, command, input);
    }

    private static void run(List<String> prefix, List<String> command, String input) throws IOException {
        var whole = new ArrayList<>(prefix);
        whole.addAll(command);
        // A file, since a pipe would have to be drained by a thread of its own for the limit of time to hold.
        var output = Files.createTempFile("postgres", ".out");
        try {
            var process = new ProcessBuilder(whole)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .directory(new File("/")) // ours may be closed to the unprivileged user
                    .start();
            try (var stdin = process.outputWriter()) {
                stdin.write(input);
            }
            requireSuccess(process, whole, output);
        } finally {
            Files.delete(output);
        }
    }

    private static void requireSuccess(Process process, List<String> command, Path output) throws IOException {
        try {
            if (!process.waitFor(LIMIT_SECONDS, SECONDS)) {
                process.destroyForcibly();
                throw new IOException(command + " did not end within " + LIMIT_SECONDS + " s");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while running " + command);
        }
        if (process.exitValue() != 0) {
            throw new IOException(
                    command + " failed: " + Files.readString(output).strip());
        }
    }
}
