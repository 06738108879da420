package dev.hoplog.ingest.chain;

import dev.hoplog.chain.Chain;
import dev.hoplog.model.HopId;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * The hops of a chain beside those that have been observed. Pure.
 *
 * @param notFed hops of the chain that nothing feeds, ascending
 * @param notInChain hops that are fed and that the chain does not know, ascending
 */
public record FedHops(List<HopId> notFed, List<HopId> notInChain) {
    public static FedHops of(Chain chain, Collection<HopId> fed) {
        var notFed = new TreeSet<>(chain.hops());
        notFed.removeAll(new TreeSet<>(fed));
        var notInChain = new TreeSet<>(fed);
        notInChain.removeAll(new TreeSet<>(chain.hops()));
        return new FedHops(List.copyOf(notFed), List.copyOf(notInChain));
    }
}
