package dev.hoplog.local.command;

import dev.hoplog.api.cli.CommandFailure;
import dev.hoplog.local.stack.Addresses;
import dev.hoplog.local.stack.Background;
import dev.hoplog.local.stack.Installation;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hoplog up}. */
@Command(
        name = "up",
        description =
                "Start everything on durable data, leave it running in the background, and return when it is ready.",
        footer = {
            "",
            "Kafka and PostgreSQL of your own: set HOPLOG_KAFKA_BOOTSTRAP_SERVERS, or HOPLOG_JDBC_URL, HOPLOG_JDBC_USER and",
            "HOPLOG_JDBC_PASSWORD; what is set is used, and the embedded one is not started."
        })
final class UpCommand implements Callable<Integer> {
    private static final int DEFAULT_PORT = 9000;

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--port", paramLabel = "N", description = "The port of the API. Default: " + DEFAULT_PORT + ".")
    private @Nullable Integer port;

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() {
        var err = command.commandLine().getErr();
        try (var progress = ProgressLine.on(err)) {
            var background = new Background(data.opened(), Installation.ofThisProgram());
            var ranAlready = background.isRunning();
            var addresses = background.up(port == null ? DEFAULT_PORT : port, progress::step);
            progress.clear();
            if (ranAlready && port != null && !addresses.api().endsWith(":" + port)) {
                throw new CommandFailure("it is running already, at " + addresses.api() + ": stop it first (hoplog down"
                        + data.again() + ") to have it at port " + port);
            }
            command.commandLine().getOut().print(text(ranAlready, addresses));
            command.commandLine().getOut().flush();
            return 0;
        } catch (IOException failed) {
            throw new CommandFailure(String.valueOf(failed.getMessage()), failed);
        }
    }

    private String text(boolean ranAlready, Addresses addresses) {
        return """
                Hoplog %s at %s (gRPC), on %s.
                  hoplog replay PATH%4$s                     take in a capture
                  hoplog when-stopped PREFIX NODE%4$s        ask
                  hoplog status%4$s                          see how it is
                  hoplog down%4$s                            stop it
                """.formatted(ranAlready ? "is running already" : "is ready", addresses.api(), data, data.again());
    }
}
