package dev.hoplog.api.query;

import dev.hoplog.api.history.Verdict;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.chain.Node;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Id;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.TimeSpans;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What broke when a prefix stopped reaching a hop.
 *
 * @param gap at the hop itself, or before it; empty: none is known
 * @param unknownBecause why none is; empty where one is, or where there is nothing to explain
 */
public record Broken(Optional<ExplainedGap> gap, String unknownBecause) {
    static Broken nothing() {
        return because("");
    }

    private static Broken because(String why) {
        return new Broken(Optional.empty(), why);
    }

    /**
     * All gaps of a prefix.
     *
     * @param noneBecause why none is known at all; empty: they are
     */
    record Finder(List<ExplainedGap> gaps, List<ChainVersion> versions, String noneBecause) {
        Broken of(HopId hop, Verdict verdict) {
            var lacking = lacking(verdict);
            if (lacking.isEmpty() && verdict.stop().isEmpty()) {
                return nothing();
            }
            if (!noneBecause.isEmpty()) {
                return because(noneBecause);
            }
            if (lacking.isEmpty()) {
                // A reading takes time, and the next change may have begun while it went on.
                return because(
                        "it was seen missing in one reading only: the bounds of its stop and of its return overlap, and"
                                + " at no instant is it certain that the hop was without it");
            }
            var found = gaps.stream()
                    .filter(gap -> !gap.at(hop).intersect(lacking).isEmpty())
                    .min(Comparator.comparing(gap ->
                            gap.at(hop).intersect(lacking).spans().getFirst().from()));
            if (found.isPresent()) {
                return new Broken(found, "");
            }
            boolean isInChain =
                    versions.stream().anyMatch(version -> version.chain().hops().contains(hop));
            return isInChain
                    ? because(
                            "no edge of the chain is known to have lost it: no hop before this one is proven to have had"
                                    + " the prefix meanwhile, for longer than the way from there may take, and to have had"
                                    + " to pass it on")
                    : because("no edge leads to " + hop + ": the chain has no such hop" + itsName(hop));
        }

        /** By which other name the chain has its node. */
        private String itsName(HopId hop) {
            return versions.reversed().stream()
                    .flatMap(version -> version.chain().node(hop.node()).stream())
                    .map(Node::name)
                    .filter(name -> !name.equals(hop.node()))
                    .findFirst()
                    .map(name -> ", and judges " + name + ", which is another name of " + hop.node()
                            + ", by what is scraped as " + name)
                    .orElse("");
        }

        /** When the hop was without the prefix, as far as that is to be explained. */
        private static TimeSpans lacking(Verdict verdict) {
            return switch (verdict.outcome()) {
                case STOPPED, STOPPED_AND_BACK, UNKNOWN ->
                    verdict.stop()
                            .flatMap(stop -> verdict.judgedAt().map(stop::certain))
                            .orElse(TimeSpans.none());
                case NEVER_SEEN ->
                    verdict.judgedAt()
                            .map(at -> TimeSpans.of(dev.hoplog.model.TimeSpan.closed(Instant.MIN, at)))
                            .orElse(TimeSpans.none());
                case STILL_REACHING -> TimeSpans.none();
            };
        }
    }

    /**
     * Never refuses the whole answer: without a chain it is still known when it stopped.
     *
     * @param version empty: each time by the one in force then
     * @throws QueryFailure.NotFound if there is no such version
     */
    static Finder find(
            ReadTransaction transaction,
            ChainSource source,
            String network,
            Prefix prefix,
            Optional<Id> version,
            Cut cut)
            throws SQLException {
        var all = Tables.find(transaction, network, "").tables();
        try {
            var search = GapSearch.begin(transaction, source, network, all, version);
            var versions = search.versions();
            if (versions.isEmpty()) {
                return new Finder(List.of(), versions, NoChain.because(transaction, network));
            }
            if (!search.concerns(prefix)) {
                return new Finder(List.of(), versions, "no edge of the chain should carry " + prefix);
            }
            return new Finder(search.gaps(Set.of(prefix), cut, gap -> true), versions, "");
        } catch (QueryFailure.TooMuch tooMuch) {
            return new Finder(List.of(), List.of(), String.valueOf(tooMuch.getMessage()));
        }
    }
}
