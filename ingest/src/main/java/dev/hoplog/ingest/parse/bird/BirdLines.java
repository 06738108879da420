package dev.hoplog.ingest.parse.bird;

import static dev.hoplog.model.FailureReason.NO_SUCH_TABLE;
import static dev.hoplog.model.FailureReason.REFUSED;
import static dev.hoplog.model.FailureReason.TRUNCATED;
import static dev.hoplog.model.FailureReason.UNPARSABLE;

import dev.hoplog.ingest.parse.Refusal;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.Excerpt;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one reply, the same in every {@link BirdForm}: codes, banner and asynchronous messages removed, errors
 * thrown. Every line must have its line end, unless somebody vouches for the last one, and a reply from the control socket
 * its final code. A terminal ends lines with CR LF.
 */
final class BirdLines {
    /** BIRD's own lines have at most 512. */
    private static final int MOST_OCTETS = 4096;

    private static final Pattern CODED = Pattern.compile("(\\d{4})([ -])(.*)", Pattern.DOTALL);
    private static final Pattern BANNER = Pattern.compile("(BIRD \\S+) ready\\.");
    private static final int WELCOME = 1;
    private static final int RESTRICTED = 16;
    private static final int FIRST_ERROR = 8000;

    /** "unexpected CF_SYM_UNDEFINED, expecting CF_SYM_KNOWN or ALL" and the like. */
    private static final Pattern UNKNOWN_NAME =
            Pattern.compile("syntax error, unexpected CF_SYM_UNDEFINED.*CF_SYM_KNOWN.*");

    private static final String RESTRICTION = "Access restricted";
    private static final List<String> STOPPED = List.of("Stopped due to reconfiguration", "Table is shutting down");

    /** How errors begin where their code is stripped. */
    private static final List<String> ERRORS = List.of(
            "syntax error",
            "Stopped due to reconfiguration",
            "Table is shutting down",
            "Access denied",
            "Access restricted by",
            "Command too long",
            "No valid tables",
            "Unable to connect");

    /** Sentences with which {@code show status} ends: whoever has one has the whole reply, line end or not. */
    private static final List<String> LAST_WORDS =
            List.of("Daemon is up and running", "Reconfiguration in progress", "Shutdown in progress");

    private final InputStream in;
    private final BirdForm form;
    private final boolean vouchedWhole;
    private Optional<String> version = Optional.empty();
    private final byte[] buffer = new byte[8192];
    private final byte[] octets = new byte[MOST_OCTETS];
    private int position;
    private int filled;
    private int number;
    private boolean finished;

    private BirdLines(InputStream in, BirdForm form, boolean vouchedWhole) {
        this.in = in;
        this.form = form;
        this.vouchedWhole = vouchedWhole;
    }

    /** Reads as far as the banner, which birdc always prints first. */
    static BirdLines open(InputStream in, BirdForm form) throws UnusableOutput {
        return open(in, form, false);
    }

    /** @param vouchedWhole somebody says that the last line is all there, with or without its end */
    static BirdLines open(InputStream in, BirdForm form, boolean vouchedWhole) throws UnusableOutput {
        var lines = new BirdLines(in, form, vouchedWhole);
        if (form != BirdForm.CONTROL_SOCKET) {
            lines.banner();
        }
        return lines;
    }

    /** From the banner, e.g. {@code BIRD 2.0.12}. */
    Optional<String> version() {
        return version;
    }

    /** Whether a reply that was read to its end is known to be whole. */
    boolean haveEndMark() {
        return form == BirdForm.CONTROL_SOCKET;
    }

    static boolean isLastWord(String text) {
        return LAST_WORDS.contains(text);
    }

    /** The next line without its code, or null after the last one of a reply that has its end. */
    @Nullable
    String next() throws UnusableOutput {
        while (!finished) {
            var line = read();
            if (line == null) {
                if (form == BirdForm.CONTROL_SOCKET) {
                    throw number == 0 ? Refusal.silence() : truncated("the reply has no final code");
                }
                return null;
            }
            var text = switch (form) {
                case BIRDC -> line.equals(RESTRICTION) ? null : line;
                case BIRDC_VERBOSE -> decoded(line, "     ");
                case CONTROL_SOCKET -> decoded(line, " ");
            };
            if (text != null) {
                check(text);
                return text;
            }
        }
        if (read() != null) {
            throw unparsable(
                    "something follows the final code: which of several replies is the command's is not told, so take away what"
                            + " timeformat and the like were answered");
        }
        return null;
    }

    UnusableOutput truncated(String what) {
        return new UnusableOutput(TRUNCATED, what + " (line " + number + ")");
    }

    UnusableOutput unparsable(String what) {
        return new UnusableOutput(UNPARSABLE, what + " (line " + number + ")");
    }

    private void banner() throws UnusableOutput {
        var line = read();
        if (line == null) {
            throw Refusal.silence();
        }
        var text = form == BirdForm.BIRDC_VERBOSE && line.startsWith("0001 ") ? line.substring(5) : line;
        var banner = BANNER.matcher(text);
        if (!banner.matches()) {
            var refusal = error(line);
            throw refusal.reason() == REFUSED && !isError(line)
                    ? unparsable("'BIRD ... ready.' was expected, not '" + Excerpt.of(line) + "'")
                    : refusal;
        }
        version = Optional.of(banner.group(1));
    }

    /** The text behind code or indent, or null for a line that is no part of the reply. */
    private @Nullable String decoded(String line, String indent) throws UnusableOutput {
        if (line.startsWith(indent)) {
            return line.substring(indent.length());
        }
        // Asynchronous messages; birdc prints >>> for the +.
        if (line.startsWith("+") || line.startsWith(">>> ")) {
            return null;
        }
        var coded = CODED.matcher(line);
        if (!coded.matches()) {
            throw unparsable("a line without reply code: '" + Excerpt.of(line) + "'");
        }
        int code = Integer.parseInt(coded.group(1));
        var text = coded.group(3);
        if (code >= FIRST_ERROR) {
            throw error(text);
        }
        if (code == WELCOME || code == RESTRICTED) {
            var banner = BANNER.matcher(text);
            version = banner.matches() ? Optional.of(banner.group(1)) : version;
            return null;
        }
        boolean last = form == BirdForm.CONTROL_SOCKET && coded.group(2).equals(" ");
        finished = last;
        return last && text.isEmpty() ? null : text;
    }

    private void check(String text) throws UnusableOutput {
        if (text.contains("<line overflow>")) {
            throw truncated("BIRD cut a line that was too long for it");
        }
        if (form == BirdForm.BIRDC && isError(text)) {
            throw error(text);
        }
    }

    private static boolean isError(String text) {
        return ERRORS.stream().anyMatch(text::startsWith);
    }

    /** An unknown table or protocol is a syntax error to BIRD: its parser only knows the names that exist. */
    private static UnusableOutput error(String text) {
        if (UNKNOWN_NAME.matcher(text).matches()) {
            return new UnusableOutput(NO_SUCH_TABLE, Excerpt.of(text));
        }
        return STOPPED.stream().anyMatch(text::startsWith)
                ? new UnusableOutput(TRUNCATED, Excerpt.of(text))
                : Refusal.of(text);
    }

    private @Nullable String read() throws UnusableOutput {
        int length = 0;
        try {
            for (int octet = octet(); octet != '\n'; octet = octet()) {
                if (octet < 0) {
                    return length == 0 ? null : unterminated(text(length));
                }
                if (length == octets.length) {
                    throw unparsable("a line of more than " + MOST_OCTETS + " octets after this one");
                }
                octets[length++] = (byte) octet;
            }
        } catch (IOException e) {
            throw new UnusableOutput(TRUNCATED, "reading failed: " + e.getMessage(), e);
        }
        number++;
        return checked(text(length));
    }

    private String checked(String text) throws UnusableOutput {
        if (text.codePoints().anyMatch(c -> c != '\t' && Excerpt.isControl(c))) {
            throw unparsable("control characters: '" + Excerpt.of(text) + "'");
        }
        return text;
    }

    private int octet() throws IOException {
        if (position == filled) {
            position = 0;
            filled = Math.max(in.read(buffer), 0);
        }
        return filled == 0 ? -1 : buffer[position++] & 0xFF;
    }

    private String text(int length) {
        int end = length > 0 && octets[length - 1] == '\r' ? length - 1 : length;
        return new String(octets, 0, end, StandardCharsets.UTF_8);
    }

    private String unterminated(String line) throws UnusableOutput {
        number++;
        var words = line.startsWith("0013 ") && form != BirdForm.BIRDC ? line.substring(5) : line;
        if (!isLastWord(words) && !vouchedWhole) {
            throw truncated("the last line breaks off: '" + Excerpt.of(line) + "'");
        }
        return checked(line);
    }
}
