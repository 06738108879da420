package dev.hoplog.api.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The chain that a question goes by. */
@Command
final class ChainOption {
    @Option(
            names = "--chain",
            paramLabel = "VERSION",
            description = "Judge all the past by this version of the chain. Default: by the one in force then.")
    private String version = "";

    /** Empty: each time the one in force then. */
    String version() {
        return version;
    }
}
