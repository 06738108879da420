package dev.hoplog.ingest.read;

import java.util.List;
import java.util.Optional;

/** The option by which programs in Go choose how they print: {@code -o json}, {@code -ojson}, {@code --output=json}. */
final class OutputOption {
    private OutputOption() {}

    /** What was chosen last; empty: nothing. */
    static Optional<String> in(List<String> words) {
        Optional<String> chosen = Optional.empty();
        for (int i = 0; i < words.size(); i++) {
            var word = words.get(i);
            if (isAlone(word)) {
                chosen = i + 1 < words.size() ? Optional.of(words.get(i + 1)) : Optional.of("");
            } else if (isPart(word)) {
                chosen = Optional.of(word.replaceFirst("^(--output=|-o=?)", ""));
            }
        }
        return chosen;
    }

    /** Whether the word is the option, or the option and its value. */
    static boolean isPart(String word) {
        return isAlone(word) || word.startsWith("--output=") || (word.startsWith("-o") && !word.startsWith("--"));
    }

    /** Whether the value is the next word. */
    static boolean isAlone(String word) {
        return word.equals("-o") || word.equals("--output");
    }
}
