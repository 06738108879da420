package dev.hoplog.api.cli;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A document in Markdown (GitHub-flavoured). What daemons printed can neither break a table nor become markup. */
final class Markdown {
    /** A word with two colons at least, and what stands before and after it. */
    private static final Pattern WORD = Pattern.compile("([(\"']*)([\\w.%/-]*:[\\w.%/-]*:[\\w.%/:-]*?)([,;.:)\"']*)");

    private static final Pattern TIME = Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT)?\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z?");

    private final StringBuilder text = new StringBuilder();

    void heading(int level, String title) {
        line("#".repeat(level) + " " + escape(title));
        line("");
    }

    void bullet(String sentence) {
        line("- " + escape(sentence));
    }

    /** Such as <b>Why:</b> and then the rest. */
    void bullet(String bold, String sentence) {
        line("- **" + bold + ":** " + escape(sentence));
    }

    /** One of those under the bullet before. */
    void subBullet(String sentence) {
        line("  - " + escape(sentence));
    }

    void paragraph(String sentence) {
        line(escape(sentence));
        line("");
    }

    void end() {
        line("");
    }

    /** Shown as it is, to be copied. */
    void code(String command) {
        line("```");
        line(command);
        line("```");
    }

    void table(List<String> header, Iterable<List<String>> rows) {
        row(header);
        line("|" + "---|".repeat(header.size()));
        rows.forEach(this::row);
        line("");
    }

    private void row(List<String> cells) {
        line("| " + cells.stream().map(Markdown::escape).collect(Collectors.joining(" | ")) + " |");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    @Override
    public String toString() {
        return text.toString();
    }

    /**
     * Text that Markdown shows as it is. Addresses and communities become code: between their colons a renderer may see
     * an emoji, {@code :100:} for one.
     */
    static String escape(String cell) {
        return Stream.of(BoundsText.oneLine(cell).split(" ", -1))
                .map(Markdown::word)
                .collect(Collectors.joining(" "));
    }

    private static String word(String word) {
        var parts = WORD.matcher(word);
        if (!parts.matches() || TIME.matcher(parts.group(2)).matches()) {
            return plain(word);
        }
        return plain(parts.group(1)) + "`" + parts.group(2) + "`" + plain(parts.group(3));
    }

    private static String plain(String text) {
        return text.replace("&", "&amp;").replaceAll("([\\\\|`*_<>\\[\\]~#])", "\\\\$1");
    }
}
