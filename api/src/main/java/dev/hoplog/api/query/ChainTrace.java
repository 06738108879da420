package dev.hoplog.api.query;

import dev.hoplog.chain.ChainVersion;
import dev.hoplog.chain.Edge;
import dev.hoplog.gap.EdgeCrossing;
import dev.hoplog.gap.Edges;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Id;
import dev.hoplog.model.Prefix;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What became of a prefix along the chain.
 *
 * @param prefix empty: of an address, no hop had any around it
 * @param asOf the instant that the edges are told of
 * @param edges see {@link Edges#at}
 * @param unknownBecause why nothing is told; empty: it is
 */
public record ChainTrace(
        Optional<Prefix> prefix,
        Optional<Instant> asOf,
        List<EdgeCrossing> edges,
        String unknownBecause,
        List<ChainVersion> versions) {

    /**
     * Never refuses the whole answer: without a chain it is still known what each hop had.
     *
     * @param hops only edges that one of these is an end of
     * @param asOf empty: the last instant up to which every hop is told of
     * @param version empty: each time by the one in force then
     * @throws QueryFailure.NotFound if there is no such version
     */
    static ChainTrace of(
            ReadTransaction transaction,
            ChainSource source,
            String network,
            Optional<Prefix> prefix,
            Predicate<HopId> hops,
            Optional<Instant> asOf,
            Optional<Id> version)
            throws SQLException {
        if (prefix.isEmpty()) {
            return unknown(prefix, asOf, "no hop has a route for this address", List.of());
        }
        try {
            var all = Tables.find(transaction, network, "").tables();
            var search = GapSearch.begin(transaction, source, network, all, version);
            var versions = search.versions();
            if (versions.isEmpty()) {
                return unknown(prefix, asOf, NoChain.because(transaction, network), versions);
            }
            if (!search.concerns(prefix.get())) {
                return unknown(prefix, asOf, "no edge of the chain should carry " + prefix.get(), versions);
            }
            var instant = asOf.or(() -> search.settledTo(prefix.get()));
            if (instant.isEmpty()) {
                return unknown(prefix, asOf, "no hop on its way was ever scraped", versions);
            }
            var edges = Edges.at(search.ground(prefix.get()), instant.get());
            var told = edges.stream().filter(edge -> touches(edge.edge(), hops)).toList();
            var why = !told.isEmpty()
                    ? ""
                    : edges.isEmpty()
                            ? "no edge that was there at that time should carry " + prefix.get()
                            : "no edge at these hops should carry " + prefix.get();
            return new ChainTrace(prefix, instant, told, why, versions);
        } catch (QueryFailure.TooMuch tooMuch) {
            return unknown(prefix, asOf, String.valueOf(tooMuch.getMessage()), List.of());
        }
    }

    private static ChainTrace unknown(
            Optional<Prefix> prefix, Optional<Instant> asOf, String why, List<ChainVersion> versions) {
        return new ChainTrace(prefix, asOf, List.of(), why, versions);
    }

    private static boolean touches(Edge edge, Predicate<HopId> hops) {
        return hops.test(edge.upstream()) || hops.test(edge.downstream());
    }
}
