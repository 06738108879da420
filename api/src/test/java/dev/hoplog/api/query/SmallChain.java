package dev.hoplog.api.query;

import static dev.hoplog.api.World.at;
import static dev.hoplog.api.World.rib;
import static dev.hoplog.api.World.usable;

import dev.hoplog.api.Projected;
import dev.hoplog.api.World;
import dev.hoplog.chain.Carried;
import dev.hoplog.chain.Chain;
import dev.hoplog.chain.ChainTimeline;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.chain.Edge;
import dev.hoplog.chain.Link;
import dev.hoplog.chain.Node;
import dev.hoplog.chain.PrefixRange;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.Communities;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Id;
import dev.hoplog.model.IpAddress;
import dev.hoplog.model.LargeCommunity;
import dev.hoplog.model.NextHop;
import dev.hoplog.model.PathBuilder;
import dev.hoplog.model.PathFlag;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.RibId;
import dev.hoplog.model.Route;
import dev.hoplog.model.View;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import javax.sql.DataSource;

/** sol/bird -> pve01/frr -> pve02/frr -> pve02/kernel, and a pod that gets lost on the second edge from 60 to 120. */
public final class SmallChain {
    public static final String POD = "fd00:101:224:3::/64";
    public static final HopId BIRD = HopId.parse("sol/bird/master6");
    public static final HopId PVE01 = HopId.parse("pve01/frr/main");
    public static final HopId PVE02 = HopId.parse("pve02/frr/main");
    static final HopId KERNEL = HopId.parse("pve02/kernel/main");
    public static final RibId FIB = rib("lab", KERNEL.toString(), View.FIB);
    static final RibId REJECTED =
            RibId.adj("lab", PVE02, AddressFamily.IPV6_UNICAST, View.ADJ_RIB_IN_REJECTED, PeerId.parse("fd00::1"));
    static final Id FIRST = new Id(0, 1);
    static final Id CORRECTED = new Id(0, 2);

    private SmallChain() {}

    /** A database with a world of it. */
    public static DataSource projected(World world) {
        try {
            return Projected.all(world);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    public static Chain chain() {
        return new Chain(
                List.of(
                        new Node("sol", new TreeSet<>(List.of("solar")), BIRD, List.of(BIRD)),
                        new Node("pve01", new TreeSet<>(), PVE01, List.of(PVE01)),
                        new Node("pve02", new TreeSet<>(), PVE02, List.of(PVE02, KERNEL))),
                List.of(
                        session(BIRD, "fd00::b", PVE01, "fd00::f"),
                        session(PVE01, "fd00::1", PVE02, "fd00::2"),
                        edge(PVE02, KERNEL, new Link.Install())));
    }

    private static Edge session(HopId a, String addressOfA, HopId b, String addressOfB) {
        return edge(a, b, new Link.Session(Link.Kind.EXTERNAL, PeerId.parse(addressOfA), PeerId.parse(addressOfB)));
    }

    private static Edge edge(HopId a, HopId b, Link link) {
        var required =
                new Communities(List.of(), List.of(LargeCommunity.parse("4200001000:0:100")), List.of(), List.of());
        return new Edge(
                a,
                b,
                link,
                List.of(new Carried(new PrefixRange(Prefix.parse("fd00:101:224::/48"), 64, 64), required)),
                false,
                Duration.ofSeconds(5),
                Optional.empty(),
                Optional.empty());
    }

    /** In force since ever is the whole chain; the corrected one, which lacks the edge that breaks, is not in force. */
    static ChainSource source() {
        var whole = new ChainVersion("lab", FIRST, Optional.empty(), Instant.EPOCH, chain());
        var edges = chain().edges().stream()
                .filter(edge -> !edge.downstream().equals(PVE02))
                .toList();
        var corrected =
                new ChainVersion("lab", CORRECTED, Optional.empty(), Instant.EPOCH, new Chain(chain().nodes(), edges));
        return new ChainSource() {
            @Override
            public ChainTimeline timeline(ReadTransaction transaction, String network) {
                return ChainTimeline.of(List.of(whole));
            }

            @Override
            public Optional<ChainVersion> version(ReadTransaction transaction, String network, Id id) {
                return List.of(whole, corrected).stream()
                        .filter(version -> version.id().equals(id))
                        .findFirst();
            }
        };
    }

    /** No source has any. */
    static ChainSource none() {
        return new ChainSource() {
            @Override
            public ChainTimeline timeline(ReadTransaction transaction, String network) {
                return ChainTimeline.of(List.of());
            }

            @Override
            public Optional<ChainVersion> version(ReadTransaction transaction, String network, Id id) {
                return Optional.empty();
            }
        };
    }

    /** Every ten seconds, from 0 to 180. */
    static World world() {
        return world(180);
    }

    public static World world(int lastSecond) {
        return world(lastSecond, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    /**
     * The same.
     *
     * @param from when pve02's daemon does not answer any more, in seconds
     * @param to when it does again
     */
    static World world(int lastSecond, int from, int to) {
        var world = new World(3);
        scrape(world, lastSecond, from, to, lastSecond);
        return world;
    }

    /** The same with nothing of pve02's kernel after a second. */
    static void scrape(World world, int lastSecond, int kernelTo) {
        scrape(world, lastSecond, Integer.MAX_VALUE, Integer.MAX_VALUE, kernelTo);
    }

    private static void scrape(World world, int lastSecond, int from, int to, int kernelTo) {
        for (int second = 0; second <= lastSecond; second += 10) {
            boolean lost = second >= 60 && second < 120;
            world.scrape(rib(BIRD.toString()), at(second), usable(POD))
                    .scrape(rib(PVE01.toString()), at(second + 1), learnt("fd00::b"));
            if (second >= from && second < to) {
                world.fail(rib(PVE02.toString()), at(second + 2), FailureReason.UNREACHABLE)
                        .fail(REJECTED, at(second + 2), FailureReason.UNREACHABLE);
            } else if (lost) {
                world.scrape(rib(PVE02.toString()), at(second + 2))
                        .scrape(REJECTED, at(second + 2), World.unusable(POD));
            } else {
                world.scrape(rib(PVE02.toString()), at(second + 2), learnt("fd00::1"))
                        .scrape(REJECTED, at(second + 2));
            }
            if (second <= kernelTo) {
                world.scrape(FIB, at(second + 3), lost ? new Route[0] : new Route[] {installed()});
            }
        }
    }

    public static Route learnt(String neighbour) {
        var path = new PathBuilder()
                .from(PeerId.parse(neighbour))
                .nextHop(NextHop.of(IpAddress.parse(neighbour)))
                .flag(PathFlag.VALID)
                .flag(PathFlag.BEST);
        return new Route(Prefix.parse(POD), List.of(path.build()), Optional.empty());
    }

    private static Route installed() {
        return World.route(POD, PathFlag.INSTALLED);
    }
}
