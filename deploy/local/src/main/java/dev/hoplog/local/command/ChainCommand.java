package dev.hoplog.local.command;

import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code hoplog chain COMMAND}. */
@Command(
        name = "chain",
        description = "The chain file: the hops of a network, and what should get from each to the next.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "The format is explained in docs/chain.md."})
final class ChainCommand {
    private ChainCommand() {}

    /**
     * With its commands.
     *
     * @param address knows which API serves a stack; may fail
     */
    static CommandLine commandLine(Function<DataOption, String> address) {
        return new CommandLine(new ChainCommand())
                .addSubcommand(new CommandLine(new ChainCheckCommand(address)))
                .addSubcommand(new CommandLine(new ChainPublishCommand()));
    }
}
