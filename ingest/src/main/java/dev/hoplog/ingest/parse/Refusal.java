package dev.hoplog.ingest.parse;

import static dev.hoplog.model.FailureReason.NO_SUCH_TABLE;
import static dev.hoplog.model.FailureReason.REFUSED;
import static dev.hoplog.model.FailureReason.TRUNCATED;
import static dev.hoplog.model.FailureReason.UNPARSABLE;
import static dev.hoplog.model.FailureReason.UNREACHABLE;

import dev.hoplog.model.Excerpt;
import dev.hoplog.model.FailureReason;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

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

    /** Several lines of which the first is no complaint, or a route: only complaints stand alone. */
    private static final Pattern LISTING =
            Pattern.compile("(?:default|\\S+/\\d+)\\s|(?!%|(?i:error|usage|fatal|warning))[^\\n]+\\n.*\\S");

    private static final Pattern JSON_BELOW = Pattern.compile("(?s)\\n\\s*[{\\[].*");

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

    /**
     * The same, of text where JSON should be: that may also be what the daemon shows when it is not asked for JSON, and no
     * refusal at all.
     */
    public static UnusableOutput ofText(String words) {
        var refusal = of(complaint(words));
        return refusal.reason() == REFUSED && LISTING.matcher(words).lookingAt()
                ? new UnusableOutput(
                        UNPARSABLE,
                        "text in place of JSON, which begins with '"
                                + Excerpt.of(words.lines().findFirst().orElse("")) + "'; was this asked for in JSON?")
                : refusal;
    }

    /** A complaint without the JSON that follows it, as where an error stream runs into the answer. */
    private static String complaint(String words) {
        return JSON_BELOW.matcher(words).replaceFirst("");
    }

    /** Nothing was printed at all, not even an error: whoever should have answered was not there. */
    public static UnusableOutput silence() {
        return new UnusableOutput(UNREACHABLE, "the daemon printed nothing");
    }
}
