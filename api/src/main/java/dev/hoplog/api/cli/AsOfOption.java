package dev.hoplog.api.cli;

import com.google.protobuf.Timestamp;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The instant that a question is about. */
@Command
final class AsOfOption {
    @Option(
            names = "--as-of",
            paramLabel = "TIME",
            description = "In ISO 8601 with a zone. Default: the end of what is known.")
    private Optional<Timestamp> asOf = Optional.empty();

    Optional<Timestamp> instant() {
        return asOf;
    }
}
