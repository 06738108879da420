package dev.hoplog.gap;

import dev.hoplog.chain.Chain;
import dev.hoplog.chain.Edge;
import dev.hoplog.chain.Link;
import dev.hoplog.model.Prefix;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which edges of a chain ever carried anything, as far as anybody looked: what never did is most likely drawn wrong. Takes
 * one prefix after the other. Not thread-safe.
 */
public final class EdgeUses {
    private final Chain chain;
    /** By identity: a chain may have an edge twice, at different times. */
    private final Map<Edge, Tally> tallies = new IdentityHashMap<>();

    public EdgeUses(Chain chain) {
        this.chain = chain;
        chain.edges().forEach(edge -> tallies.put(edge, new Tally()));
    }

    /** Whether an edge ever carried anything. */
    public enum Use {
        /** The downstream end had something from there. */
        CARRIED,
        /** The upstream end had something to pass on for longer than it may take, and the downstream end never had any from there. */
        NEVER,
        /** Both ends were observed, the upstream end never had anything to pass on, and the downstream end none from there. */
        NOTHING_TO_CARRY,
        /** The two ends were never observed at the same time. */
        NOT_KNOWN
    }

    /**
     * What is known of an edge.
     *
     * @param prefixes how many the upstream end had to pass on
     */
    public record EdgeUse(Edge edge, Use use, int prefixes) {}

    private static final class Tally {
        private boolean observed;
        private boolean carried;
        private int prefixes;

        Use use() {
            if (carried) {
                return Use.CARRIED;
            }
            if (!observed) {
                return Use.NOT_KNOWN;
            }
            return prefixes > 0 ? Use.NEVER : Use.NOTHING_TO_CARRY;
        }
    }

    /** One prefix of each range of each edge, whether or not any hop ever had it: of these it is known who was observed. */
    public static SortedSet<Prefix> probes(Chain chain) {
        var probes = new TreeSet<Prefix>();
        chain.edges().stream().flatMap(edge -> edge.carries().stream()).forEach(carried -> {
            var range = carried.range();
            probes.add(Prefix.around(range.within().address(), range.minLength()));
        });
        return probes;
    }

    /** Takes what is known of a prefix at the hops, each prefix once. */
    public void take(Ground ground) {
        var courses = ground.courses(chain);
        for (var edge : ground.edges(chain)) {
            take(
                    edge,
                    Objects.requireNonNull(courses.get(edge.upstream())),
                    Objects.requireNonNull(courses.get(edge.downstream())));
        }
    }

    private void take(Edge edge, Course upstream, Course downstream) {
        var tally = Objects.requireNonNull(tallies.get(edge));
        var turns = new TreeSet<Instant>();
        Stream.of(upstream, downstream).forEach(end -> turns.addAll(end.turns(Instant.MIN, Instant.MAX)));
        edge.from().ifPresent(turns::add);
        edge.until().ifPresent(turns::add);
        var patience = edge.grace();
        boolean lacked = false;
        var lackedSince = Optional.<Instant>empty();
        for (var at : turns) {
            // Up to here it was as it was before: after the last turn nothing is observed any more.
            lacked |= lackedSince.isPresent() && !at.isBefore(lackedSince.get().plus(patience));
            patience = edge.grace().plus(upstream.clockErrorBeside(downstream, at));
            var above = upstream.at(at);
            var below = downstream.at(at);
            if (!edge.isThereAt(at) || !isKnown(above) || !isKnown(below)) {
                lackedSince = Optional.empty();
                continue;
            }
            tally.observed = true;
            boolean isToPassOn = above.standing() == Standing.HAS && Expectation.passesOn(chain, edge, above);
            tally.carried |= isFromThere(edge, below, isToPassOn);
            lackedSince = isToPassOn ? lackedSince.or(() -> Optional.of(at)) : Optional.empty();
        }
        tally.prefixes += lacked ? 1 : 0;
    }

    private static boolean isKnown(Course.Step step) {
        return step.standing() == Standing.HAS || step.standing() == Standing.LACKS;
    }

    /** Used or not. Where the downstream end does not show from whom it has what it uses, it counts for the edge. */
    private static boolean isFromThere(Edge edge, Course.Step below, boolean isToPassOn) {
        return below.possible().stream().anyMatch(seen -> switch (edge.link()) {
            case Link.Install _ -> isToPassOn && below.standing() == Standing.HAS;
            case Link.Session session ->
                Neighbours.tells(seen, session.upstream())
                        ? Neighbours.isFrom(seen, session.upstream())
                        : isToPassOn && below.standing() == Standing.HAS;
        });
    }

    /** In the order of the chain. */
    public List<EdgeUse> all() {
        return chain.edges().stream()
                .map(edge -> {
                    var tally = Objects.requireNonNull(tallies.get(edge));
                    return new EdgeUse(edge, tally.use(), tally.prefixes);
                })
                .toList();
    }
}
