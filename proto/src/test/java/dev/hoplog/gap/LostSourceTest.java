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
import dev.hoplog.model.Bounds;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Id;
import dev.hoplog.model.PathBuilder;
import dev.hoplog.model.PathFlag;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.RibId;
import dev.hoplog.model.SessionState;
import dev.hoplog.model.View;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Two origins give a prefix to a spine, which gives it to a leaf, which gives it to a host; what is before the host falls silent. */
class LostSourceTest {
    private static final HopId ORIGIN1 = HopId.parse("origin1/frr/main");
    private static final HopId ORIGIN2 = HopId.parse("origin2/frr/main");
    private static final HopId SPINE = HopId.parse("spine/frr/main");
    private static final HopId LEAF = HopId.parse("leaf/frr/main");
    private static final HopId HOST = HopId.parse("host/frr/main");
    private static final List<HopId> ALL = List.of(ORIGIN1, ORIGIN2, SPINE, LEAF, HOST);

    private static PeerId peer(HopId hop) {
        return PeerId.parse("fd00::" + (1 + ALL.indexOf(hop)));
    }

    private static Edge edge(HopId from, HopId to) {
        return new Edge(
                from,
                to,
                new Link.Session(Link.Kind.EXTERNAL, peer(from), peer(to)),
                List.of(Carried.freely(PrefixRange.exactly(POD))),
                false,
                Duration.ofSeconds(5),
                Optional.empty(),
                Optional.empty());
    }

    private static Ground ground(KnownTables tables) {
        var nodes = ALL.stream()
                .map(hop -> new Node(hop.node(), new TreeSet<>(), hop, List.of(hop)))
                .toList();
        var edges = List.of(edge(ORIGIN1, SPINE), edge(ORIGIN2, SPINE), edge(SPINE, LEAF), edge(LEAF, HOST));
        return new Ground(
                "lab",
                ChainTimeline.of(List.of(
                        new ChainVersion("lab", new Id(0, 1), Optional.empty(), at(0), new Chain(nodes, edges)))),
                POD,
                tables);
    }

    private static RibId loc(HopId hop) {
        return rib(hop, View.LOC_RIB);
    }

    private static PathBuilder best() {
        return new PathBuilder().flag(PathFlag.VALID).flag(PathFlag.BEST);
    }

    @Test
    void shouldGoOnWhereOneOfTheOriginsWasSeenAfterTheLoss() {
        var sessions = rib(HOST, View.SESSIONS);
        // The first origin had it too short a time to be missed, and longer than the host.
        var tables = new KnownTables()
                .appears(loc(ORIGIN1), 20, 25, best().build())
                .unseen(loc(ORIGIN1), 38, 100)
                .lacks(loc(ORIGIN2))
                .unseen(loc(ORIGIN2), 18, 100)
                .has(loc(SPINE), best().from(peer(ORIGIN1)).build())
                .unseen(loc(SPINE), 12, 100)
                .has(loc(LEAF), best().from(peer(SPINE)).build())
                .unseen(loc(LEAF), 31, 100)
                .has(loc(HOST), best().from(peer(LEAF)).build())
                .withdrawn(loc(HOST), 26, 32)
                .holds(sessions, KnownTables.session(peer(LEAF), SessionState.ESTABLISHED))
                .turns(sessions, 31, 37, KnownTables.session(peer(LEAF), SessionState.ACTIVE));

        assertThat(GapFinder.find(ground(tables), at(100))).singleElement().satisfies(gap -> {
            assertThat(gap.kind()).isEqualTo(Gap.Kind.SOURCE_LOST);
            assertThat(gap.breaks()).containsExactly(new Break(List.of(SPINE, LEAF, HOST)));
            assertThat(gap.suspensions()).isEmpty();
        });
    }

    @Test
    void shouldBeMootSinceAHopBetweenMayHaveLackedItAndNotOnlySinceThatWasSeen() {
        var tables = new KnownTables()
                .has(loc(ORIGIN1), best().build())
                .lacks(loc(ORIGIN2))
                .has(loc(SPINE), best().from(peer(ORIGIN1)).build())
                .has(loc(LEAF), best().from(peer(SPINE)).build())
                .unseen(loc(LEAF), 31, 59)
                .withdrawn(loc(LEAF), 30, 60)
                .has(loc(HOST), best().from(peer(LEAF)).build())
                .withdrawn(loc(HOST), 32, 37);

        assertThat(GapFinder.find(ground(tables), at(100)))
                .filteredOn(gap -> gap.hop().equals(HOST))
                .singleElement()
                .satisfies(gap -> assertThat(gap.ending())
                        .contains(new Gap.Ending(Gap.End.MOOT, Bounds.between(at(32), at(60)))));
    }
}
