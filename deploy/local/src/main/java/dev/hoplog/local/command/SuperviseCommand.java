package dev.hoplog.local.command;

import dev.hoplog.local.stack.Installation;
import dev.hoplog.local.stack.Outside;
import dev.hoplog.local.stack.Supervisor;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code up} leaves running; in the foreground it serves a service manager. Its log goes to standard error. */
@Command(
        name = "supervise",
        description = "Run the stack in the foreground and log to standard error, for service managers.")
final class SuperviseCommand implements Callable<Integer> {
    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--port", paramLabel = "N", defaultValue = "9000", description = "Default: ${DEFAULT-VALUE}.")
    private int port;

    @Override
    public Integer call() throws InterruptedException {
        Logs.to(System.err);
        try {
            new Supervisor(data.opened(), Installation.ofThisProgram(), Outside.of(System.getenv())).run(port);
            return 0;
        } catch (IOException logged) {
            System.err.println("hoplog: " + logged.getMessage());
            return 1;
        }
    }
}
