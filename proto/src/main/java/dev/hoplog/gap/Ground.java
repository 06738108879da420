package dev.hoplog.gap;

import dev.hoplog.chain.Chain;
import dev.hoplog.chain.ChainTimeline;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.chain.Edge;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.HopId;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.RibId;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.View;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All that the gaps of one prefix stand on: the chain, and what is known of the prefix at its hops. */
public final class Ground {
    private final String network;
    private final ChainTimeline chains;
    private final Prefix prefix;
    private final Histories histories;
    private final AddressFamily family;
    private final RowKey row;
    private final Map<RibId, Course> courses = new HashMap<>();
    private final Map<Chain, Map<HopId, List<Edge>>> edgesInto = new HashMap<>();
    private final Sessions sessions;

    public Ground(String network, ChainTimeline chains, Prefix prefix, Histories histories) {
        this.network = network;
        this.chains = chains;
        this.prefix = prefix;
        this.histories = histories;
        this.family = AddressFamily.unicast(prefix.address().version());
        this.row = RowKey.of(prefix);
        this.sessions = new Sessions(network, family, histories);
    }

    String network() {
        return network;
    }

    Prefix prefix() {
        return prefix;
    }

    RowKey row() {
        return row;
    }

    Sessions sessions() {
        return sessions;
    }

    Optional<ChainVersion> chainAt(Instant instant) {
        return chains.at(instant);
    }

    /** The edges that lead to a hop and should carry the prefix, whenever they are there. */
    List<Edge> into(Chain chain, HopId hop) {
        return edgesInto.computeIfAbsent(chain, this::byDownstream).getOrDefault(hop, List.of());
    }

    /** The hops that an edge of the chain ends at which should carry the prefix, ascending. */
    SortedSet<HopId> hops(Chain chain) {
        return carrying(chain)
                .flatMap(edge -> Stream.of(edge.upstream(), edge.downstream()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Map<HopId, List<Edge>> byDownstream(Chain chain) {
        return carrying(chain).collect(Collectors.groupingBy(Edge::downstream));
    }

    private Stream<Edge> carrying(Chain chain) {
        return chain.edges().stream().filter(edge -> edge.carries(prefix));
    }

    /** What is known of the prefix at a hop: in the table that says whether the hop uses it. */
    Course course(Chain chain, HopId hop) {
        return course(rib(hop, chain.viewOf(hop)));
    }

    Course course(RibId rib) {
        return courses.computeIfAbsent(rib, _ -> course(rib, row));
    }

    private Course course(RibId rib, RowKey key) {
        return new Course(histories.of(rib, key), histories.settledTo(rib), histories.readBy(rib));
    }

    RibId rib(HopId hop, View view) {
        return RibId.of(network, hop, family, view);
    }

    RibId adj(HopId hop, View view, PeerId peer) {
        return RibId.adj(network, hop, family, view, peer);
    }

    /** The tables that decide whether there is a gap, of all versions that are in force at an instant or later. */
    public Set<RibId> deciding(Instant from) {
        var ribs = new HashSet<RibId>();
        chainsFrom(from)
                .forEach(chain -> carrying(chain).forEach(edge -> {
                    ribs.add(rib(edge.upstream(), chain.viewOf(edge.upstream())));
                    ribs.add(rib(edge.downstream(), chain.viewOf(edge.downstream())));
                    ribs.addAll(sessions.tables(edge));
                }));
        return ribs;
    }

    Stream<Chain> chainsFrom(Instant from) {
        return Stream.concat(
                        chainAt(from).stream(),
                        chains.versions().stream()
                                .filter(version -> version.inForceFrom()
                                        .filter(from::isBefore)
                                        .isPresent()))
                .map(ChainVersion::chain);
    }

    /** Every instant in (after, upTo] at which something may turn. */
    SortedSet<Instant> turns(Instant after, Instant upTo) {
        var turns = new TreeSet<Instant>(chains.turns());
        chainsFrom(after).forEach(chain -> {
            for (var hop : hops(chain)) {
                turns.addAll(course(chain, hop).turns(after, upTo));
            }
            carrying(chain).forEach(edge -> {
                turns.addAll(sessions.turns(edge, after, upTo));
                edge.from().ifPresent(turns::add);
                edge.until().ifPresent(turns::add);
            });
        });
        return turns.subSet(Course.next(after), Course.next(upTo));
    }
}
