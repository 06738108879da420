package dev.hoplog.api.query;

import dev.hoplog.api.history.BlindSpells.BlindSpell;
import dev.hoplog.api.query.ExplainedGap.ExplainedCause;
import dev.hoplog.api.query.ExplainedGap.Finality;
import dev.hoplog.api.query.ExplainedGap.HopLoss;
import dev.hoplog.api.query.ExplainedGap.Suspended;
import dev.hoplog.chain.ChainTimeline;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.gap.EdgeUses;
import dev.hoplog.gap.Explainer;
import dev.hoplog.gap.Gap;
import dev.hoplog.gap.GapFinder;
import dev.hoplog.gap.Ground;
import dev.hoplog.gap.Histories;
import dev.hoplog.gap.Suspension;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Id;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.RibId;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.TimeSpans;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds the gaps of prefixes in what is projected, by the one set of rules. For one answer. */
final class GapSearch {
    /** So many are read at once. */
    private static final int CHUNK = 256;

    private final ReadTransaction transaction;
    private final String network;
    private final ChainTimeline chains;
    private final ChainTables tables;
    /** Whether a version of the chain was asked for. */
    private final boolean asIf;

    private GapSearch(
            ReadTransaction transaction, String network, ChainTimeline chains, ChainTables tables, boolean asIf) {
        this.transaction = transaction;
        this.network = network;
        this.chains = chains;
        this.tables = tables;
        this.asIf = asIf;
    }

    /**
     * By the versions as they were in force, or by one.
     *
     * @param all the tables of the network
     * @throws QueryFailure.NotFound if there is no such version
     */
    static GapSearch begin(
            ReadTransaction transaction, ChainSource source, String network, List<KnownTable> all, Optional<Id> version)
            throws SQLException {
        var chains = version.isEmpty()
                ? source.timeline(transaction, network)
                : ChainTimeline.of(List.of(forEver(source.version(transaction, network, version.get())
                        .orElseThrow(() -> new QueryFailure.NotFound(
                                "network " + network + " has no version " + version.get() + " of its chain")))));
        return new GapSearch(
                transaction, network, chains, ChainTables.of(transaction, all, chains), version.isPresent());
    }

    /** By a chain that need not have been published, at all times. */
    static GapSearch as(ReadTransaction transaction, ChainVersion version, List<KnownTable> all) throws SQLException {
        var chains = ChainTimeline.of(List.of(forEver(version)));
        return new GapSearch(transaction, version.network(), chains, ChainTables.of(transaction, all, chains), true);
    }

    private static ChainVersion forEver(ChainVersion version) {
        return new ChainVersion(
                version.network(), version.id(), Optional.empty(), version.publishedAt(), version.chain());
    }

    ChainTimeline chains() {
        return chains;
    }

    ChainTables tables() {
        return tables;
    }

    boolean concerns(Prefix prefix) {
        return versions().stream().anyMatch(version -> version.chain().concerns(prefix));
    }

    List<ChainVersion> versions() {
        return List.copyOf(chains.versions());
    }

    /**
     * All that tells what became of a prefix along the chain.
     *
     * @throws QueryFailure.TooMuch if the prefix has too many events
     */
    Ground ground(Prefix prefix) throws SQLException {
        var histories = DbHistories.read(transaction, tables, tables.telling(), List.of(prefix));
        return new Ground(network, chains, prefix, histories.of(prefix));
    }

    /**
     * The last instant up to which all is told of every hop that the newest chain has on the way of a prefix; empty: nobody
     * ever tried to read any.
     */
    Optional<Instant> settledTo(Prefix prefix) {
        var family = AddressFamily.unicast(prefix.address().version());
        int partition = transaction.partitionOf(prefix);
        return versions().reversed().stream()
                .limit(1)
                .map(ChainVersion::chain)
                .flatMap(chain -> chain.edges().stream()
                        .filter(edge -> edge.carries(prefix))
                        .flatMap(edge -> Stream.of(edge.upstream(), edge.downstream()))
                        .distinct()
                        .map(hop -> RibId.of(network, hop, family, chain.viewOf(hop))))
                .flatMap(rib -> tables.settledTo(rib, partition).stream())
                .min(Instant::compareTo);
    }

    /** How far an answer about some prefixes has read. */
    Completeness completeness(Collection<Prefix> prefixes) {
        var partitions = new TreeSet<Integer>();
        prefixes.forEach(prefix -> partitions.add(transaction.partitionOf(prefix)));
        partitions.add(dev.hoplog.wire.Topics.SPOKESMAN);
        return new Completeness(tables.knownTo(partitions), transaction.positions(partitions));
    }

    /** Takes some prefixes into account of what each edge of a chain carried. */
    void tally(Collection<Prefix> prefixes, EdgeUses uses) throws SQLException {
        inPieces(
                prefixes,
                (piece, deciding) ->
                        piece.forEach(prefix -> uses.take(new Ground(network, chains, prefix, deciding.of(prefix)))));
    }

    /**
     * The gaps of some prefixes that satisfy a condition, explained: as they stood at the end of what is told.
     *
     * @throws QueryFailure.TooMuch if a prefix alone has too many events
     */
    List<ExplainedGap> gaps(Collection<Prefix> prefixes, Cut cut, Predicate<Gap> condition) throws SQLException {
        var found = new ArrayList<ExplainedGap>();
        inPieces(prefixes, (piece, deciding) -> {
            var gaps = new ArrayList<Gap>();
            for (var prefix : piece) {
                GapFinder.find(network, chains, prefix, deciding.of(prefix)).stream()
                        .flatMap(gap -> cut.of(gap).stream())
                        .filter(condition)
                        .forEach(gaps::add);
            }
            found.addAll(explained(gaps, cut));
        });
        return found;
    }

    /** What is done with some prefixes and the tables that decide about them. If it is too much, nothing of it was done. */
    @FunctionalInterface
    private interface Work {
        void on(List<Prefix> prefixes, DbHistories deciding) throws SQLException;
    }

    private void inPieces(Collection<Prefix> prefixes, Work work) throws SQLException {
        var all = List.copyOf(prefixes);
        for (int from = 0; from < all.size(); from += CHUNK) {
            halving(all.subList(from, Math.min(all.size(), from + CHUNK)), work);
        }
    }

    private void halving(List<Prefix> prefixes, Work work) throws SQLException {
        try {
            work.on(prefixes, DbHistories.read(transaction, tables, tables.deciding(), prefixes));
        } catch (QueryFailure.TooMuch tooMuch) {
            if (prefixes.size() == 1) {
                throw tooMuch;
            }
            int middle = prefixes.size() / 2;
            halving(prefixes.subList(0, middle), work);
            halving(prefixes.subList(middle, prefixes.size()), work);
        }
    }

    /** Only the prefixes that got lost are worth the reading of all their stations. */
    private List<ExplainedGap> explained(List<Gap> gaps, Cut cut) throws SQLException {
        if (gaps.isEmpty()) {
            return List.of();
        }
        var prefixes = new TreeSet<>(gaps.stream().map(Gap::prefix).toList());
        var histories = DbHistories.read(transaction, tables, tables.telling(), prefixes);
        var grounds = new TreeMap<Prefix, Ground>();
        var logged = asIf
                ? new Logged(Map.of(), Map.of())
                : new Logged(FinalGaps.ended(transaction, gaps), FinalGaps.saidTo(transaction, network, prefixes));
        return gaps.stream()
                .map(gap -> {
                    var ground = grounds.computeIfAbsent(
                            gap.prefix(), prefix -> new Ground(network, chains, prefix, histories.of(prefix)));
                    return explained(gap, histories.of(gap.prefix()), ground, standing(gap, ground, logged), cut);
                })
                .toList();
    }

    /** What the log of gaps says by now. */
    private record Logged(Map<Id, Boolean> ended, Map<Prefix, Instant> saidTo) {}

    /** Whether what is told of a gap stays, and for which hops the log waits if it does not say so. */
    private record Standing(Finality finality, List<HopId> awaited) {
        Standing(Finality finality) {
            this(finality, List.of());
        }
    }

    private Standing standing(Gap gap, Ground ground, Logged logged) {
        if (asIf) {
            return new Standing(Finality.COMPUTED);
        }
        var certainAt = gap.certain().spans().stream()
                .findFirst()
                .map(span -> span.from())
                .orElse(gap.opened().atOrBefore());
        if (!logged.ended().containsKey(gap.id())) {
            var awaited = awaited(ground, certainAt);
            boolean isPast =
                    logged.saidTo().getOrDefault(gap.prefix(), Instant.MIN).isAfter(certainAt)
                            || awaited.isEmpty() && isPublishedAfter(gap.chainVersion(), certainAt);
            return isPast ? new Standing(Finality.NOT_LOGGED) : new Standing(Finality.PROVISIONAL, awaited);
        }
        return gap.ending().isEmpty() || logged.ended().getOrDefault(gap.id(), false)
                ? new Standing(Finality.FINAL)
                : new Standing(
                        Finality.END_PROVISIONAL,
                        awaited(ground, gap.ending().get().bounds().atOrBefore()));
    }

    /**
     * The hops that decide by a table that is not told of up to an instant, as far as anybody asks for it: also those that a
     * version before had, up to its end. The log of gaps goes on to the next one behind that.
     */
    private List<HopId> awaited(Ground ground, Instant at) {
        var ends = chains.turns().headSet(at).stream().filter(Instant.MIN::isBefore);
        return Stream.concat(
                        ends.flatMap(end -> late(ground, end.minus(1, ChronoUnit.MICROS), end)), late(ground, at, at))
                .distinct()
                .sorted()
                .toList();
    }

    /** Those that decide from one instant on and are not told of up to another. */
    private Stream<HopId> late(Ground ground, Instant from, Instant to) {
        return ground.deciding(from).stream()
                .filter(rib -> ground.settledTo(rib).map(to::isAfter).orElseGet(() -> tables.isUnheardOf(rib.hop())))
                .map(RibId::hop);
    }

    private boolean isPublishedAfter(Id version, Instant instant) {
        return chains.versions().stream()
                .anyMatch(known ->
                        known.id().equals(version) && known.publishedAt().isAfter(instant));
    }

    private ExplainedGap explained(Gap gap, Histories histories, Ground ground, Standing standing, Cut cut) {
        var causes = Explainer.explain(ground, gap).stream()
                .map(explanation -> {
                    var at = explanation.when().spans().stream()
                            .findFirst()
                            .map(span -> span.from())
                            .orElse(gap.opened().atOrBefore());
                    return new ExplainedCause(
                            explanation, ExplainedGap.required(chains.at(at), gap.prefix(), explanation, at));
                })
                .toList();
        var hops = new ArrayList<HopLoss>();
        if (gap.kind().isLoss()) {
            hops.add(loss(gap, gap.hop(), histories, cut));
        }
        gap.affected().keySet().forEach(hop -> hops.add(loss(gap, hop, histories, cut)));
        var suspensions = gap.suspensions().stream().map(this::suspended).toList();
        return new ExplainedGap(gap, causes, suspensions, hops, standing.finality(), standing.awaited(), cut.end());
    }

    private Suspended suspended(Suspension suspension) {
        var unobserved = new LinkedHashMap<RibId, BlindSpell>();
        suspension
                .unobserved()
                .forEach(rib -> unobserved.put(rib, tables.blind(rib, suspension.from(), suspension.resumed())));
        return new Suspended(suspension, unobserved);
    }

    private HopLoss loss(Gap gap, HopId hop, Histories histories, Cut cut) {
        var certain = hop.equals(gap.hop()) ? gap.certain() : gap.affected().getOrDefault(hop, TimeSpans.none());
        var at = certain.spans().stream()
                .findFirst()
                .map(span -> span.from())
                .orElse(gap.opened().atOrBefore());
        var view = chains.at(at)
                .or(() -> versions().stream().findFirst())
                .map(ChainVersion::chain)
                .orElseThrow()
                .viewOf(hop);
        var rib = RibId.of(
                network, hop, AddressFamily.unicast(gap.prefix().address().version()), view);
        return HopLoss.of(hop, certain, histories.of(rib, RowKey.of(gap.prefix())), cut);
    }
}
