package dev.hoplog.model;

import com.google.common.collect.Comparators;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * All communities of a path, each kind ascending and without repetition: they are sets.
 *
 * @param standard RFC 1997
 * @param large RFC 8092
 * @param extended RFC 4360, as {@code type:global:local} in lower case
 * @param aliases names that a daemon printed in place of values, which only its configuration could resolve
 */
public record Communities(
        List<Community> standard, List<LargeCommunity> large, List<String> extended, List<String> aliases)
        implements Comparable<Communities> {
    private static final Communities NONE = new Communities(List.of(), List.of(), List.of(), List.of());
    private static final Comparator<Communities> ORDER = Comparator.comparing(
                    Communities::standard, Comparators.lexicographical(Comparator.<Community>naturalOrder()))
            .thenComparing(Communities::large, Comparators.lexicographical(Comparator.<LargeCommunity>naturalOrder()))
            .thenComparing(Communities::extended, Comparators.lexicographical(Comparator.<String>naturalOrder()))
            .thenComparing(Communities::aliases, Comparators.lexicographical(Comparator.<String>naturalOrder()));

    public Communities {
        standard = ascending(standard);
        large = ascending(large);
        extended = ascending(extended);
        aliases = ascending(aliases);
    }

    public static Communities none() {
        return NONE;
    }

    /** Those that are among others too. */
    public Communities among(Communities others) {
        return new Communities(
                standard.stream().filter(others.standard::contains).toList(),
                large.stream().filter(others.large::contains).toList(),
                extended.stream().filter(others.extended::contains).toList(),
                aliases.stream().filter(others.aliases::contains).toList());
    }

    private static <T extends Comparable<T>> List<T> ascending(Collection<T> values) {
        return values.stream().sorted().distinct().toList();
    }

    @Override
    public int compareTo(Communities other) {
        return ORDER.compare(this, other);
    }
}
