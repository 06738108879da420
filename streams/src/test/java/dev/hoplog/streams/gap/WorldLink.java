package dev.hoplog.streams.gap;

import dev.hoplog.chain.Carried;
import dev.hoplog.chain.Edge;
import dev.hoplog.chain.Link;
import dev.hoplog.chain.PrefixRange;
import dev.hoplog.model.Communities;
import dev.hoplog.model.Community;
import dev.hoplog.model.PeerId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An edge of a world, and what befalls it. Hops go by their number, times by their second.
 *
 * @param grace seconds
 * @param from inclusive; 0: always
 * @param until exclusive; {@link #FOREVER}: it does not end
 * @param delay seconds that a change takes from one end to the other
 * @param requires whether what lacks the world's community is refused on import
 * @param strips whether it takes the community off
 */
record WorldLink(
        int upstream,
        int downstream,
        Sort sort,
        int grace,
        int from,
        int until,
        int delay,
        boolean onlyLearnt,
        boolean requires,
        boolean strips,
        List<Fault> faults) {
    static final int FOREVER = Integer.MAX_VALUE;
    static final Community TAG = Community.parse("65000:1").orElseThrow();

    enum Sort {
        EXTERNAL,
        INTERNAL,
        INSTALL
    }

    /** Where a route gets lost. */
    enum Loss {
        NOT_EXPORTED,
        NOT_RECEIVED,
        REFUSED,
        NEXT_HOP_UNREACHABLE,
        /** Not the route gets lost, but that it is withdrawn. */
        WITHDRAWAL
    }

    /** Seconds from (inclusive) to (exclusive). */
    record Fault(Loss loss, int from, int to) {}

    /** Seconds that each end takes: from a session that came up to the first update, and from an update to the table. */
    int lag() {
        return (upstream + downstream) % 2;
    }

    /** Seconds after which what the upstream end has is in the downstream one's table, if nothing keeps it. */
    int transit() {
        return delay + 2 * lag();
    }

    boolean isInternal() {
        return sort == Sort.INTERNAL;
    }

    boolean isThereAt(int second) {
        return from <= second && second < until;
    }

    boolean has(Loss loss, int second) {
        return faults.stream().anyMatch(fault -> fault.loss() == loss && fault.from() <= second && second < fault.to());
    }

    WorldLink graced(int seconds) {
        return new WorldLink(
                upstream, downstream, sort, seconds, from, until, delay, onlyLearnt, requires, strips, faults);
    }

    WorldLink requiring(boolean isRequired) {
        return new WorldLink(
                upstream, downstream, sort, grace, from, until, delay, onlyLearnt, isRequired, strips, faults);
    }

    Edge edge(List<WorldHop> hops, WorldNames names) {
        var communities =
                requires ? new Communities(List.of(TAG), List.of(), List.of(), List.of()) : Communities.none();
        return new Edge(
                hops.get(upstream).id(),
                hops.get(downstream).id(),
                link(names.inChain(downstream, upstream), names.inChain(upstream, downstream)),
                List.of(new Carried(PrefixRange.exactly(GapWorld.PREFIX), communities)),
                onlyLearnt,
                Duration.ofSeconds(grace),
                from == 0 ? Optional.empty() : Optional.of(GapWorld.at(from)),
                until == FOREVER ? Optional.empty() : Optional.of(GapWorld.at(until)));
    }

    private Link link(PeerId upstream, PeerId downstream) {
        return switch (sort) {
            case EXTERNAL -> new Link.Session(Link.Kind.EXTERNAL, upstream, downstream);
            case INTERNAL -> new Link.Session(Link.Kind.INTERNAL, upstream, downstream);
            case INSTALL -> new Link.Install();
        };
    }
}
