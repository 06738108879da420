package dev.hoplog.ingest.chain;

import dev.hoplog.chain.Chain;
import dev.hoplog.chain.Node;
import dev.hoplog.model.HopId;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The hops of a chain beside those that have been observed. Pure.
 *
 * @param notFed hops of the chain that nothing feeds, ascending
 * @param notInChain hops that are fed and that the chain does not know, ascending
 * @param byAlias of those that it does not know by the name that they are observed by: the hop that they are by an alias of
 *     its node. Nothing that is observed of one counts for the other
 */
public record FedHops(List<HopId> notFed, List<HopId> notInChain, SortedMap<HopId, HopId> byAlias) {
    public FedHops {
        notFed = List.copyOf(notFed);
        notInChain = List.copyOf(notInChain);
        byAlias = Collections.unmodifiableSortedMap(new TreeMap<>(byAlias));
    }

    public static FedHops of(Chain chain, Collection<HopId> fed) {
        var known = new TreeSet<>(chain.hops());
        var notFed = new TreeSet<>(known);
        notFed.removeAll(new TreeSet<>(fed));
        var notInChain = new TreeSet<>(fed);
        notInChain.removeAll(known);
        var byAlias = new TreeMap<HopId, HopId>();
        for (var hop : notInChain) {
            chain.node(hop.node())
                    .map(Node::name)
                    .map(name -> new HopId(name, hop.daemon(), hop.table()))
                    .filter(known::contains)
                    .ifPresent(named -> byAlias.put(hop, named));
        }
        return new FedHops(List.copyOf(notFed), List.copyOf(notInChain), byAlias);
    }

    /** What is fed that is a hop of the chain by an alias of its node, ascending. */
    public List<HopId> aliasesOf(HopId inChain) {
        return byAlias.entrySet().stream()
                .filter(alias -> alias.getValue().equals(inChain))
                .map(alias -> alias.getKey())
                .toList();
    }

    public Optional<HopId> nameInChain(HopId observed) {
        return Optional.ofNullable(byAlias.get(observed));
    }
}
