package dev.hoplog.streams.gap;

import dev.hoplog.chain.Chain;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.chain.Edge;
import dev.hoplog.chain.Node;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Id;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.ScraperClock;
import dev.hoplog.streams.gap.WorldLink.Fault;
import dev.hoplog.streams.gap.WorldLink.Loss;
import dev.hoplog.streams.gap.WorldLink.Sort;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * A seeded world: a chain of a few hops, and a prefix that comes, goes and gets lost on its way along it. Everything happens
 * at whole seconds.
 */
final class GapWorld {
    static final String NETWORK = "world";
    static final Prefix PREFIX = Prefix.parse("fd00:101:224:3::/64");
    private static final int NEVER = Integer.MAX_VALUE;
    private static final Instant START = Instant.parse("2026-11-23T04:00:00Z");

    /** A version of the chain: the links that it declares, by their number, and the graces that it gives them. */
    private record Version(int from, List<WorldLink> links) {}

    private final RandomGenerator random;
    private final int seconds;
    private final List<WorldHop> hops = new ArrayList<>();
    private final List<Version> versions = new ArrayList<>();
    private final boolean isTwoScrapers;
    private final WorldNames names;
    /** Of its own: a world is otherwise the same as if nobody took over. */
    private final RandomGenerator ofTakeovers;

    /** Likewise, of policies that change with the chain and of where there is a kernel. */
    private final RandomGenerator ofPolicies;

    private final boolean isTakenOver;
    private final boolean isStubborn;

    GapWorld(int seed) {
        random = new Random(seed * 0x9E3779B97F4A7C15L);
        seconds = 90 + random.nextInt(31);
        isTwoScrapers = happens(0.3);
        ofTakeovers = new Random(seed * 0x9E3779B97F4A7C15L + 1);
        ofPolicies = new Random(seed * 0x9E3779B97F4A7C15L + 2);
        isTakenOver = ofTakeovers.nextDouble() < 0.4;
        isStubborn = ofPolicies.nextDouble() < 0.4;
        settle();
        names = new WorldNames(this);
        link();
    }

    static Instant at(int second) {
        return START.plusSeconds(second);
    }

    static int second(Instant instant) {
        return (int) Duration.between(START, instant).toSeconds();
    }

    List<WorldHop> hops() {
        return hops;
    }

    WorldNames names() {
        return names;
    }

    int seconds() {
        return seconds;
    }

    boolean happens(double probability) {
        return random.nextDouble() < probability;
    }

    int between(int from, int to) {
        return from + random.nextInt(to - from + 1);
    }

    /** Origins come first, then those between, which may have it of their own as well, the sink, perhaps a kernel, perhaps one that no edge concerns. */
    private void settle() {
        int origins = between(1, 2);
        int inner = between(1, 3);
        int named = origins + inner + 1;
        boolean isInstalled = happens(0.35);
        boolean isStranger = happens(0.2);
        var names = new ArrayList<>(List.of("a", "b", "c", "d", "e", "f", "g", "h"));
        Collections.shuffle(names, new Random(random.nextLong()));
        int all = named + (isInstalled ? 1 : 0) + (isStranger ? 1 : 0);
        for (int i = 0; i < all; i++) {
            boolean isKernel = isInstalled && i == named;
            boolean isChanging = isTakenOver && ofTakeovers.nextDouble() < 0.5;
            hops.add(new WorldHop(
                    new HopId(names.get(i), isKernel ? "kernel" : "frr", "main"),
                    PeerId.parse("fd00::" + (i + 1)),
                    i < origins || !isKernel && (i >= named || happens(0.15)),
                    isKernel,
                    happens(0.7),
                    happens(0.97),
                    happens(0.5),
                    happens(0.7),
                    isTwoScrapers && happens(0.5)
                            ? new ScraperClock("second", Duration.ofSeconds(between(0, 2)))
                            : new ScraperClock("first", Duration.ofSeconds(isTwoScrapers ? 1 : 0)),
                    isChanging ? 10 + ofTakeovers.nextInt(seconds - 20) : NEVER,
                    ofTakeovers.nextBoolean()
                            ? new ScraperClock("third", Duration.ofSeconds(ofTakeovers.nextInt(5)))
                            : new ScraperClock("first", Duration.ofSeconds(isTwoScrapers ? 1 : 0))));
        }
        sink = named - 1;
        firstInner = origins;
    }

    private int sink;
    private int firstInner;

    private void link() {
        var links = new ArrayList<WorldLink>();
        for (int hop = firstInner; hop <= sink; hop++) {
            int near = hop == firstInner ? random.nextInt(firstInner) : hop - 1;
            links.add(link(near, hop, Sort.EXTERNAL));
            if (happens(0.45)) {
                add(links, random.nextInt(hop), hop);
            }
        }
        if (firstInner == 2 && links.stream().noneMatch(link -> link.upstream() == 1)) {
            add(links, 1, between(firstInner, sink));
        }
        if (happens(0.1) && sink - firstInner > 1) {
            add(links, sink - 1, firstInner);
        }
        List.copyOf(links).stream()
                .filter(link -> happens(0.2))
                .forEach(link -> add(links, link.downstream(), link.upstream()));
        hops.stream()
                .filter(WorldHop::isKernel)
                .forEach(kernel -> links.add(link(
                        ofPolicies.nextBoolean() ? sink : ofPolicies.nextInt(firstInner, sink + 1),
                        sink + 1,
                        Sort.INSTALL)));
        versions.add(new Version(happens(0.1) ? between(10, 30) : 0, List.copyOf(links)));
        if (happens(0.3)) {
            versions.add(new Version(between(35, 75), changed(links)));
        }
    }

    private List<WorldLink> changed(List<WorldLink> links) {
        var changed = new ArrayList<>(links);
        if (happens(0.5)) {
            changed.remove(random.nextInt(changed.size()));
        }
        if (happens(0.5)) {
            add(changed, random.nextInt(sink), between(firstInner, sink));
        }
        if (!changed.isEmpty() && happens(0.5)) {
            int which = random.nextInt(changed.size());
            changed.set(which, changed.get(which).graced(between(0, 10)));
        }
        if (ofPolicies.nextBoolean()) {
            changed.replaceAll(link ->
                    link.sort() == Sort.EXTERNAL && ofPolicies.nextBoolean() ? link.requiring(!link.requires()) : link);
        }
        return changed.isEmpty() ? List.copyOf(links) : changed;
    }

    private void add(List<WorldLink> links, int upstream, int downstream) {
        boolean isThere = upstream == downstream
                || links.stream().anyMatch(link -> link.upstream() == upstream && link.downstream() == downstream);
        if (!isThere) {
            links.add(link(upstream, downstream, Sort.EXTERNAL));
        }
    }

    private WorldLink link(int upstream, int downstream, Sort sort) {
        boolean isEarly = happens(0.08);
        return new WorldLink(
                upstream,
                downstream,
                sort == Sort.EXTERNAL && happens(0.3) ? Sort.INTERNAL : sort,
                happens(0.2) ? 0 : between(1, 10),
                happens(0.08) ? between(20, 50) : 0,
                isEarly ? between(60, 80) : WorldLink.FOREVER,
                upstream > downstream ? between(1, 2) : between(0, 2),
                sort == Sort.EXTERNAL && happens(0.05),
                sort == Sort.EXTERNAL && happens(0.25),
                happens(0.15),
                faults());
    }

    private List<Fault> faults() {
        var faults = new ArrayList<Fault>();
        for (int at = between(0, 120); at < seconds; at += between(20, 120)) {
            int end = at + (happens(0.3) ? 3 : between(5, 40));
            faults.add(new Fault(Loss.values()[random.nextInt(Loss.WITHDRAWAL.ordinal())], at, end));
            // What was mended at one station may not get past the next.
            if (isStubborn && ofPolicies.nextDouble() < 0.8) {
                faults.add(new Fault(
                        Loss.values()[ofPolicies.nextInt(Loss.WITHDRAWAL.ordinal())],
                        end,
                        end + ofPolicies.nextInt(15, 40)));
            }
        }
        if (happens(0.45)) {
            int at = between(0, 90);
            faults.add(new Fault(Loss.WITHDRAWAL, at, at + between(20, 70)));
        }
        return List.copyOf(faults);
    }

    /** The links that are declared at a second and there. */
    List<WorldLink> linksAt(int second) {
        return declaredAt(second).stream()
                .filter(link -> link.isThereAt(second))
                .toList();
    }

    private List<WorldLink> declaredAt(int second) {
        return versions.reversed().stream()
                .filter(version -> version.from() <= second)
                .findFirst()
                .map(Version::links)
                .orElse(versions.getFirst().links());
    }

    /** All links of all versions, one of each direction between two hops. */
    List<WorldLink> links() {
        var all = new ArrayList<WorldLink>();
        for (var version : versions) {
            for (var link : version.links()) {
                if (all.stream()
                        .noneMatch(known ->
                                known.upstream() == link.upstream() && known.downstream() == link.downstream())) {
                    all.add(link);
                }
            }
        }
        return all;
    }

    /** All links from one hop to another, of all versions. */
    List<WorldLink> allLinks(HopId upstream, HopId downstream) {
        return versions.stream()
                .flatMap(version -> version.links().stream())
                .filter(link -> hops.get(link.upstream()).id().equals(upstream)
                        && hops.get(link.downstream()).id().equals(downstream))
                .toList();
    }

    /** When the chain changes. */
    Optional<Integer> change() {
        return versions.size() > 1 ? Optional.of(versions.getLast().from()) : Optional.empty();
    }

    /** In the order of publication. */
    List<ChainVersion> chains() {
        return chains(false);
    }

    /** The same chains under the same names, without any grace. */
    List<ChainVersion> withoutGrace() {
        return chains(true);
    }

    private List<ChainVersion> chains(boolean isHasty) {
        var chains = new ArrayList<ChainVersion>();
        for (var version : versions) {
            chains.add(new ChainVersion(
                    NETWORK,
                    new Id(0, chains.size() + 1),
                    version.from() == 0 ? Optional.empty() : Optional.of(at(version.from())),
                    at(chains.size()),
                    chain(version.links(), isHasty)));
        }
        return chains;
    }

    private Chain chain(List<WorldLink> links, boolean isHasty) {
        List<Edge> edges = links.stream()
                .map(link -> (isHasty ? link.graced(0) : link).edge(hops, names))
                .toList();
        return new Chain(
                hops.stream()
                        .map(hop -> new Node(hop.id().node(), new TreeSet<>(), hop.id(), List.of(hop.id())))
                        .toList(),
                edges);
    }
}
