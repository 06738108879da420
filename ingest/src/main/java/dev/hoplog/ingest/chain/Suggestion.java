package dev.hoplog.ingest.chain;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/** What somebody may have meant. */
final class Suggestion {
    private static final int MOST_LISTED = 12;

    private Suggestion() {}

    /** How a message about an unknown name ends: the one that it resembles, or else those that there are. */
    static String among(Collection<String> known, String written) {
        if (known.isEmpty()) {
            return ": there is none";
        }
        return nearest(known, written)
                .map(name -> ": did you mean '" + name + "'?")
                .orElseGet(() -> ": there "
                        + (known.size() == 1 ? "is " : "are ")
                        + String.join(
                                ", ", known.stream().sorted().limit(MOST_LISTED).toList())
                        + (known.size() > MOST_LISTED ? ", ..." : ""));
    }

    private static Optional<String> nearest(Collection<String> known, String written) {
        return known.stream()
                .sorted()
                .min(Comparator.comparingInt(name -> distance(name, written)))
                .filter(name -> distance(name, written) <= written.length() / 2);
    }

    /** Levenshtein's: how many letters to put in, to take out, or to change. */
    private static int distance(String a, String b) {
        var row = IntStream.rangeClosed(0, b.length()).toArray();
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
