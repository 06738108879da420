package dev.hoplog.ingest.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How a program was started, apart from what started it: {@code sudo}, {@code ssh}, {@code nsenter} and {@code kubectl
 * exec} have flags of their own, which mean nothing to the program.
 */
final class Invocation {
    /** A word of a shell's line, as far as recordings need it: quoted whole, or without any space. */
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

    private static final String OPERATORS = "|><;&";

    /** A shell on the way, such as that of {@code ssh}, unpacks one layer of quotes. */
    private static final int MOST_LAYERS = 3;

    private Invocation() {}

    /**
     * The words behind the program's name, which may have a path; empty: it is another program that was started, or what it
     * printed went through a shell's pipe or into a file, so that nobody knows what is left of it.
     */
    static Optional<List<String>> of(List<String> argv, Set<String> programs) {
        var words = argv;
        var found = behind(words, programs);
        for (int layer = 0; layer < MOST_LAYERS && found.isEmpty(); layer++) {
            words = split(words);
            found = behind(words, programs);
        }
        return found;
    }

    private static Optional<List<String>> behind(List<String> words, Set<String> programs) {
        for (int i = words.size() - 1; i >= 0; i--) {
            var word = words.get(i);
            if (programs.contains(word.substring(word.lastIndexOf('/') + 1))) {
                var behind = words.subList(i + 1, words.size());
                return behind.stream().anyMatch(Invocation::isOperator) ? Optional.empty() : Optional.of(behind);
            }
        }
        return Optional.empty();
    }

    /** What stands on standard error is no part of the answer: {@code 2>} may be. */
    private static boolean isOperator(String word) {
        return !word.isEmpty() && OPERATORS.indexOf(word.charAt(0)) >= 0;
    }

    /**
     * {@code ssh host "birdc show route all"} and {@code sh -c "..."} have the whole line as one argument; as somebody typed
     * it, all of it is one word.
     */
    private static List<String> split(List<String> argv) {
        var words = new ArrayList<String>();
        for (var argument : argv) {
            var word = WORD.matcher(argument);
            while (word.find()) {
                words.add(Optional.ofNullable(word.group(1))
                        .or(() -> Optional.ofNullable(word.group(2)))
                        .orElseGet(word::group));
            }
        }
        return words;
    }
}
