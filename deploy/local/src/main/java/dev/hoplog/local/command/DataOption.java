package dev.hoplog.local.command;

import dev.hoplog.api.cli.CommandFailure;
import dev.hoplog.local.stack.DataDirectory;
import dev.hoplog.local.stack.Installation;
import dev.hoplog.local.stack.Outside;
import dev.hoplog.local.stack.RunningStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which stack of this machine: the one on this data directory. */
final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The stack's data directory. Default: $HOPLOG_DATA, else $XDG_DATA_HOME/hoplog, else"
                    + " ~/.local/share/hoplog.")
    private @Nullable Path data;

    private Path path() {
        return data == null ? DataDirectory.byDefault(System.getenv()) : data;
    }

    /** Whether the user said which. */
    boolean isNamed() {
        return data != null;
    }

    /** Makes it if there is none. */
    DataDirectory opened() throws IOException {
        return DataDirectory.open(path());
    }

    /** Empty: there never was a stack. */
    Optional<DataDirectory> existing() throws IOException {
        return Files.isDirectory(path()) ? Optional.of(DataDirectory.open(path())) : Optional.empty();
    }

    /** The stack that runs there. */
    RunningStack running() throws IOException {
        var directory = existing();
        return (directory.isEmpty()
                        ? Optional.<RunningStack>empty()
                        : RunningStack.of(directory.get(), Installation.ofThisProgram(), Outside.of(System.getenv())))
                .orElseThrow(() ->
                        new CommandFailure("nothing runs on " + this + ": start it first (hoplog up" + again() + ")"));
    }

    /** The option that names the same directory, to be shown; nothing if it is the default. */
    String again() {
        return data == null ? "" : " --data " + data;
    }

    @Override
    public String toString() {
        return path().toString();
    }
}
