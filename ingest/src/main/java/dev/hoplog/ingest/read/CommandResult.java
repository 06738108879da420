package dev.hoplog.ingest.read;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;

/**
 * A command that was run on a hop, and how it ended.
 *
 * @param argv as it was run
 * @param from started then, whole microseconds, rounded down
 * @param to ended then, whole microseconds, rounded up
 * @param exitStatus zero is not success: FRR warns in JSON with zero, and dies in mid-reply with zero
 * @param stderr the daemon's or client's own words
 * @param vouchedWhole somebody says that standard output is all that was printed. That counts where nothing in it could
 *     tell; an output that shows that it is not whole stays refused
 */
public record CommandResult(
        List<String> argv,
        Instant from,
        Instant to,
        int exitStatus,
        String stderr,
        boolean vouchedWhole,
        Output output) {
    /** Where standard output can be read, once. */
    @FunctionalInterface
    public interface Output {
        InputStream open() throws IOException;
    }

    public CommandResult {
        argv = List.copyOf(argv);
    }

    /** An output that nobody vouches for. */
    public CommandResult(List<String> argv, Instant from, Instant to, int exitStatus, String stderr, Output output) {
        this(argv, from, to, exitStatus, stderr, false, output);
    }

    /** The command line, for people. */
    public String commandLine() {
        return String.join(" ", argv);
    }
}
