package dev.hoplog.chain;

import dev.hoplog.model.Communities;
import java.util.Comparator;

/**
 * Prefixes that an edge should carry, and what their routes need to get through.
 *
 * @param requires standard and large communities. They explain a loss and never decide what is expected: a route that lost
 *     its community must not become unexpected
 */
public record Carried(PrefixRange range, Communities requires) implements Comparable<Carried> {
    private static final Comparator<Carried> ORDER =
            Comparator.comparing(Carried::range).thenComparing(Carried::requires);

    public Carried {
        if (!requires.extended().isEmpty() || !requires.aliases().isEmpty()) {
            throw new IllegalArgumentException(
                    range + " requires something other than standard and large communities: " + requires);
        }
    }

    /** Whatever communities they have. */
    public static Carried freely(PrefixRange range) {
        return new Carried(range, Communities.none());
    }

    /** Whether of some prefix the two say different things. */
    boolean contradicts(Carried other) {
        return range.overlaps(other.range) && !requires.equals(other.requires);
    }

    @Override
    public int compareTo(Carried other) {
        return ORDER.compare(this, other);
    }
}
