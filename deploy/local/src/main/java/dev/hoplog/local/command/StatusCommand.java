package dev.hoplog.local.command;

import dev.hoplog.api.cli.CommandFailure;
import dev.hoplog.api.cli.TextTable;
import dev.hoplog.local.stack.Installation;
import dev.hoplog.local.stack.StackStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code hoplog status}. */
@Command(
        name = "status",
        description = "Each part's state, address, log file, where its metrics are, and how far it has read.",
        footer = {"", "Exit code 0: everything is ready; 3: it is not, or does not run."})
final class StatusCommand implements Callable<Integer> {
    /** As init scripts have it for a service that does not run. */
    private static final int NOT_READY = 3;

    @Mixin
    private DataOption data = new DataOption();

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() {
        var out = command.commandLine().getOut();
        try {
            var directory = data.existing();
            if (directory.isEmpty()) {
                out.println("Hoplog on " + data + ": never started");
                out.flush();
                return NOT_READY;
            }
            var status = StackStatus.of(directory.get(), Installation.ofThisProgram());
            out.println("Hoplog on " + data + ": " + status.summary());
            lines(status).lines().forEach(out::println);
            if (!status.metrics().isEmpty()) {
                out.println("Metrics for Prometheus: " + String.join(" and ", status.metrics()));
            }
            if (!status.lag().isEmpty()) {
                out.println("Lag: " + status.lag() + ".");
            }
            out.flush();
            return status.ready() ? 0 : NOT_READY;
        } catch (IOException failed) {
            throw new CommandFailure(String.valueOf(failed.getMessage()), failed);
        }
    }

    static TextTable lines(StackStatus status) {
        var table = TextTable.withHeader("PART", "STATE", "PID", "WHERE", "LOG");
        status.parts()
                .forEach(part -> table.row(
                        part.part().label(),
                        part.state(),
                        part.pids().stream().map(String::valueOf).collect(Collectors.joining(" ")),
                        part.where(),
                        part.log().map(Path::toString).orElse("")));
        return table;
    }
}
