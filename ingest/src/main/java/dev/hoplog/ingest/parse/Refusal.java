package dev.hoplog.ingest.parse;

import static dev.hoplog.model.FailureReason.NO_SUCH_TABLE;
import static dev.hoplog.model.FailureReason.REFUSED;
import static dev.hoplog.model.FailureReason.TRUNCATED;
import static dev.hoplog.model.FailureReason.UNREACHABLE;

import dev.hoplog.model.Excerpt;
import dev.hoplog.model.FailureReason;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a daemon, or the program that talks to it, says instead of an answer. */
public final class Refusal {
    private static final int MOST_CHARACTERS = 200;

    /** A phrase that somebody prints, in lower case, and what it means. The first that fits counts. */
    private record Phrase(String words, FailureReason reason) {}

    private static final List<Phrase> PHRASES = List.of(
            // vtysh, when bgpd dies in the middle of its reply: the exit status is still 0.
            new Phrase("error reading from", TRUNCATED),
            new Phrase("closing connection to", TRUNCATED),
            new Phrase("is not running", UNREACHABLE),
            new Phrase("failed to connect", UNREACHABLE),
            new Phrase("unable to connect", UNREACHABLE),
            new Phrase("connection refused", UNREACHABLE),
            new Phrase("connection error", UNREACHABLE),
            new Phrase("deadline exceeded", UNREACHABLE),
            new Phrase("view/vrf is unknown", NO_SUCH_TABLE),
            new Phrase("bgp instance not found", NO_SUCH_TABLE),
            new Phrase("invalid vrf", NO_SUCH_TABLE),
            new Phrase("fib table does not exist", NO_SUCH_TABLE));

    private Refusal() {}

    /** The failure that these words tell of, with the words themselves as its detail. */
    public static UnusableOutput of(String words) {
        return as(reason(words).orElse(REFUSED), words);
    }

    /** The same if they are known to tell of one; empty: they may be a mere warning. */
    public static Optional<UnusableOutput> known(String words) {
        return reason(words).map(reason -> as(reason, words));
    }

    private static UnusableOutput as(FailureReason reason, String words) {
        return new UnusableOutput(reason, Excerpt.of(words.strip(), MOST_CHARACTERS));
    }

    private static Optional<FailureReason> reason(String words) {
        var lower = words.toLowerCase(Locale.ROOT);
        return PHRASES.stream()
                .filter(phrase -> lower.contains(phrase.words()))
                .map(Phrase::reason)
                .findFirst();
    }

    /** Nothing was printed at all, not even an error: whoever should have answered was not there. */
    public static UnusableOutput silence() {
        return new UnusableOutput(UNREACHABLE, "the daemon printed nothing");
    }
}
