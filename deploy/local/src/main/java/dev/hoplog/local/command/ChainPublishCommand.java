package dev.hoplog.local.command;

import com.google.protobuf.Timestamp;
import dev.hoplog.api.cli.CommandFailure;
import dev.hoplog.api.cli.TimeArgument;
import dev.hoplog.local.stack.ChainInput;
import dev.hoplog.local.stack.ChainInput.InForce;
import dev.hoplog.local.stack.IngestFailure;
import dev.hoplog.local.stack.Installation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hoplog chain publish}. */
@Command(
        name = "publish",
        description = "Publish a chain file as a version of its network's chain, and return when it is in the log."
                + " Versions are never forgotten.",
        footer = {
            "",
            "Of two versions that speak of an instant, the one published later holds. So a change of the network is published"
                    + " as it happens, and a mistake in the file is mended with --since-ever or --in-force-from."
        })
final class ChainPublishCommand implements Callable<Integer> {
    @Mixin
    private DataOption data = new DataOption();

    @Parameters(index = "0", paramLabel = "FILE", description = "A chain file.")
    private Path file = Path.of("");

    @Option(
            names = "--network",
            paramLabel = "NAME",
            description = "Of this network. Default: the one that the file names.")
    private Optional<String> network = Optional.empty();

    @ArgGroup
    private @Nullable InForceOption inForce;

    /** Of which times the chain speaks. */
    private static final class InForceOption {
        @Option(names = "--since-ever", required = true, description = "The chain was so all the time.")
        private boolean sinceEver;

        @Option(
                names = "--in-force-from",
                required = true,
                paramLabel = "TIME",
                converter = TimeArgument.class,
                description = "The chain is so from then on, in ISO 8601 with a zone. Default: from now on.")
        private @Nullable Timestamp from;

        InForce said() {
            return from == null
                    ? new InForce.SinceEver()
                    : new InForce.From(Instant.ofEpochSecond(from.getSeconds(), from.getNanos())
                            .toString());
        }
    }

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() {
        var line = command.commandLine();
        try {
            var input = new ChainInput(
                    file.toAbsolutePath(), network, inForce == null ? new InForce.FromNowOn() : inForce.said());
            var published = input.publish(
                    Installation.ofThisProgram(),
                    data.opened(),
                    data.running().addresses().kafka());
            line.getOut()
                    .printf(
                            "Chain %s of network %s is in the log, in force %s.%n",
                            published.version(),
                            published.network(),
                            published.inForceFrom().map(from -> "from " + from).orElse("since ever"));
            line.getOut().flush();
            return 0;
        } catch (IngestFailure refused) {
            line.getErr().println(refused.getMessage());
            line.getErr().flush();
            return refused.exitCode();
        } catch (IOException failed) {
            throw new CommandFailure(String.valueOf(failed.getMessage()), failed);
        }
    }
}
