package dev.hoplog.chain;

import dev.hoplog.model.HopId;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A host and its hops.
 *
 * @param aliases other names that it had or has; a question may use them
 * @param headline the hop that speaks for the node, one of its hops
 * @param hops at least one, without repetition, as the file lists them
 */
public record Node(String name, SortedSet<String> aliases, HopId headline, List<HopId> hops) {
    public Node {
        aliases = Collections.unmodifiableSortedSet(new TreeSet<>(aliases));
        hops = List.copyOf(hops);
        if (hops.stream().distinct().count() != hops.size()) {
            throw new IllegalArgumentException("node " + name + " lists a hop twice");
        }
        if (!hops.contains(headline)) {
            throw new IllegalArgumentException("the headline " + headline + " is no hop of node " + name);
        }
    }

    /** Whether it goes, or went, by that name. */
    public boolean isCalled(String other) {
        return name.equals(other) || aliases.contains(other);
    }
}
