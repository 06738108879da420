package dev.hoplog.local.command;

import dev.hoplog.api.cli.CommandFailure;
import dev.hoplog.local.stack.IngestFailure;
import dev.hoplog.local.stack.Installation;
import dev.hoplog.local.stack.Replay;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hoplog replay}. */
@Command(name = "replay", description = "Take in a capture at full speed, and return when it is queryable.")
final class ReplayCommand implements Callable<Integer> {
    private static final int EXIT_REFUSED = 4;

    @Mixin
    private DataOption data = new DataOption();

    @Parameters(index = "0", paramLabel = "PATH", description = "A capture: a directory, or a .tar.gz of one.")
    private Path capture = Path.of("");

    @Option(names = "--network", paramLabel = "NAME", description = "Into this network. Default: the capture's name.")
    private @Nullable String network;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "Give up after so long without progress. Default: ${DEFAULT-VALUE}.")
    private int patience;

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() {
        var line = command.commandLine();
        try (var progress = ProgressLine.on(line.getErr())) {
            var begin = System.nanoTime();
            progress.step("Replaying");
            var summary = replay().run(capture.toAbsolutePath(), Optional.ofNullable(network), progress);
            progress.clear();
            line.getOut()
                    .printf(
                            "Network %s is queryable: %d snapshots, %d failed scrapes, in %.1f s.%n",
                            summary.network(),
                            summary.snapshots(),
                            summary.failures(),
                            Duration.ofNanos(System.nanoTime() - begin).toMillis() / 1000.0);
            line.getOut().flush();
            return exitCode(summary, line.getErr());
        } catch (IngestFailure refused) {
            line.getErr().println(refused.getMessage());
            line.getErr().flush();
            return refused.exitCode();
        } catch (IOException failed) {
            throw new CommandFailure(String.valueOf(failed.getMessage()), failed);
        }
    }

    private static int exitCode(Replay.Summary summary, PrintWriter err) {
        if (summary.refusals().records() == 0) {
            return 0;
        }
        err.printf(
                "%d records of it were refused, so part of it is not in the answers. The first: %s.%n"
                        + "A network takes in what is newer than what it has: replay an older capture, or one that"
                        + " overlaps, with --network into one of its own.%n",
                summary.refusals().records(), summary.refusals().firstDetail().orElse("no reason given"));
        err.flush();
        return EXIT_REFUSED;
    }

    private Replay replay() throws IOException {
        var addresses = data.running().addresses();
        return new Replay(
                Installation.ofThisProgram(),
                data.opened(),
                addresses.kafka(),
                addresses.api(),
                Duration.ofSeconds(patience));
    }
}
