package dev.hoplog.api.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Function;

/**
 * Prefixes to which the same happened are told of once. More than {@value #SPELT_OUT} get a name where they are told of
 * first, and are listed under it once.
 */
final class PrefixSets {
    private static final int SPELT_OUT = 3;

    private final SequencedMap<Set<String>, String> names = new LinkedHashMap<>();

    /** Such as {@code fd00::/64, fd00:1::/64} or {@code P1 (11 prefixes)}. */
    String of(Collection<String> prefixes) {
        var set = new LinkedHashSet<>(prefixes);
        if (set.size() <= SPELT_OUT) {
            return String.join(", ", set);
        }
        return names.computeIfAbsent(set, _ -> "P" + (names.size() + 1)) + " (" + set.size() + " prefixes)";
    }

    /** What was said of one prefix after the other, each thing once, with all the prefixes that it was said of. */
    static <T, W> SequencedMap<W, SequencedSet<String>> grouped(
            Collection<T> said, Function<T, String> prefix, Function<T, W> what) {
        var prefixes = new LinkedHashMap<W, SequencedSet<String>>();
        said.forEach(one -> prefixes.computeIfAbsent(what.apply(one), _ -> new LinkedHashSet<>())
                .add(prefix.apply(one)));
        return prefixes;
    }

    /** The same as rows, which begin with the prefixes. */
    <T> List<List<String>> merged(Collection<T> said, Function<T, String> prefix, Function<T, List<String>> what) {
        var rows = new ArrayList<List<String>>();
        grouped(said, prefix, what).forEach((cells, of) -> {
            var row = new ArrayList<String>();
            row.add(of(of));
            row.addAll(cells);
            rows.add(row);
        });
        return rows;
    }

    /** The sets that were given a name, in the order in which they got it. */
    Map<String, Set<String>> named() {
        var named = new LinkedHashMap<String, Set<String>>();
        names.forEach((set, name) -> named.put(name, set));
        return named;
    }
}
