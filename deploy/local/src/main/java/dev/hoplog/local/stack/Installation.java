package dev.hoplog.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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

    /** The chain of the recordings. */
    public Path recordedChain() throws IOException {
        return existing(home.resolve("deploy/recordings/chain.yaml"));
    }

    private static Path existing(Path file) throws IOException {
        if (Files.notExists(file)) {
            throw new IOException(
                    file + " is missing: start Hoplog with deploy/hoplog, which builds what is not built");
        }
        return file;
    }

    /** This program, as a command line of its own. */
    List<String> hoplog(int heapMegabytes, List<String> moreFlags, List<String> arguments) {
        var flags = new ArrayList<>(moreFlags);
        flags.add("-D" + HOME_PROPERTY + "=" + home);
        flags.add("-Djava.util.logging.manager=" + System.getProperty("java.util.logging.manager"));
        var program = new ArrayList<>(List.of("-cp", classPath(), "dev.hoplog.local.command.Hoplog"));
        program.addAll(arguments);
        return Jvm.command(heapMegabytes, flags, program);
    }

    /** As {@code deploy/hoplog} names it: of this JVM one would hear every jar by name. */
    private String classPath() {
        var target = home.resolve("deploy/local/target");
        return target.resolve("hoplog-local.jar") + ":" + target.resolve("lib") + "/*";
    }
}
