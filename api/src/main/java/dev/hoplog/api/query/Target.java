package dev.hoplog.api.query;

import dev.hoplog.chain.ChainVersion;
import dev.hoplog.chain.Node;
import dev.hoplog.model.HopId;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Whom a question is about.
 *
 * @param text a node, a hop as node/daemon/table, or empty for all hops
 * @param names all that the node may go by; empty for all hops
 */
record Target(String text, SortedSet<String> names) {
    Target {
        names = Collections.unmodifiableSortedSet(new TreeSet<>(names));
    }

    /**
     * The very name, and no other.
     *
     * @throws QueryFailure.Invalid if it has slashes and is no hop
     */
    static Target of(String text) {
        if (text.isEmpty()) {
            return new Target(text, Collections.emptySortedSet());
        }
        if (!text.contains("/")) {
            return new Target(text, new TreeSet<>(List.of(text)));
        }
        try {
            var hop = HopId.parse(text);
            return new Target(hop.toString(), new TreeSet<>(List.of(hop.node())));
        } catch (IllegalArgumentException e) {
            throw new QueryFailure.Invalid(String.valueOf(e.getMessage()));
        }
    }

    /**
     * The same by all names of the node: its tables stand under the one that they were scraped by.
     *
     * @param versions of the chain, the one that is to be believed first first. The first that knows the name says which others
     *     there are: it may have been another node's in one before
     */
    Target under(Collection<ChainVersion> versions) {
        return versions.stream()
                .flatMap(version -> names.stream().flatMap(name -> version.chain().node(name).stream()))
                .findFirst()
                .map(this::by)
                .orElse(this);
    }

    private Target by(Node node) {
        var all = new TreeSet<>(names);
        all.add(node.name());
        all.addAll(node.aliases());
        return new Target(text, all);
    }

    List<KnownTable> among(List<KnownTable> tables) {
        return tables.stream().filter(table -> includes(table.rib().hop())).toList();
    }

    boolean includes(HopId hop) {
        return text.isEmpty()
                || names.contains(hop.node())
                        && hop().map(asked -> asked.daemon().equals(hop.daemon())
                                        && asked.table().equals(hop.table()))
                                .orElse(true);
    }

    private Optional<HopId> hop() {
        return text.contains("/") ? Optional.of(HopId.parse(text)) : Optional.empty();
    }
}
