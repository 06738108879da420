package dev.hoplog.gap;

import static dev.hoplog.gap.KnownTables.POD;
import static dev.hoplog.gap.KnownTables.at;
import static dev.hoplog.gap.KnownTables.rib;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hoplog.chain.Carried;
import dev.hoplog.chain.Chain;
import dev.hoplog.chain.ChainTimeline;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.chain.Edge;
import dev.hoplog.chain.Link;
import dev.hoplog.chain.Node;
import dev.hoplog.chain.PrefixRange;
import dev.hoplog.history.Truth;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.Attribute;
import dev.hoplog.model.Communities;
import dev.hoplog.model.Community;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Id;
import dev.hoplog.model.Observed;
import dev.hoplog.model.Path;
import dev.hoplog.model.PathBuilder;
import dev.hoplog.model.PathFlag;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.RibId;
import dev.hoplog.model.SessionState;
import dev.hoplog.model.TimeSpan;
import dev.hoplog.model.TimeSpans;
import dev.hoplog.model.View;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the stations between a spine and a leaf prove, and from when on. The edge may take ten seconds. */
class StationsTest {
    private static final HopId SPINE = HopId.parse("spine/frr/main");
    static final HopId LEAF = HopId.parse("leaf/frr/main");
    static final PeerId SPINE_PEER = PeerId.parse("fd00::1");
    static final PeerId LEAF_PEER = PeerId.parse("fd00::2");
    static final RibId HAD = rib(SPINE, View.LOC_RIB);
    static final RibId SENT = RibId.adj("lab", SPINE, AddressFamily.IPV6_UNICAST, View.ADJ_RIB_OUT_POST, LEAF_PEER);
    static final RibId RECEIVED = RibId.adj("lab", LEAF, AddressFamily.IPV6_UNICAST, View.ADJ_RIB_IN_PRE, SPINE_PEER);
    static final RibId TAKEN = rib(LEAF, View.LOC_RIB);
    static final RibId SESSIONS = rib(SPINE, View.SESSIONS);

    static Path best() {
        return new PathBuilder().flag(PathFlag.VALID).flag(PathFlag.BEST).build();
    }

    static PathBuilder fromSpine() {
        return new PathBuilder().from(SPINE_PEER);
    }

    static Path used() {
        return fromSpine().flag(PathFlag.VALID).flag(PathFlag.BEST).build();
    }

    /** The spine has it and the leaf lacks it; there is a session. */
    static KnownTables broken() {
        return new KnownTables()
                .has(HAD, best())
                .holds(SESSIONS, KnownTables.session(LEAF_PEER, SessionState.ESTABLISHED))
                .lacks(SENT)
                .lacks(RECEIVED)
                .lacks(TAKEN);
    }

    private static Ground ground(KnownTables tables) {
        return ground(tables, Communities.none());
    }

    private static Ground ground(KnownTables tables, Communities required) {
        return new Ground("lab", ChainTimeline.of(List.of(chain(1, Optional.empty(), required))), POD, tables);
    }

    private static ChainVersion chain(int number, Optional<Instant> inForceFrom, Communities required) {
        var edge = new Edge(
                SPINE,
                LEAF,
                new Link.Session(Link.Kind.EXTERNAL, SPINE_PEER, LEAF_PEER),
                List.of(new Carried(PrefixRange.exactly(POD), required)),
                false,
                Duration.ofSeconds(10),
                Optional.empty(),
                Optional.empty());
        var nodes = List.of(
                new Node("spine", new TreeSet<>(), SPINE, List.of(SPINE)),
                new Node("leaf", new TreeSet<>(), LEAF, List.of(LEAF)));
        return new ChainVersion("lab", new Id(0, number), inForceFrom, at(number), new Chain(nodes, List.of(edge)));
    }

    static List<Explanation> explained(KnownTables tables) {
        var ground = ground(tables);
        return Explainer.explain(ground, GapFinder.find(ground, at(100)).getFirst());
    }

    /** Second by which each cause is certain first, of the one gap that there is. */
    static SortedMap<Cause, Long> causes(KnownTables tables) {
        var ground = ground(tables);
        var gaps = GapFinder.find(ground, at(100));
        assertThat(gaps).hasSize(1);
        var causes = new TreeMap<Cause, Long>();
        Explainer.explain(ground, gaps.getFirst())
                .forEach(why -> causes.putIfAbsent(
                        why.cause(),
                        Duration.between(at(0), why.when().spans().getFirst().from())
                                .toSeconds()));
        return causes;
    }

    @Test
    void shouldNotBlameTheNextStationForWhatIsUnderWayToIt() {
        var tables = broken().without(SENT).without(RECEIVED).without(TAKEN);
        tables.appears(SENT, 45, 50, best()).appears(RECEIVED, 51, 56, used()).appears(TAKEN, 52, 57, used());

        assertThat(causes(tables)).isEqualTo(Map.of(Cause.NOT_EXPORTED, 10L));
    }

    @Test
    void shouldBlameTheNextStationForWhatHasBeenUnderWayForTooLong() {
        assertThat(causes(broken().without(SENT).appears(SENT, 45, 50, best())))
                .isEqualTo(Map.of(Cause.NOT_EXPORTED, 10L, Cause.LISTED_AS_EXPORTED_BUT_NOT_RECEIVED, 60L));
        assertThat(causes(broken().without(RECEIVED).appears(RECEIVED, 45, 50, used())))
                .isEqualTo(Map.of(Cause.NOT_EXPORTED, 10L, Cause.REJECTED_ON_IMPORT, 60L));
    }

    @Test
    void shouldNotBlameAPolicyForWhatASessionThatCameUpDoesNotCarryYet() {
        var tables = broken().without(SESSIONS)
                .holds(SESSIONS, KnownTables.session(LEAF_PEER, SessionState.ACTIVE))
                .turns(SESSIONS, 45, 50, KnownTables.session(LEAF_PEER, SessionState.ESTABLISHED));

        assertThat(causes(tables)).isEqualTo(Map.of(Cause.SESSION_DOWN, 10L, Cause.NOT_EXPORTED, 60L));
    }

    @Test
    void shouldNotTakeAPathThatJustCameForOneThatIsNotUsed() {
        var tables = broken().without(TAKEN)
                .appears(TAKEN, 45, 50, fromSpine().build())
                .turns(TAKEN, 50, 55, fromSpine().flag(PathFlag.VALID).build())
                .turns(TAKEN, 55, 58, used());
        assertThat(causes(tables)).isEqualTo(Map.of(Cause.NOT_EXPORTED, 10L));

        tables = broken().without(TAKEN)
                .appears(TAKEN, 15, 20, fromSpine().build())
                .turns(TAKEN, 25, 28, fromSpine().med(5).build())
                .turns(TAKEN, 45, 50, fromSpine().flag(PathFlag.VALID).build());
        assertThat(causes(tables))
                .isEqualTo(Map.of(Cause.NOT_EXPORTED, 10L, Cause.NEXT_HOP_UNREACHABLE, 30L, Cause.NOT_BEST, 50L));
    }

    @Test
    void shouldSayThatItWasRejectedWhileTheTableGoesFromARemovedPathToNone() {
        var removed = fromSpine().flag(PathFlag.REMOVED).build();
        var tables = broken().without(RECEIVED).has(RECEIVED, used()).without(TAKEN);

        assertThat(causes(tables.has(TAKEN, removed).withdrawn(TAKEN, 5, 90)))
                .isEqualTo(Map.of(Cause.REJECTED_ON_IMPORT, 10L));
    }

    @Test
    void shouldNotSayOfAPathThatItWasRejectedWhereItMayBeTheOneThatIsThere() {
        var tables = broken().without(RECEIVED).has(RECEIVED, used()).without(TAKEN);

        assertThat(causes(tables.has(TAKEN, Observed.allBut(Attribute.FROM), new PathBuilder().build())))
                .isEqualTo(Map.of(Cause.UNKNOWN, 10L));
    }

    @Test
    void shouldTakeASessionForUpWhoseCountsMove() {
        var tables = broken().without(SESSIONS)
                .holds(SESSIONS, KnownTables.session(LEAF_PEER, SessionState.ESTABLISHED, Optional.of(0L)));
        for (int second = 5; second <= 95; second += 5) {
            tables.turns(
                    SESSIONS,
                    second - 6,
                    second,
                    KnownTables.session(LEAF_PEER, SessionState.ESTABLISHED, Optional.of((long) second)));
        }

        assertThat(explained(tables)).singleElement().satisfies(why -> {
            assertThat(why.cause()).isEqualTo(Cause.NOT_EXPORTED);
            assertThat(why.when()).isEqualTo(TimeSpans.of(TimeSpan.closed(at(10), at(100))));
        });
    }

    @Test
    void shouldNotSayOfWhatIsRefusedForAMomentThatItWasRejected() {
        var tables = broken().without(SENT).has(SENT, best());
        var views = List.of(
                RibId.adj("lab", LEAF, AddressFamily.IPV6_UNICAST, View.ADJ_RIB_IN_REJECTED, SPINE_PEER),
                RibId.adj("lab", SPINE, AddressFamily.IPV6_UNICAST, View.ADJ_RIB_OUT_REJECTED, LEAF_PEER));

        tables.appears(views.getFirst(), 45, 50, used()).withdrawn(views.getFirst(), 51, 56);
        assertThat(causes(tables)).isEqualTo(Map.of(Cause.LISTED_AS_EXPORTED_BUT_NOT_RECEIVED, 10L));

        tables.without(views.getFirst()).appears(views.getFirst(), 45, 50, used());
        assertThat(causes(tables))
                .isEqualTo(Map.of(Cause.LISTED_AS_EXPORTED_BUT_NOT_RECEIVED, 10L, Cause.REJECTED_ON_IMPORT, 60L));
    }

    private static final Community TAG = Community.parse("65000:1").orElseThrow();
    private static final Communities TAGGED = new Communities(List.of(TAG), List.of(), List.of(), List.of());

    private static Communities lacking(KnownTables tables) {
        var ground = ground(tables, TAGGED);
        return Explainer.explain(ground, GapFinder.find(ground, at(100)).getFirst())
                .getFirst()
                .lacking();
    }

    @Test
    void shouldSayWhatThePathLacksThatIsUsedAndNotASpareOne() {
        var neighbour = PeerId.parse("fd00::9");
        var tagged = new PathBuilder().from(neighbour).community(TAG);
        var bare = new PathBuilder().from(PeerId.parse("fd00::3"));

        var tables = broken().without(HAD);
        assertThat(lacking(tables.has(
                        HAD,
                        bare.flag(PathFlag.VALID).build(),
                        tagged.flag(PathFlag.VALID).flag(PathFlag.BEST).build())))
                .isEqualTo(Communities.none());

        var bareBest = new PathBuilder()
                .from(PeerId.parse("fd00::9"))
                .flag(PathFlag.VALID)
                .flag(PathFlag.BEST);
        var taggedSpare =
                new PathBuilder().from(PeerId.parse("fd00::3")).community(TAG).flag(PathFlag.VALID);
        assertThat(lacking(tables.without(HAD).has(HAD, taggedSpare.build(), bareBest.build())))
                .isEqualTo(TAGGED);
    }

    @Test
    void shouldNotBlameAnImportForWhatOnlyTheTableBeforeTheExportIsSeenWithout() {
        var hidden = Observed.allBut(Attribute.COMMUNITIES);
        var tables = broken().without(RECEIVED).has(RECEIVED, hidden, used()).without(SENT);

        assertThat(lacking(tables)).isEqualTo(Communities.none());
        assertThat(lacking(tables.has(SENT, best()))).isEqualTo(TAGGED);
    }

    @Test
    void shouldShowWhoHadWhatTheEdgeRequires() {
        var ground = ground(broken().without(RECEIVED).has(RECEIVED, used()), TAGGED);

        assertThat(Explainer.explain(ground, GapFinder.find(ground, at(100)).getFirst())
                        .getFirst()
                        .evidence())
                .extracting(Evidence::rib)
                .containsExactly(HAD, SENT, RECEIVED, TAKEN);
    }

    @Test
    void shouldNotSayThatItLacksWhatCameBack() {
        var bare = new PathBuilder().flag(PathFlag.VALID).flag(PathFlag.BEST);
        var tagged = new PathBuilder().flag(PathFlag.VALID).flag(PathFlag.BEST).community(TAG);
        var ground = ground(broken().without(HAD).has(HAD, bare.build()).turns(HAD, 40, 45, tagged.build()), TAGGED);

        assertThat(Explainer.explain(ground, GapFinder.find(ground, at(100)).getFirst()))
                .extracting(
                        Explanation::cause,
                        Explanation::lacking,
                        why -> why.when().spans().getFirst().from())
                .containsExactly(
                        tuple(Cause.NOT_EXPORTED, TAGGED, at(10)),
                        tuple(Cause.NOT_EXPORTED, Communities.none(), at(45)));
    }

    @Test
    void shouldGoOnBlamingWhileOnlyAttributesOfWhatIsThereChange() {
        var tables = broken().without(RECEIVED)
                .has(RECEIVED, used())
                .turns(RECEIVED, 40, 90, fromSpine().med(7).build());

        assertThat(explained(tables)).singleElement().satisfies(why -> {
            assertThat(why.cause()).isEqualTo(Cause.REJECTED_ON_IMPORT);
            assertThat(why.when()).isEqualTo(TimeSpans.of(TimeSpan.closed(at(10), at(100))));
        });
    }

    @Test
    void shouldSayOnlyAsLongAsItIsProven() {
        var tables = broken().unseen(SENT, 40, 60);

        assertThat(explained(tables)).singleElement().satisfies(why -> {
            assertThat(why.cause()).isEqualTo(Cause.NOT_EXPORTED);
            assertThat(why.when())
                    .isEqualTo(TimeSpans.of(TimeSpan.closed(at(10), at(100)))
                            .minus(TimeSpans.of(TimeSpan.closed(at(40), at(60)))));
        });
    }

    @Test
    void shouldShowSinceWhenASessionIsDownWhateverElseOfItMoved() {
        var tables = broken().without(SESSIONS)
                .holds(SESSIONS, KnownTables.session(LEAF_PEER, SessionState.ACTIVE))
                .turns(SESSIONS, 5, 8, KnownTables.session(LEAF_PEER, SessionState.CONNECT));

        assertThat(explained(tables)).singleElement().satisfies(why -> {
            assertThat(why.cause()).isEqualTo(Cause.SESSION_DOWN);
            assertThat(why.evidence())
                    .singleElement()
                    .satisfies(proof -> assertThat(((Truth.Present) proof.truth())
                                    .since()
                                    .bounds()
                                    .atOrBefore())
                            .isEqualTo(at(0)));
        });
    }

    @Test
    void shouldTakeNothingBackThatNothingShowsWhileItChanges() {
        var tables = broken().without(RECEIVED).has(RECEIVED, used()).without(SENT);
        tables.has(
                        SENT,
                        new PathBuilder()
                                .flag(PathFlag.VALID)
                                .flag(PathFlag.BEST)
                                .community(TAG)
                                .build())
                .turns(RECEIVED, 40, 90, fromSpine().community(TAG).build());
        var ground = ground(tables, TAGGED);

        assertThat(Explainer.explain(ground, GapFinder.find(ground, at(100)).getFirst()))
                .extracting(Explanation::lacking, why -> why.when().spans().getFirst())
                .containsExactly(
                        tuple(TAGGED, new TimeSpan(at(10), at(90))),
                        tuple(Communities.none(), TimeSpan.closed(at(90), at(100))));
    }

    @Test
    void shouldNotSayThatItLacksWhatAnotherChainDoesNotRequire() {
        var tables = broken().without(RECEIVED)
                .has(RECEIVED, used())
                .turns(
                        RECEIVED,
                        45,
                        90,
                        fromSpine()
                                .community(Community.parse("65000:7").orElseThrow())
                                .build());
        var free = chain(2, Optional.of(at(50)), Communities.none());
        var ground =
                new Ground("lab", ChainTimeline.of(List.of(chain(1, Optional.empty(), TAGGED), free)), POD, tables);

        assertThat(Explainer.explain(ground, GapFinder.find(ground, at(100)).getFirst()))
                .extracting(Explanation::lacking, why -> why.when().spans().getFirst())
                .containsExactly(
                        tuple(TAGGED, new TimeSpan(at(10), at(50))),
                        tuple(Communities.none(), TimeSpan.closed(at(50), at(100))));
    }

    @Test
    void shouldTurnWithTheChain() {
        var required = chain(2, Optional.of(at(50)), TAGGED);
        var ground = new Ground(
                "lab",
                ChainTimeline.of(List.of(chain(1, Optional.empty(), Communities.none()), required)),
                POD,
                broken());

        assertThat(Explainer.explain(ground, GapFinder.find(ground, at(100)).getFirst()))
                .extracting(Explanation::lacking, why -> why.when().spans().getFirst())
                .containsExactly(
                        tuple(Communities.none(), new TimeSpan(at(10), at(50))),
                        tuple(TAGGED, TimeSpan.closed(at(50), at(100))));
    }
}
