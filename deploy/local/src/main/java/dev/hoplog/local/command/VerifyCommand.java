package dev.hoplog.local.command;

import dev.hoplog.api.cli.CommandFailure;
import dev.hoplog.api.verify.Verify;
import dev.hoplog.local.stack.RunningStack;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code hoplog verify}. */
@Command(
        name = "verify",
        description = "Check every invariant of the projection on live data. Reads only.",
        footer = {"", "Exit code 0: all hold; 1: one does not."})
final class VerifyCommand implements Callable<Integer> {
    @Mixin
    private DataOption data = new DataOption();

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() {
        var out = command.commandLine().getOut();
        try {
            var findings = new Verify(data.running().schema(RunningStack.LIVE_SCHEMA)).run();
            findings.forEach(finding -> out.println("broken: " + finding.invariant() + ": " + finding.where()));
            var checked = Verify.invariants().size();
            out.println(
                    findings.isEmpty()
                            ? "All " + checked + " invariants hold."
                            : "Not all of " + checked
                                    + " invariants hold. `hoplog rebuild` says whether the log agrees with"
                                    + " what is projected, and with --swap mends it.");
            out.flush();
            return findings.isEmpty() ? 0 : 1;
        } catch (IOException | SQLException failed) {
            throw new CommandFailure("cannot verify: " + failed.getMessage(), failed);
        }
    }
}
