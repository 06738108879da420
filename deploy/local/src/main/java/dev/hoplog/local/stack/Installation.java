package dev.hoplog.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the build made.
 *
 * @param home the root of the source tree
 */
public record Installation(Path home) {
    private static final String HOME_PROPERTY = "hoplog.home";

    /** The one that this program belongs to: {@code deploy/hoplog} says where. */
    public static Installation ofThisProgram() {
        return new Installation(Path.of(System.getProperty(HOME_PROPERTY, ".")).toAbsolutePath());
    }

    /** The program of a module. */
    Path app(String module) throws IOException {
        return existing(home.resolve(module + "/target/quarkus-app/quarkus-run.jar"));
    }

    /** The recording that the demonstration replays. */
    public Path recording() throws IOException {
        return existing(home.resolve("deploy/recordings/stop-reaching-pve02/capture.tar.gz"));
    }

    private static Path existing(Path file) throws IOException {
        if (Files.notExists(file)) {
            throw new IOException(
                    file + " is missing: start Hoplog with deploy/hoplog, which builds what is not built");
        }
        return file;
    }

    /** As {@code deploy/hoplog} names it: of this JVM one would hear every jar by name. */
    String classPath() {
        var target = home.resolve("deploy/local/target");
        return target.resolve("hoplog-local.jar") + ":" + target.resolve("lib") + "/*";
    }

    /** What a JVM needs to run this program's classes as this JVM does. */
    String homeFlag() {
        return "-D" + HOME_PROPERTY + "=" + home;
    }
}
