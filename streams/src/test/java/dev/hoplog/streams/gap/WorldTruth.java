package dev.hoplog.streams.gap;

import dev.hoplog.gap.Cause;
import dev.hoplog.streams.gap.WorldLink.Loss;
import dev.hoplog.streams.gap.WorldLink.Sort;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What the tables of a world hold at each second, which nobody but the scrapes sees. */
final class WorldTruth {
    /**
     * A path.
     *
     * @param from by number; -1: of the hop's own
     * @param isTagged whether it carries the world's community
     */
    record Offer(int from, boolean isValid, boolean isTagged, boolean isInternal) {}

    /** A route: paths, the best first. */
    record Offers(List<Offer> paths) {
        Offer best() {
            return paths.getFirst();
        }
    }

    private record Span(int from, int to) {}

    private final GapWorld world;
    /** By hop and second. */
    private final @Nullable Offers[][] tables;

    private final boolean[][] isOn;
    private final boolean[][] isTagged;
    private final Map<Integer, List<Span>> down = new HashMap<>();

    WorldTruth(GapWorld world) {
        this.world = world;
        int hops = world.hops().size();
        int seconds = world.seconds() + 2;
        tables = new Offers[hops][seconds];
        isOn = new boolean[hops][seconds];
        isTagged = new boolean[hops][seconds];
        for (int hop = 0; hop < hops; hop++) {
            if (world.hops().get(hop).isOrigin()) {
                originate(hop);
            }
        }
        world.links().forEach(link -> down.computeIfAbsent(pair(link.upstream(), link.downstream()), _ -> outages()));
        for (int second = 0; second < seconds; second++) {
            var links = world.linksAt(second);
            for (int hop = 0; hop < hops; hop++) {
                tables[hop][second] = table(hop, second, links);
            }
        }
    }

    private void originate(int hop) {
        boolean on = world.happens(0.75);
        boolean tagged = world.happens(0.75);
        int next = world.between(5, 80);
        for (int second = 0; second < isOn[hop].length; second++) {
            if (second == next) {
                // A flap may come and go between two scrapes.
                next += world.happens(0.25) ? world.between(1, 3) : world.between(8, 70);
                if (world.happens(0.3)) {
                    tagged = !tagged;
                } else {
                    on = !on;
                }
            }
            isOn[hop][second] = on;
            isTagged[hop][second] = tagged;
        }
    }

    private List<Span> outages() {
        var outages = new ArrayList<Span>();
        for (int at = world.between(0, 150); at < world.seconds(); at += world.between(30, 120)) {
            outages.add(new Span(at, at + (world.happens(0.4) ? world.between(1, 3) : world.between(10, 50))));
        }
        return outages;
    }

    private static int pair(int a, int b) {
        return Math.min(a, b) * 100 + Math.max(a, b);
    }

    private @Nullable Offers table(int hop, int second, List<WorldLink> links) {
        var offers = new ArrayList<Offer>();
        if (isOn[hop][second]) {
            offers.add(new Offer(-1, true, isTagged[hop][second], false));
        }
        for (var link : links) {
            if (link.downstream() != hop) {
                continue;
            }
            int from = link.sort() == Sort.INSTALL ? -1 : link.upstream();
            if (isTaken(link, second)) {
                offers.add(new Offer(
                        from,
                        !link.has(Loss.NEXT_HOP_UNREACHABLE, second),
                        isTagged(link, second),
                        link.isInternal() && world.hops().get(hop).showsInternal()));
            } else if (link.has(Loss.WITHDRAWAL, second)) {
                leftOver(hop, second, from).ifPresent(offers::add);
            }
        }
        offers.sort(Comparator.comparing(offer -> !offer.isValid()));
        return offers.isEmpty() ? null : new Offers(List.copyOf(offers));
    }

    private Optional<Offer> leftOver(int hop, int second, int from) {
        var before = second == 0 ? null : tables[hop][second - 1];
        return before == null
                ? Optional.empty()
                : before.paths().stream().filter(offer -> offer.from() == from).findFirst();
    }

    /** Whether what a link brings carries the world's community. */
    boolean isTagged(WorldLink link, int second) {
        return isTaggedBefore(link, second - link.delay()) && !link.strips();
    }

    /** Whether it does at the upstream end, where none is stripped yet. */
    boolean isTaggedBefore(WorldLink link, int second) {
        return source(link, second).map(Offer::isTagged).orElse(false);
    }

    private Optional<Offer> source(WorldLink link, int second) {
        return second < 0 || tables[link.upstream()][second] == null
                ? Optional.empty()
                : Optional.of(tables[link.upstream()][second].best()).filter(Offer::isValid);
    }

    boolean isUp(int a, int b, int second) {
        return down.getOrDefault(pair(a, b), List.of()).stream()
                .noneMatch(outage -> outage.from() <= second && second < outage.to());
    }

    /** What a hop holds at a second. */
    @Nullable
    Offers table(int hop, int second) {
        return tables[hop][second];
    }

    /** Whether there was a session from one second to another, both inclusive, or none is needed. */
    private boolean isConnected(WorldLink link, int from, int to) {
        return link.sort() == Sort.INSTALL
                || IntStream.rangeClosed(from, to).allMatch(second -> isUp(link.upstream(), link.downstream(), second));
    }

    boolean isSent(WorldLink link, int second) {
        return isConnected(link, second - link.lag(), second)
                && !link.has(Loss.NOT_EXPORTED, second)
                && source(link, second)
                        .filter(best -> isPassedOn(link, best, second))
                        .isPresent();
    }

    private boolean isPassedOn(WorldLink link, Offer best, int second) {
        return (best.from() >= 0 || !link.onlyLearnt() && link.sort() != Sort.INSTALL)
                && best.from() != link.downstream()
                && !(link.isInternal() && isFromInternal(link.upstream(), best, second));
    }

    private boolean isFromInternal(int hop, Offer best, int second) {
        return world.linksAt(second).stream()
                .anyMatch(link -> link.downstream() == hop && link.upstream() == best.from() && link.isInternal());
    }

    boolean isReceived(WorldLink link, int second) {
        int sent = second - link.delay();
        return isSent(link, sent) && isConnected(link, sent, second) && !link.has(Loss.NOT_RECEIVED, second);
    }

    /** Whether the downstream end's policy refuses what it received, as it is asked at that second. */
    boolean isRefused(WorldLink link, int second) {
        return isReceived(link, second)
                && (link.has(Loss.REFUSED, second) || link.requires() && !isTagged(link, second));
    }

    /** Whether the upstream end's policy keeps back what it has, as it is asked at that second. */
    boolean isKeptBack(WorldLink link, int second) {
        return link.has(Loss.NOT_EXPORTED, second)
                && source(link, second)
                        .filter(best -> isPassedOn(link, best, second))
                        .isPresent();
    }

    private boolean isTaken(WorldLink link, int second) {
        return isReceived(link, second - link.lag()) && isReceived(link, second) && !isRefused(link, second);
    }

    /** Whether a station was the reason for which a prefix did not get over a link, and not only had not yet passed it on. */
    boolean isReason(Cause cause, WorldLink link, int second) {
        return switch (cause) {
            case SESSION_DOWN -> !isUp(link.upstream(), link.downstream(), second);
            case NOT_EXPORTED ->
                isKeptBack(link, second)
                        || tables[link.upstream()][second] != null
                                && isConnected(link, second - link.lag(), second)
                                && !isSent(link, second);
            case LISTED_AS_EXPORTED_BUT_NOT_RECEIVED ->
                isSent(link, second - link.delay()) && link.has(Loss.NOT_RECEIVED, second);
            case REJECTED_ON_IMPORT -> isRefused(link, second);
            case NEXT_HOP_UNREACHABLE ->
                tables[link.downstream()][second] instanceof Offers(var paths)
                        && paths.stream().anyMatch(path -> path.from() == link.upstream() && !path.isValid());
            case NOT_INSTALLED -> link.sort() == Sort.INSTALL;
            case NOT_BEST -> false;
            case SOURCE_LOST, HOP_NOT_OBSERVED, UNKNOWN -> true;
        };
    }
}
