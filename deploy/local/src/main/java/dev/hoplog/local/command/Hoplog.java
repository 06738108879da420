package dev.hoplog.local.command;

import dev.hoplog.api.cli.ClientCommands;
import dev.hoplog.api.cli.CommandFailure;
import dev.hoplog.api.cli.HoplogClient;
import dev.hoplog.local.stack.Addresses;
import dev.hoplog.local.stack.StackState;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** The program: {@code hoplog COMMAND}. */
@Command(
        name = "hoplog",
        description = "When did a prefix stop reaching a hop, which link lost it first, and why?",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Start with `hoplog demo`; then `hoplog up`, `hoplog replay PATH`, and ask."})
public final class Hoplog {
    private Hoplog() {}

    public static void main(String[] arguments) {
        Logs.none();
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        var program = new CommandLine(new Hoplog());
        program.addSubcommand(new DemoCommand());
        var ofAStack = new CommandLine[] {
            new CommandLine(new UpCommand()),
            new CommandLine(new DownCommand()),
            new CommandLine(new StatusCommand()),
            new CommandLine(new ReplayCommand()),
            new CommandLine(new RebuildCommand()),
            new CommandLine(new VerifyCommand()),
            new CommandLine(new SuperviseCommand())
        };
        for (var command : ofAStack) {
            program.addSubcommand(command);
        }
        var data = new DataOption(); // one command runs, so one will do
        for (var question : ClientCommands.asking(() -> address(data))) {
            question.getCommandSpec().addMixin("data", CommandSpec.forAnnotatedObject(data));
            program.addSubcommand(question);
        }
        program.addSubcommand(ChainCommand.commandLine(Hoplog::address));
        withHelp(program);
        return ClientCommands.withPlainErrors(program).setUsageHelpWidth(110);
    }

    private static void withHelp(CommandLine command) {
        command.getCommandSpec().mixinStandardHelpOptions(true).versionProvider(Hoplog::version);
        command.getSubcommands().values().forEach(Hoplog::withHelp);
    }

    private static String[] version() {
        var version = Hoplog.class.getPackage().getImplementationVersion();
        return new String[] {"hoplog " + (version == null ? "(not packaged)" : version)};
    }

    /** Of what {@code up} started on the data directory that the command names. */
    private static String address(DataOption data) {
        try {
            var directory = data.existing();
            var running = directory.isEmpty()
                    ? Optional.<String>empty()
                    : StackState.read(directory.get())
                            .flatMap(StackState::addresses)
                            .map(Addresses::api);
            if (running.isEmpty() && data.isNamed()) {
                throw new CommandFailure("nothing runs on " + data + ": start it first (hoplog up" + data.again()
                        + "), or name the API with --address");
            }
            return running.orElse(HoplogClient.DEFAULT_ADDRESS);
        } catch (IOException unreadable) {
            throw new CommandFailure("cannot read what runs on " + data + ": " + unreadable.getMessage(), unreadable);
        }
    }
}
