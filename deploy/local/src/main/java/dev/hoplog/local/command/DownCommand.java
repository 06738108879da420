package dev.hoplog.local.command;

import dev.hoplog.api.cli.CommandFailure;
import dev.hoplog.local.stack.Background;
import dev.hoplog.local.stack.Installation;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code hoplog down}. */
@Command(name = "down", description = "Stop what `up` started. The data stays.")
final class DownCommand implements Callable<Integer> {
    @Mixin
    private DataOption data = new DataOption();

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() {
        try (var progress = ProgressLine.on(command.commandLine().getErr())) {
            var directory = data.existing();
            progress.step("Stopping");
            var stopped = directory.isPresent() && new Background(directory.get(), Installation.ofThisProgram()).down();
            progress.clear();
            var out = command.commandLine().getOut();
            out.println(stopped ? "Stopped. The data stays in " + data + "." : "Nothing runs on " + data + ".");
            out.flush();
            return 0;
        } catch (IOException failed) {
            throw new CommandFailure(String.valueOf(failed.getMessage()), failed);
        }
    }
}
