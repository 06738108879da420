package dev.hoplog.api.query;

import dev.hoplog.chain.Chain;
import dev.hoplog.model.HopId;
import java.util.List;
import java.util.Optional;

/**
 * Whom a question is about.
 *
 * @param text a node, a hop as node/daemon/table, or empty for all hops
 */
record Target(String text) {
    /** @throws QueryFailure.Invalid if it has slashes and is no hop */
    static Target of(String text) {
        if (text.contains("/")) {
            try {
                return new Target(HopId.parse(text).toString());
            } catch (IllegalArgumentException e) {
                throw new QueryFailure.Invalid(String.valueOf(e.getMessage()));
            }
        }
        return new Target(text);
    }

    /** What it means under a chain, where it is a name that a node has or had beside the one that it goes by. */
    Optional<Target> under(Chain chain) {
        if (text.contains("/")) {
            var hop = HopId.parse(text);
            return chain.node(hop.node())
                    .map(node -> of(new HopId(node.name(), hop.daemon(), hop.table()).toString()))
                    .filter(other -> !other.equals(this));
        }
        return chain.node(text).map(node -> of(node.name())).filter(other -> !other.equals(this));
    }

    List<KnownTable> among(List<KnownTable> tables) {
        return tables.stream().filter(table -> includes(table.rib().hop())).toList();
    }

    boolean includes(HopId hop) {
        return text.isEmpty() || hop.node().equals(text) || hop.toString().equals(text);
    }
}
