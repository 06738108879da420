package dev.hoplog.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * Where a stack keeps everything. One supervisor at a time.
 *
 * <pre>
 *   root/            its owner's alone
 *     lock           held by the supervisor while it lives
 *     stack          where everything listens, see {@link StackState}
 *     kafka/         the log
 *     postgres/      the projection, the password of its role, and PostgreSQL's own log
 *     streams/       state of the diff
 *     tmp/           what a replay unpacks
 *     logs/          what each process says
 * </pre>
 *
 * @param root a real path
 */
public record DataDirectory(Path root) {
    /** Makes the directory if there is none. */
    public static DataDirectory open(Path path) throws IOException {
        var absolute = path.toAbsolutePath();
        if (Files.notExists(absolute)) {
            Files.createDirectories(
                    absolute, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        var directory = new DataDirectory(absolute.toRealPath());
        Files.createDirectories(directory.logs());
        return directory;
    }

    /** Where a stack lives if nobody says otherwise. */
    public static Path byDefault(Map<String, String> environment) {
        var chosen = environment.getOrDefault("HOPLOG_DATA", "");
        if (!chosen.isEmpty()) {
            return Path.of(chosen);
        }
        var xdg = environment.getOrDefault("XDG_DATA_HOME", "");
        var base = xdg.isEmpty() ? Path.of(System.getProperty("user.home"), ".local", "share") : Path.of(xdg);
        return base.resolve("hoplog");
    }

    Path state() {
        return root.resolve("stack");
    }

    Path kafka() {
        return root.resolve("kafka");
    }

    Path postgres() {
        return root.resolve("postgres");
    }

    Path streams() {
        return root.resolve("streams");
    }

    Path temporary() {
        return root.resolve("tmp");
    }

    private Path logs() {
        return root.resolve("logs");
    }

    /** What a part says. */
    public Path log(Part part) {
        return switch (part) {
            case POSTGRESQL -> postgres().resolve("postgres.log");
            case BROKER -> log(Part.SUPERVISOR.label());
            case SUPERVISOR, STREAMS, API, INGEST -> log(part.label());
        };
    }

    private Path log(String program) {
        return logs().resolve(program + ".log");
    }
}
