package dev.hoplog.api.query;

import static dev.hoplog.api.World.at;
import static dev.hoplog.api.World.rib;
import static dev.hoplog.api.World.unusable;
import static dev.hoplog.api.World.usable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.api.Projected;
import dev.hoplog.api.World;
import dev.hoplog.api.query.Lookup.Presence;
import dev.hoplog.gap.Cause;
import dev.hoplog.gap.Crossing;
import dev.hoplog.history.RouteHistory;
import dev.hoplog.history.Truth;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.HopId;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.PeerSession;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.RibId;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.SessionState;
import dev.hoplog.model.View;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A route on its way through each hop. */
class TraceTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String POD = "fd00:101:224:3::/64";
    private static final HopId PVE02 = HopId.parse("pve02/frr/main");
    private static final PeerId PEER = PeerId.parse("fd00::1");
    private static final RibId SESSIONS = rib("lab", "pve02/frr/main", View.SESSIONS);
    private static final RibId LOC = rib("pve02/frr/main");
    private static final RibId FIB = rib("lab", "pve02/frr/main", View.FIB);
    private static final RibId IN = adj(View.ADJ_RIB_IN_PRE);
    private static final RibId OUT = adj(View.ADJ_RIB_OUT_POST);

    private static RibId adj(View view) {
        return RibId.adj("lab", PVE02, AddressFamily.IPV6_UNICAST, view, PEER);
    }

    private static Trace.Answer trace(DataSource dataSource, String prefix, Instant asOf) throws SQLException {
        var question = new Trace.Question("", Prefix.parse(prefix), false, "", Optional.of(asOf));
        return new Trace(dataSource).ask(question, LIMIT);
    }

    @Test
    void aRouteIsShownInTheOrderOfItsWayWithTheSessionsItCameAndWentBy() throws Exception {
        var dataSource = Projected.all(new World(2)
                .scrape(OUT, at(0))
                .scrape(FIB, at(0), unusable(POD))
                .scrape(LOC, at(0), usable(POD))
                .scrape(IN, at(0), usable(POD))
                .scrape(SESSIONS, at(0), World.session("fd00::1", SessionState.ESTABLISHED)));
        var hop = trace(dataSource, POD, at(0)).hops().getFirst();

        assertThat(hop.hop()).isEqualTo(PVE02);
        assertThat(hop.reached()).isEqualTo(Presence.PRESENT);
        assertThat(hop.stations()).extracting(station -> station.table().rib()).containsExactly(IN, LOC, FIB, OUT);
        assertThat(hop.stations())
                .extracting(station -> station.table().presence())
                .containsExactly(Presence.PRESENT, Presence.PRESENT, Presence.PRESENT, Presence.ABSENT);
        assertThat(hop.stations().getFirst().session().orElseThrow().state()).contains(SessionState.ESTABLISHED);
        assertThat(hop.stations().get(1).session()).isEmpty();
    }

    @Test
    void whatNothingUsesDoesNotReachAndWhatNobodySawIsUnknown() throws Exception {
        var kernelOnly = rib("lab", "pve03/kernel/main", View.FIB);
        var dataSource = Projected.all(new World(2)
                .scrape(LOC, at(0), unusable(POD))
                .scrape(FIB, at(0), usable(POD))
                .fail(kernelOnly, at(0), FailureReason.UNREACHABLE)
                .scrape(rib("lab", "pve04/frr/main", View.SESSIONS), at(0)));

        assertThat(trace(dataSource, POD, at(0)).hops())
                .satisfiesExactly(
                        hop -> assertThat(hop.reached())
                                .as("the loc-rib decides")
                                .isEqualTo(Presence.ABSENT),
                        hop -> {
                            assertThat(hop.reached()).isEqualTo(Presence.UNKNOWN);
                            assertThat(hop.unknownBecause()).contains("never observed whole, because unreachable");
                        },
                        hop -> {
                            assertThat(hop.hop().node()).isEqualTo("pve04");
                            assertThat(hop.reached()).isEqualTo(Presence.UNKNOWN);
                            assertThat(hop.unknownBecause()).contains("was ever scraped");
                        });
    }

    /** Sessions are found by their last change; here against their whole history. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aSessionIsWhatItsWholeHistorySays(long seed) throws Exception {
        var random = new Random(seed);
        var world = new World(2);
        long second = 0;
        for (int reading = 0; reading < 12; reading++) {
            var from = at(second);
            second += random.nextInt(5);
            if (random.nextInt(6) == 0) {
                world.fail(SESSIONS, from, FailureReason.UNREACHABLE);
            } else if (random.nextInt(5) == 0) {
                world.scrape(SESSIONS, from, at(second));
            } else {
                var state = random.nextBoolean() ? SessionState.ESTABLISHED : SessionState.ACTIVE;
                world.scrape(SESSIONS, from, at(second), World.session("fd00::1", state, Optional.of((long)
                        random.nextInt(2))));
            }
            world.scrape(IN, from, at(second), usable(POD));
            second++;
        }
        var dataSource = Projected.all(world);
        var events = world.partition(0).stream()
                .filter(entry ->
                        entry instanceof RouteEvent event && event.key().equals(RowKey.of(PEER)))
                .map(RouteEvent.class::cast)
                .toList();
        var history = new RouteHistory(View.SESSIONS, events, world.covered(SESSIONS));
        for (long millis = -500; millis <= second * 1_000; millis += 500) {
            var instant = at(0).plusMillis(millis);
            var session = trace(dataSource, POD, instant)
                    .hops()
                    .getFirst()
                    .stations()
                    .getFirst()
                    .session()
                    .orElseThrow();
            var expected = expected(history, instant);
            assertThat(session.state()).as("seed %d at %s", seed, instant).isEqualTo(expected);
            assertThat(session.unknownBecause().isEmpty()).isEqualTo(expected.isPresent());
        }
    }

    /** Known where it is known, and inside a change where the change was only one of counts. */
    private static Optional<SessionState> expected(RouteHistory history, Instant instant) {
        var seen = new HashSet<Optional<SessionState>>();
        switch (history.at(instant)) {
            case Truth.Present present ->
                seen.add(Optional.of(((PeerSession) present.seen().row()).state()));
            case Truth.Undecided _ ->
                history.events().stream()
                        .filter(event -> event.bounds().atOrBefore().isAfter(instant)
                                && event.bounds().after().map(instant::isAfter).orElse(true))
                        .flatMap(event -> Stream.of(
                                event.change().before(), event.change().after()))
                        .map(row -> row.map(one -> ((PeerSession) one.row()).state()))
                        .forEach(seen::add);
            case Truth.Absent _, Truth.NotObserved _ -> {}
        }
        return seen.size() == 1 ? seen.iterator().next() : Optional.empty();
    }

    @Test
    void anAddressIsTracedByItsLongestMatch() throws Exception {
        var dataSource = Projected.all(new World(2).scrape(LOC, at(0), usable(POD), usable("::/0")));
        var question = new Trace.Question("", Prefix.parse("fd00:101:224:3::7/128"), true, "pve02", Optional.empty());

        var routes = new Trace(dataSource)
                .ask(question, LIMIT)
                .hops()
                .getFirst()
                .stations()
                .getFirst()
                .table()
                .routes();
        assertThat(routes)
                .singleElement()
                .satisfies(route -> assertThat(route.prefix()).hasToString(POD));
    }

    private static final DataSource CHAINED = chained();

    private static DataSource chained() {
        try {
            return Projected.all(SmallChain.world());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static ChainTrace along(String prefix, boolean isAddress, String target, Optional<Instant> asOf)
            throws SQLException {
        var question = new Trace.Question("", Prefix.parse(prefix), isAddress, target, asOf);
        return new Trace(CHAINED, SmallChain.source()).ask(question, LIMIT).chain();
    }

    @Test
    void shouldTellTheChainHopByHopAndWhereItBroke() throws Exception {
        var trace = along(POD, false, "", Optional.of(at(90)));

        assertThat(trace.unknownBecause()).isEmpty();
        assertThat(trace.asOf()).contains(at(90));
        assertThat(trace.versions()).extracting(version -> version.id()).containsExactly(SmallChain.FIRST);
        assertThat(trace.edges())
                .extracting(crossed -> crossed.edge().downstream())
                .containsExactly(SmallChain.PVE01, SmallChain.PVE02, SmallChain.KERNEL);
        assertThat(trace.edges().get(1).crossing())
                .isInstanceOfSatisfying(
                        Crossing.Missing.class,
                        missing -> assertThat(missing.why().cause()).isEqualTo(Cause.REJECTED_ON_IMPORT));
        assertThat(trace.edges().get(2).crossing())
                .isEqualTo(new Crossing.NotExpected(Crossing.Reason.UPSTREAM_LACKS, false));
    }

    @Test
    void shouldTellAsOfTheLastInstantUpToWhichEveryHopIsTold() throws Exception {
        assertThat(along(POD, false, "", Optional.empty()).asOf()).contains(at(180));
    }

    @Test
    void shouldTellOfATargetItsOwnEdges() throws Exception {
        assertThat(along(POD, false, "pve01", Optional.of(at(90))).edges())
                .extracting(crossed -> crossed.edge().toString())
                .containsExactly("sol/bird/master6 -> pve01/frr/main", "pve01/frr/main -> pve02/frr/main");
    }

    @Test
    void shouldTellOfAnAddressThePrefixThatLeadsThere() throws Exception {
        var trace = along("fd00:101:224:3::7/128", true, "", Optional.of(at(90)));

        assertThat(trace.prefix()).contains(Prefix.parse(POD));
        assertThat(trace.edges()).hasSize(3);
    }

    @Test
    void shouldSayWhyNothingIsToldAlongTheChain() throws Exception {
        assertThat(along("2001:db8::/32", false, "", Optional.of(at(90))).unknownBecause())
                .isEqualTo("no edge of the chain should carry 2001:db8::/32");
        assertThat(along("2001:db8::1/128", true, "", Optional.of(at(90))).unknownBecause())
                .isEqualTo("no hop has a route for this address");
        var question = new Trace.Question("", Prefix.parse(POD), false, "", Optional.of(at(90)));
        assertThat(new Trace(CHAINED, SmallChain.none())
                        .ask(question, LIMIT)
                        .chain()
                        .unknownBecause())
                .isEqualTo("as far as the log is projected, no chain of network lab was published");
    }
}
