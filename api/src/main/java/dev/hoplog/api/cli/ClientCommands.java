package dev.hoplog.api.cli;

import com.google.protobuf.Timestamp;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The questions, as subcommands of whatever program offers them, and how any of its commands fails. */
public final class ClientCommands {
    private ClientCommands() {}

    /**
     * New commands, to be added to a program.
     *
     * @param defaultAddress knows which API to ask when the user names none; asked when the command line is parsed
     */
    public static List<CommandLine> asking(Supplier<String> defaultAddress) {
        return Stream.of(
                        new WhenStoppedCommand(defaultAddress),
                        new TimelineCommand(defaultAddress),
                        new LookupCommand(defaultAddress),
                        new TraceCommand(defaultAddress),
                        new GapsCommand(defaultAddress),
                        new IncidentsCommand(defaultAddress),
                        new ReportCommand(defaultAddress),
                        new RibCommand(defaultAddress),
                        new DiffCommand(defaultAddress),
                        new WatchCommand(defaultAddress),
                        new HopsCommand(defaultAddress))
                .map(command -> new CommandLine(command).registerConverter(Timestamp.class, new TimeArgument()))
                .toList();
    }

    /** To be called when all commands are added. A failure is one line and exit code 1, a misuse one line and 2. */
    public static CommandLine withPlainErrors(CommandLine program) {
        return program.setExecutionExceptionHandler(ClientCommands::failed)
                .setParameterExceptionHandler(ClientCommands::misused);
    }

    private static int failed(Exception failure, CommandLine command, ParseResult parsed) throws Exception {
        if (!(failure instanceof CommandFailure)) {
            throw failure; // a defect: picocli prints the stack trace
        }
        command.getErr().println("hoplog: " + failure.getMessage());
        command.getErr().flush();
        return ExitCode.SOFTWARE;
    }

    private static int misused(ParameterException misuse, String[] arguments) {
        var command = misuse.getCommandLine();
        command.getErr()
                .println("hoplog: " + misuse.getMessage() + " (see `"
                        + command.getCommandSpec().qualifiedName() + " --help`)");
        command.getErr().flush();
        return ExitCode.USAGE;
    }
}
