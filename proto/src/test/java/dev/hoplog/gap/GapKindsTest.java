package dev.hoplog.gap;

import static dev.hoplog.gap.KnownTables.at;
import static dev.hoplog.gap.KnownTables.rib;
import static dev.hoplog.gap.TwoSpines.HOST;
import static dev.hoplog.gap.TwoSpines.KERNEL;
import static dev.hoplog.gap.TwoSpines.LEAF;
import static dev.hoplog.gap.TwoSpines.SPINE1;
import static dev.hoplog.gap.TwoSpines.SPINE2;
import static dev.hoplog.gap.TwoSpines.best;
import static dev.hoplog.gap.TwoSpines.edge;
import static dev.hoplog.gap.TwoSpines.from;
import static dev.hoplog.gap.TwoSpines.gaps;
import static dev.hoplog.gap.TwoSpines.ground;
import static dev.hoplog.gap.TwoSpines.healthy;
import static dev.hoplog.gap.TwoSpines.installed;
import static dev.hoplog.gap.TwoSpines.loc;
import static dev.hoplog.gap.TwoSpines.ofHop;
import static dev.hoplog.gap.TwoSpines.peer;
import static dev.hoplog.gap.TwoSpines.session;
import static dev.hoplog.gap.TwoSpines.spare;
import static dev.hoplog.gap.TwoSpines.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.chain.Link;
import dev.hoplog.gap.Gap.Kind;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.Attribute;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Observed;
import dev.hoplog.model.PathBuilder;
import dev.hoplog.model.PathFlag;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.PeerSession;
import dev.hoplog.model.RibId;
import dev.hoplog.model.ScraperClock;
import dev.hoplog.model.SessionState;
import dev.hoplog.model.View;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of two spines, a leaf with its kernel, and a host. */
class GapKindsTest {
    @Test
    void shouldFindNothingWhereAllIsWell() {
        assertThat(gaps(healthy())).isEmpty();
    }

    @Test
    void shouldBeDegradedWhereOneOfTwoEdgesDoesNotBringIt() {
        var tables = healthy().without(loc(LEAF)).has(loc(LEAF), from(SPINE1));

        assertThat(gaps(tables)).singleElement().satisfies(gap -> {
            assertThat(gap.kind()).isEqualTo(Kind.DEGRADED);
            assertThat(gap.breaks()).containsExactly(new Break(List.of(SPINE2, LEAF)));
            assertThat(gap.affected()).isEmpty();
        });
    }

    @Test
    void shouldBeDegradedWhereThePathOfOneIsNotValid() {
        var invalid = new PathBuilder().from(peer(SPINE2)).build();
        var tables = healthy().without(loc(LEAF)).has(loc(LEAF), from(SPINE1), invalid);

        assertThat(gaps(tables)).singleElement().satisfies(gap -> {
            assertThat(gap.kind()).isEqualTo(Kind.DEGRADED);
            assertThat(Explainer.explain(ground(tables), gap))
                    .extracting(Explanation::cause)
                    .containsExactly(Cause.NEXT_HOP_UNREACHABLE);
        });
    }

    @Test
    void shouldNotMissWhatTheOtherHasByWayOfTheHopItself() {
        var tables = healthy()
                .without(loc(LEAF))
                .has(loc(LEAF), from(SPINE1))
                .without(loc(SPINE2))
                .has(loc(SPINE2), from(HOST));

        assertThat(gaps(tables)).isEmpty();
    }

    @Test
    void shouldNotMissASecondPathWhereTheHopHasItOfItsOwn() {
        assertThat(gaps(healthy().without(loc(LEAF)).has(loc(LEAF), best().build())))
                .noneMatch(gap -> gap.hop().equals(LEAF));
    }

    @Test
    void shouldNotMissAPathThatTheSourceWouldNotShow() {
        assertThat(gaps(healthy().without(loc(LEAF)).has(loc(LEAF), Observed.allBut(Attribute.FROM), best().build())))
                .isEmpty();
    }

    @Test
    void shouldBeStaleWhereTheHopKeepsWhatBothTookBack() {
        var tables = healthy().withdrawn(loc(SPINE1), 20, 25).withdrawn(loc(SPINE2), 30, 35);

        assertThat(ofHop(LEAF, gaps(tables))).singleElement().satisfies(gap -> {
            assertThat(gap.kind()).isEqualTo(Kind.STALE);
            assertThat(gap.opened()).isEqualTo(Bounds.between(at(30), at(35)));
            assertThat(gap.breaks())
                    .containsExactly(new Break(List.of(SPINE1, LEAF)), new Break(List.of(SPINE2, LEAF)));
            assertThat(Explainer.explain(ground(tables), gap))
                    .extracting(Explanation::cause)
                    .containsOnly(Cause.UNKNOWN);
        });
    }

    /** Sessions go both ways between the leaf and its host. */
    private static Ground bothWays(KnownTables tables) {
        return ground(
                tables, version(1, Optional.empty(), session(SPINE1, LEAF), session(LEAF, HOST), session(HOST, LEAF)));
    }

    @Test
    void shouldBeStaleAlsoWhereTheHopItselfGaveItToAnotherThatCouldGiveItBack() {
        var tables = healthy().withdrawn(loc(SPINE1), 20, 25);
        tables.without(loc(LEAF)).has(loc(LEAF), from(SPINE1));

        assertThat(GapFinder.find(bothWays(tables), at(100)))
                .extracting(Gap::kind, Gap::hop)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Kind.STALE, LEAF));
    }

    @Test
    void shouldNotBeStaleWhereAnotherHasItFromElsewhereAsWell() {
        var tables = healthy().withdrawn(loc(SPINE1), 20, 25);
        tables.without(loc(LEAF)).has(loc(LEAF), from(SPINE1));
        tables.without(loc(HOST)).has(loc(HOST), from(LEAF), spare(SPINE2));

        assertThat(GapFinder.find(bothWays(tables), at(100))).isEmpty();
    }

    @Test
    void shouldNotBeStaleWhereTheHopHasItOfItsOwn() {
        var tables = healthy()
                .without(loc(LEAF))
                .has(loc(LEAF), best().build())
                .withdrawn(loc(SPINE1), 20, 25)
                .withdrawn(loc(SPINE2), 30, 35);

        assertThat(ofHop(LEAF, gaps(tables))).isEmpty();
    }

    @Test
    void shouldBeStaleInAKernelOnlyIfTheRouteIsTheDaemons() {
        var daemons = healthy()
                .withdrawn(loc(SPINE1), 20, 25)
                .withdrawn(loc(SPINE2), 20, 25)
                .withdrawn(loc(LEAF), 20, 25)
                .withdrawn(loc(HOST), 20, 25);
        assertThat(gaps(daemons))
                .extracting(Gap::kind, Gap::hop)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Kind.STALE, KERNEL));

        daemons.without(rib(KERNEL, View.FIB)).has(rib(KERNEL, View.FIB), installed("static"));
        assertThat(gaps(daemons)).isEmpty();
    }

    /** What is found where two spines give it to a leaf, which knows the second by a name. */
    private static List<Gap> withASecondSpineKnownAs(String name, KnownTables tables) {
        var known = new Link.Session(Link.Kind.EXTERNAL, PeerId.parse(name), peer(LEAF));
        return GapFinder.find(
                ground(tables, version(1, Optional.empty(), session(SPINE1, LEAF), edge(SPINE2, LEAF, known))),
                at(100));
    }

    @Test
    void shouldNotMissAPathThatIsFromTheSameNeighbourByAnotherName() {
        var tables = healthy();
        tables.without(loc(LEAF))
                .has(
                        loc(LEAF),
                        from(SPINE1),
                        new PathBuilder()
                                .flag(PathFlag.VALID)
                                .from(PeerId.parse("fe80::2%eth0"))
                                .build());

        assertThat(withASecondSpineKnownAs("eth0", tables)).isEmpty();
        assertThat(withASecondSpineKnownAs("eth1", tables))
                .extracting(Gap::kind)
                .containsExactly(Kind.DEGRADED);
    }

    @ParameterizedTest
    @CsvSource({
        "fd00::2, SESSION_DOWN",
        "eth0, UNKNOWN",
        "fe80::2%eth0, UNKNOWN",
        "fe80::2, UNKNOWN",
        "10.0.0.2, UNKNOWN"
    })
    void shouldTakeOnlyANeighbourThatHasNoOtherNameForDownWhereItIsNotListed(String name, Cause expected) {
        var tables = healthy().lacks(rib(LEAF, View.SESSIONS));
        tables.without(loc(LEAF)).lacks(loc(LEAF));
        var known = new Link.Session(Link.Kind.EXTERNAL, PeerId.parse(name), peer(LEAF));
        var ground = ground(tables, version(1, Optional.empty(), edge(SPINE2, LEAF, known)));

        assertThat(GapFinder.find(ground, at(100)))
                .singleElement()
                .satisfies(gap -> assertThat(Explainer.explain(ground, gap))
                        .extracting(Explanation::cause)
                        .containsExactly(expected));
    }

    private static PeerSession established(HopId neighbour) {
        return KnownTables.session(peer(neighbour), SessionState.ESTABLISHED);
    }

    private static Explanation why(KnownTables tables) {
        var ground = ground(tables, version(1, Optional.empty(), session(SPINE2, LEAF)));
        var gap = GapFinder.find(ground, at(100)).getFirst();
        return Explainer.explain(ground, gap).getFirst();
    }

    @Test
    void shouldBlameAPolicyForWhatIsNotSentOnlyOverASessionThatIsKnownToBeThere() {
        var sent = RibId.adj("lab", SPINE2, AddressFamily.IPV6_UNICAST, View.ADJ_RIB_OUT_POST, peer(LEAF));
        var received = RibId.adj("lab", LEAF, AddressFamily.IPV6_UNICAST, View.ADJ_RIB_IN_PRE, peer(SPINE2));
        var tables = new KnownTables()
                .has(loc(SPINE2), best().build())
                .lacks(loc(LEAF))
                .lacks(sent);
        assertThat(why(tables).cause()).isEqualTo(Cause.UNKNOWN);
        assertThat(why(tables).evidence())
                .as("what would prove it with a session")
                .extracting(Evidence::rib)
                .containsExactly(sent);

        tables.has(sent, best().build()).lacks(received);
        assertThat(why(tables).cause()).isEqualTo(Cause.UNKNOWN);

        tables.holds(rib(LEAF, View.SESSIONS), established(SPINE2));
        assertThat(why(tables).cause()).isEqualTo(Cause.LISTED_AS_EXPORTED_BUT_NOT_RECEIVED);

        tables.without(sent).lacks(sent);
        assertThat(why(tables).cause()).isEqualTo(Cause.NOT_EXPORTED);
    }

    @Test
    void shouldCountTheGraceOfAnEdgeFromWhenItCameIntoForce() {
        var tables = new KnownTables().has(loc(SPINE1), best().build()).lacks(loc(LEAF));
        var ground = ground(
                tables,
                version(1, Optional.empty(), session(LEAF, HOST)),
                version(2, Optional.of(at(40)), session(SPINE1, LEAF)));

        assertThat(GapFinder.find(ground, at(100)))
                .singleElement()
                .satisfies(gap ->
                        assertThat(gap.certain().spans().getFirst().from()).isEqualTo(at(50)));
    }

    @Test
    void shouldCountTheGraceFromWhenTheBestPathTurnedAwayFromTheHopItself() {
        var tables = new KnownTables()
                .has(loc(HOST), from(LEAF), spare(SPINE2))
                .turns(loc(HOST), 40, 45, from(SPINE2))
                .has(loc(LEAF), from(SPINE1))
                .withdrawn(loc(LEAF), 20, 25);
        var ground = ground(tables, version(1, Optional.empty(), session(LEAF, HOST), session(HOST, LEAF)));

        assertThat(GapFinder.find(ground, at(100))).singleElement().satisfies(gap -> {
            assertThat(gap.kind()).isEqualTo(Kind.MISSING);
            assertThat(gap.breaks()).containsExactly(new Break(List.of(HOST, LEAF)));
            assertThat(gap.opened()).isEqualTo(Bounds.between(at(40), at(45)));
            assertThat(gap.certain().spans().getFirst().from()).isEqualTo(at(55));
        });
    }

    @Test
    void shouldTellAFurtherWayOnlyWhenItsOwnGraceIsOver() {
        var tables = new KnownTables()
                .has(loc(SPINE1), best().build())
                .appears(loc(SPINE2), 50, 52, best().build())
                .lacks(loc(LEAF));
        var ground = ground(tables, version(1, Optional.empty(), session(SPINE1, LEAF), session(SPINE2, LEAF)));

        assertThat(GapFinder.find(ground, at(100)))
                .singleElement()
                .satisfies(gap -> assertThat(gap.brokenFrom())
                        .containsEntry(new Break(List.of(SPINE1, LEAF)), at(10))
                        .containsEntry(new Break(List.of(SPINE2, LEAF)), at(62)));
    }

    @Test
    void shouldSayOnWhichClocksTheEndsOfABreakWereRead() {
        var another = new ScraperClock("another", Duration.ofSeconds(1));
        var tables = new KnownTables()
                .has(loc(SPINE1), best().build())
                .lacks(loc(LEAF))
                .readBy(loc(LEAF), another);

        assertThat(ofHop(LEAF, gaps(tables)))
                .singleElement()
                .satisfies(gap -> assertThat(gap.clocks()).containsExactlyInAnyOrder(KnownTables.CLOCK, another));
    }
}
