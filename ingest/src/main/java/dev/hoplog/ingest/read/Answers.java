package dev.hoplog.ingest.read;

import dev.hoplog.ingest.parse.Refusal;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.FailureReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;

/** Opens what a command printed, unless the command itself says that it failed. */
final class Answers {
    private static final int MOST_WORDS_OCTETS = 4_000;

    private Answers() {}

    /** Something that reads one output to its end. */
    @FunctionalInterface
    interface Parser<T> {
        T parse(InputStream in) throws UnusableOutput;
    }

    static <T> T parse(CommandResult command, Parser<T> parser) throws UnusableOutput {
        try (var in = command.output().open()) {
            if (command.exitStatus() != 0) {
                throw refused(command, in);
            }
            return parse(parser, in, command.stderr());
        } catch (NoSuchFileException e) {
            throw new UnusableOutput(FailureReason.FILE_MISSING, "its output is listed, but not there", e);
        } catch (IOException e) {
            throw new UnusableOutput(FailureReason.TRUNCATED, "its output cannot be read: " + e.getMessage(), e);
        }
    }

    /** Why an output breaks off may stand on standard error, even where a script in between lost the exit status. */
    private static <T> T parse(Parser<T> parser, InputStream in, String stderr) throws UnusableOutput {
        try {
            return parser.parse(in);
        } catch (UnusableOutput e) {
            if (e.reason() != FailureReason.TRUNCATED) {
                throw e;
            }
            throw Refusal.known(stderr).orElse(e);
        }
    }

    private static UnusableOutput refused(CommandResult command, InputStream in) throws IOException {
        var printed = new String(in.readNBytes(MOST_WORDS_OCTETS), StandardCharsets.UTF_8);
        var words = command.stderr().isBlank() ? printed : command.stderr();
        return words.isBlank()
                ? new UnusableOutput(FailureReason.REFUSED, "exit status " + command.exitStatus() + " without a word")
                : Refusal.of(words);
    }
}
