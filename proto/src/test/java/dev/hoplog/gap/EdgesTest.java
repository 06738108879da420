package dev.hoplog.gap;

import static dev.hoplog.gap.KnownTables.POD;
import static dev.hoplog.gap.KnownTables.at;
import static dev.hoplog.gap.KnownTables.rib;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.chain.Carried;
import dev.hoplog.chain.Chain;
import dev.hoplog.chain.ChainTimeline;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.chain.Edge;
import dev.hoplog.chain.Link;
import dev.hoplog.chain.Node;
import dev.hoplog.chain.PrefixRange;
import dev.hoplog.gap.Crossing.Reason;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.AsPath;
import dev.hoplog.model.Attribute;
import dev.hoplog.model.Communities;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Id;
import dev.hoplog.model.IpAddress;
import dev.hoplog.model.LargeCommunity;
import dev.hoplog.model.NextHop;
import dev.hoplog.model.Observed;
import dev.hoplog.model.PathBuilder;
import dev.hoplog.model.PathFlag;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.RibId;
import dev.hoplog.model.SessionState;
import dev.hoplog.model.View;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** zsol/bird -> pve01/frr -> pve02/frr -> pve03/frr (one AS); pve02/frr -> asol/bird, and back; pve02/frr -> its kernel. */
class EdgesTest {
    private static final HopId SOURCE = HopId.parse("zsol/bird/master6");
    private static final HopId PVE01 = HopId.parse("pve01/frr/main");
    private static final HopId PVE02 = HopId.parse("pve02/frr/main");
    private static final HopId PVE03 = HopId.parse("pve03/frr/main");
    private static final HopId KERNEL = HopId.parse("pve02/kernel/main");
    private static final HopId FAR = HopId.parse("asol/bird/master6");
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static PeerId peer(HopId hop) {
        return PeerId.parse("fd00::" + Integer.toHexString(hop.toString().charAt(0))
                + (hop.node().charAt(hop.node().length() - 1) == 'l'
                        ? "0"
                        : hop.node().substring(4)));
    }

    private static Edge edge(HopId from, HopId to, Link link) {
        return new Edge(
                from,
                to,
                link,
                List.of(Carried.freely(PrefixRange.exactly(POD))),
                from.equals(FAR),
                GRACE,
                Optional.empty(),
                Optional.empty());
    }

    private static Edge session(HopId from, HopId to, Link.Kind kind) {
        return edge(from, to, new Link.Session(kind, peer(from), peer(to)));
    }

    private static final List<Edge> EDGES = List.of(
            session(SOURCE, PVE01, Link.Kind.EXTERNAL),
            session(PVE01, PVE02, Link.Kind.INTERNAL),
            session(PVE02, PVE03, Link.Kind.INTERNAL),
            session(PVE02, FAR, Link.Kind.EXTERNAL),
            session(FAR, PVE02, Link.Kind.EXTERNAL),
            edge(PVE02, KERNEL, new Link.Install()));

    private static List<EdgeCrossing> cross(KnownTables tables, long second) {
        return cross(tables, at(second), EDGES);
    }

    private static List<EdgeCrossing> cross(KnownTables tables, Instant instant, List<Edge> edges) {
        var nodes = new ArrayList<Node>();
        for (var headline : List.of(SOURCE, PVE01, PVE03, FAR)) {
            nodes.add(new Node(headline.node(), new TreeSet<>(), headline, List.of(headline)));
        }
        nodes.add(new Node(PVE02.node(), new TreeSet<>(), PVE02, List.of(PVE02, KERNEL)));
        var version = new ChainVersion("lab", new Id(0, 1), Optional.empty(), Instant.EPOCH, new Chain(nodes, edges));
        return Edges.at(new Ground("lab", ChainTimeline.of(List.of(version)), POD, tables), instant);
    }

    private static Crossing crossing(KnownTables tables, HopId from, HopId to) {
        return cross(tables, 50).stream()
                .filter(crossed -> crossed.edge().upstream().equals(from)
                        && crossed.edge().downstream().equals(to))
                .findFirst()
                .orElseThrow()
                .crossing();
    }

    private static RibId loc(HopId hop) {
        return rib(hop, View.LOC_RIB);
    }

    private static PathBuilder own() {
        return new PathBuilder().flag(PathFlag.VALID).flag(PathFlag.BEST);
    }

    private static PathBuilder from(HopId neighbour) {
        return own().from(peer(neighbour));
    }

    /** The whole way, as it should be. */
    private static KnownTables healthy() {
        return new KnownTables()
                .has(loc(SOURCE), own().build())
                .has(loc(PVE01), from(SOURCE).build())
                .has(loc(PVE02), from(PVE01).build())
                .has(loc(FAR), from(PVE02).build())
                .lacks(loc(PVE03))
                .has(
                        rib(KERNEL, View.FIB),
                        new PathBuilder().flag(PathFlag.INSTALLED).build());
    }

    @Test
    void shouldTellTheWayFromWhereThePrefixComesDownstream() {
        assertThat(cross(healthy(), 50))
                .extracting(crossed -> crossed.edge().toString())
                .containsExactly(
                        "zsol/bird/master6 -> pve01/frr/main",
                        "pve01/frr/main -> pve02/frr/main",
                        "pve02/frr/main -> asol/bird/master6",
                        "pve02/frr/main -> pve02/kernel/main",
                        "pve02/frr/main -> pve03/frr/main",
                        "asol/bird/master6 -> pve02/frr/main");
        assertThat(cross(healthy(), 50).subList(0, 4))
                .allSatisfy(crossed -> assertThat(crossed.crossing()).isInstanceOf(Crossing.Carried.class));
    }

    @Test
    void shouldTellNothingWhereNoChainIsInForceOrNoEdgeIsThere() {
        assertThat(Edges.at(new Ground("lab", ChainTimeline.of(List.of()), POD, healthy()), at(50)))
                .isEmpty();
        var first = EDGES.getFirst();
        var later = new Edge(
                first.upstream(),
                first.downstream(),
                first.link(),
                first.carries(),
                false,
                GRACE,
                Optional.of(at(60)),
                Optional.empty());
        assertThat(cross(healthy(), at(50), List.of(later))).isEmpty();
        assertThat(cross(healthy(), at(60), List.of(later))).hasSize(1);
    }

    /** Each of the two ends in each of the four ways in which it may stand. */
    @ParameterizedTest
    @CsvSource({
        "HAS, HAS, Carried",
        "HAS, LACKS, Missing",
        "HAS, UNDECIDED, NotKnown",
        "HAS, UNOBSERVED, NotKnown",
        "LACKS, HAS, NotExpected",
        "LACKS, LACKS, NotExpected",
        "LACKS, UNDECIDED, NotExpected",
        "LACKS, UNOBSERVED, NotExpected",
        "UNDECIDED, HAS, NotKnown",
        "UNDECIDED, LACKS, NotKnown",
        "UNDECIDED, UNDECIDED, NotKnown",
        "UNDECIDED, UNOBSERVED, NotKnown",
        "UNOBSERVED, HAS, NotKnown",
        "UNOBSERVED, LACKS, NotKnown",
        "UNOBSERVED, UNDECIDED, NotKnown",
        "UNOBSERVED, UNOBSERVED, NotKnown"
    })
    void shouldSayOfAnEdgeWhatItsEndsProve(Standing upstream, Standing downstream, String expected) {
        var tables = new KnownTables();
        stand(tables, SOURCE, upstream, own());
        stand(tables, PVE01, downstream, from(SOURCE));

        var crossing = crossing(tables, SOURCE, PVE01);

        assertThat(crossing.getClass().getSimpleName()).isEqualTo(expected);
        if (crossing instanceof Crossing.NotKnown unknown) {
            assertThat(unknown.unobserved()).isEqualTo(those(Standing.UNOBSERVED, upstream, downstream));
            assertThat(unknown.undecided()).isEqualTo(those(Standing.UNDECIDED, upstream, downstream));
        }
        if (crossing instanceof Crossing.NotExpected not) {
            assertThat(not).isEqualTo(new Crossing.NotExpected(Reason.UPSTREAM_LACKS, downstream == Standing.HAS));
        }
    }

    private static void stand(KnownTables tables, HopId hop, Standing standing, PathBuilder path) {
        switch (standing) {
            case HAS -> tables.has(loc(hop), path.build());
            case LACKS -> tables.lacks(loc(hop));
            case UNDECIDED -> tables.appears(loc(hop), 40, 60, path.build());
            case UNOBSERVED -> {}
        }
    }

    private static TreeSet<HopId> those(Standing asked, Standing upstream, Standing downstream) {
        var hops = new TreeSet<HopId>();
        if (upstream == asked) {
            hops.add(SOURCE);
        }
        if (downstream == asked) {
            hops.add(PVE01);
        }
        return hops;
    }

    @Test
    void shouldProveTheCauseOfWhatIsMissing() {
        var received = RibId.adj("lab", PVE01, AddressFamily.IPV6_UNICAST, View.ADJ_RIB_IN_PRE, peer(SOURCE));
        var tables = new KnownTables()
                .has(loc(SOURCE), own().build())
                .lacks(loc(PVE01))
                .has(received, own().build());

        assertThat(crossing(tables, SOURCE, PVE01)).isInstanceOfSatisfying(Crossing.Missing.class, missing -> {
            assertThat(missing.why().cause()).isEqualTo(Cause.REJECTED_ON_IMPORT);
            assertThat(missing.why().evidence())
                    .extracting(evidence -> evidence.rib().view())
                    .containsExactly(View.ADJ_RIB_IN_PRE, View.LOC_RIB);
        });
    }

    /** The table before it had the community, what was sent had it no more. */
    @Test
    void shouldShowWhoTookAwayWhatThePolicyMisses() {
        var wanted = LargeCommunity.parse("4200001000:0:100");
        var sent = RibId.adj("lab", SOURCE, AddressFamily.IPV6_UNICAST, View.ADJ_RIB_OUT_POST, peer(PVE01));
        var received = RibId.adj("lab", PVE01, AddressFamily.IPV6_UNICAST, View.ADJ_RIB_IN_PRE, peer(SOURCE));
        var tables = new KnownTables()
                .has(loc(SOURCE), own().largeCommunity(wanted).build())
                .has(sent, Observed.of(Attribute.COMMUNITIES, Attribute.LARGE_COMMUNITIES), own().build())
                .has(received, Observed.allBut(Attribute.COMMUNITIES, Attribute.LARGE_COMMUNITIES), own().build())
                .lacks(loc(PVE01));
        var requiring = new Edge(
                SOURCE,
                PVE01,
                new Link.Session(Link.Kind.EXTERNAL, peer(SOURCE), peer(PVE01)),
                List.of(new Carried(
                        PrefixRange.exactly(POD), new Communities(List.of(), List.of(wanted), List.of(), List.of()))),
                false,
                GRACE,
                Optional.empty(),
                Optional.empty());

        var crossing = cross(tables, at(50), List.of(requiring)).getFirst().crossing();

        assertThat(crossing).isInstanceOfSatisfying(Crossing.Missing.class, missing -> {
            assertThat(missing.why().cause()).isEqualTo(Cause.REJECTED_ON_IMPORT);
            assertThat(missing.why().lackingOrNone().large()).containsExactly(wanted);
            assertThat(missing.why().evidence())
                    .extracting(Evidence::rib)
                    .containsExactly(loc(SOURCE), sent, received, loc(PVE01));
        });
    }

    @Test
    void shouldGrantARouteTheTimeThatItMayTake() {
        var tables =
                new KnownTables().appears(loc(SOURCE), 40, 48, own().build()).lacks(loc(PVE01));

        assertThat(crossing(tables, SOURCE, PVE01)).isEqualTo(new Crossing.UnderWay(at(53)));
        assertThat(cross(tables, 53).getFirst().crossing()).isInstanceOf(Crossing.Missing.class);
    }

    @Test
    void shouldNotExpectWhatIsLearntFromTheSameASOverAnInternalSession() {
        assertThat(crossing(healthy(), PVE02, PVE03)).isEqualTo(new Crossing.NotExpected(Reason.INTERNAL, false));
    }

    @Test
    void shouldNotExpectARouteBackAtThePeerThatItCameFrom() {
        assertThat(crossing(healthy(), FAR, PVE02)).isEqualTo(new Crossing.NotExpected(Reason.BACK_TO_PEER, false));
    }

    @Test
    void shouldNotExpectAnOwnRouteWhereOnlyLearntOnesGoNorInItsKernel() {
        var tables = new KnownTables()
                .has(loc(FAR), own().build())
                .has(loc(PVE02), own().build())
                .lacks(rib(KERNEL, View.FIB));

        assertThat(crossing(tables, FAR, PVE02)).isEqualTo(new Crossing.NotExpected(Reason.OWN, false));
        assertThat(crossing(tables, PVE02, KERNEL)).isEqualTo(new Crossing.NotExpected(Reason.OWN, false));
    }

    @Test
    void shouldExpectNothingOfAnEndThatDoesNotShowFromWhomItHasARoute() {
        var tables = new KnownTables()
                .has(loc(SOURCE), Observed.allBut(Attribute.FROM), own().build())
                .lacks(loc(PVE01));

        assertThat(crossing(tables, SOURCE, PVE01)).isEqualTo(new Crossing.NotExpected(Reason.NOT_SHOWN, false));
    }

    @Test
    void shouldTellWhatCameFromElsewhereFromWhatCameThisWay() {
        var tables = new KnownTables()
                .has(loc(SOURCE), own().build())
                .has(loc(PVE01), from(PVE03).build());
        var both = new KnownTables()
                .has(loc(SOURCE), own().build())
                .has(
                        loc(PVE01),
                        from(PVE03).build(),
                        new PathBuilder()
                                .from(peer(SOURCE))
                                .flag(PathFlag.VALID)
                                .build());

        assertThat(crossing(tables, SOURCE, PVE01)).isEqualTo(new Crossing.FromElsewhere());
        assertThat(crossing(both, SOURCE, PVE01))
                .isInstanceOfSatisfying(
                        Crossing.Carried.class,
                        carried -> assertThat(carried.passage().orElseThrow().used())
                                .isFalse());
    }

    @Test
    void shouldShowWhatChangedOnTheWayAndCompareOnlyWhatTravelsAndBothShow() {
        var before = own().asPath(AsPath.sequence(List.of(65001L)))
                .largeCommunity(LargeCommunity.parse("4200001000:0:100"))
                .localPref(100)
                .weight(1)
                .nextHop(NextHop.of(IpAddress.parse("fd00::1")))
                .build();
        var after = from(SOURCE)
                .asPath(AsPath.sequence(List.of(65002L, 65001L)))
                .localPref(200)
                .weight(2)
                .med(5)
                .nextHop(NextHop.of(IpAddress.parse("fd00::2")))
                .build();
        var tables = new KnownTables()
                .has(loc(SOURCE), Observed.allBut(Attribute.MED), before)
                .has(loc(PVE01), after);

        assertThat(crossing(tables, SOURCE, PVE01)).isInstanceOfSatisfying(Crossing.Carried.class, carried -> {
            var passage = carried.passage().orElseThrow();
            assertThat(passage.before()).isEqualTo(before);
            assertThat(passage.after()).isEqualTo(after);
            assertThat(passage.used()).isTrue();
            assertThat(passage.changed())
                    .containsExactlyInAnyOrder(
                            Attribute.NEXT_HOPS, Attribute.AS_PATH, Attribute.LOCAL_PREF, Attribute.LARGE_COMMUNITIES);
            assertThat(passage.compared()).doesNotContain(Attribute.MED, Attribute.FROM, Attribute.WEIGHT);
        });
    }

    @Test
    void shouldSayThatTheSessionToWhatIsNotObservedIsDown() {
        var down = KnownTables.session(peer(SOURCE), SessionState.ACTIVE);
        var tables = new KnownTables().lacks(loc(PVE01)).holds(rib(PVE01, View.SESSIONS), down);

        assertThat(crossing(tables, SOURCE, PVE01)).isInstanceOfSatisfying(Crossing.NotKnown.class, unknown -> {
            assertThat(unknown.unobserved()).containsExactly(SOURCE);
            assertThat(unknown.down())
                    .singleElement()
                    .satisfies(evidence -> assertThat(evidence.rib().hop()).isEqualTo(PVE01));
        });
    }
}
