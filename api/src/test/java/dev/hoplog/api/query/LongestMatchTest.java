package dev.hoplog.api.query;

import static dev.hoplog.api.World.at;
import static dev.hoplog.api.World.installed;
import static dev.hoplog.api.World.rib;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hoplog.api.Projected;
import dev.hoplog.api.World;
import dev.hoplog.api.history.Verdict.Outcome;
import dev.hoplog.api.history.Window;
import dev.hoplog.api.query.Lookup.Match;
import dev.hoplog.api.query.Lookup.Presence;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.Destination;
import dev.hoplog.model.HopId;
import dev.hoplog.model.PathFlag;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.RibId;
import dev.hoplog.model.Route;
import dev.hoplog.model.Row;
import dev.hoplog.model.TimeSpan;
import dev.hoplog.model.View;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A table uses its longest selected route, wherever that leads; only then is it asked whether it is usable. */
class LongestMatchTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final RibId KERNEL = rib("lab", "pve02/kernel/main", View.FIB);
    private static final RibId LOC = rib("pve02/frr/main");
    private static final String ADDRESS = "fd00:101:224:3::7/128";
    private static final String POD = "fd00:101:224:3::/64";
    private static final String SITE = "fd00:101::/32";
    private static final String DEFAULT = "::/0";

    private static Route leadsOn(String prefix) {
        return installed(prefix, Destination.UNICAST);
    }

    private static Route blackhole(String prefix) {
        return installed(prefix, Destination.BLACKHOLE);
    }

    private static World world(RibId rib, Row... rows) {
        return new World(4).scrape(rib, at(0), rows);
    }

    private static Lookup.TableMatches look(DataSource dataSource, Instant asOf) throws SQLException {
        var question = new Lookup.Question("", Prefix.parse(ADDRESS), Match.LONGEST, "", Optional.of(asOf), 10);
        return new Lookup(dataSource).ask(question, LIMIT).tables().getFirst();
    }

    private static WhenStopped.HopAnswer stop(DataSource dataSource) throws SQLException {
        var question = new WhenStopped.Question("", Prefix.parse(POD), "", Optional.empty(), Window.open());
        return new WhenStopped(dataSource).ask(question, LIMIT).hops().getFirst();
    }

    private static Trace.HopTrace trace(DataSource dataSource, Instant asOf) throws SQLException {
        var question = new Trace.Question("", Prefix.parse(ADDRESS), true, "", Optional.of(asOf));
        return new Trace(dataSource).ask(question, LIMIT).hops().getFirst();
    }

    private static List<String> prefixes(Lookup.TableMatches matches) {
        return matches.routes().stream().map(route -> route.prefix().toString()).toList();
    }

    @ParameterizedTest
    @EnumSource(value = Destination.class, mode = EnumSource.Mode.EXCLUDE, names = "UNICAST")
    void aRouteThatLeadsNowhereHidesTheShorterOnesThatWouldReach(Destination destination) throws Exception {
        var dataSource = Projected.all(world(KERNEL, installed(SITE, destination), leadsOn(DEFAULT)));

        var found = look(dataSource, at(0));
        assertThat(found.presence()).isEqualTo(Presence.PRESENT);
        assertThat(prefixes(found)).containsExactly(SITE);
        assertThat(found.routes().getFirst().truth().isUsable()).isFalse();

        var hop = trace(dataSource, at(0));
        assertThat(hop.reached()).isEqualTo(Presence.ABSENT);
        assertThat(prefixes(hop.stations().getFirst().table())).containsExactly(SITE);
    }

    @Test
    void aLongerRouteThatReachesIsNotHidden() throws Exception {
        var dataSource = Projected.all(world(KERNEL, leadsOn(POD), blackhole(SITE)));
        assertThat(prefixes(look(dataSource, at(0)))).containsExactly(POD);
        assertThat(trace(dataSource, at(0)).reached()).isEqualTo(Presence.PRESENT);
    }

    @Test
    void whatIsPresentAndNotSelectedIsPassedOver() throws Exception {
        var dead = World.route(POD, PathFlag.DEAD);
        assertThat(prefixes(look(Projected.all(world(KERNEL, dead, leadsOn(DEFAULT))), at(0))))
                .containsExactly(DEFAULT);
        var notBest = World.route(POD, PathFlag.VALID);
        assertThat(prefixes(look(Projected.all(world(LOC, notBest, World.usable(DEFAULT))), at(0))))
                .containsExactly(DEFAULT);
    }

    @Test
    void whatAPolicyRefusedIsTracedByItsLongestMatchToo() throws Exception {
        var refused = RibId.adj(
                "lab",
                HopId.parse("pve02/frr/main"),
                AddressFamily.IPV6_UNICAST,
                View.ADJ_RIB_IN_REJECTED,
                PeerId.parse("fd00::1"));
        var found = look(Projected.all(world(refused, World.usable(SITE), World.usable(DEFAULT))), at(0));
        assertThat(prefixes(found)).containsExactly(SITE);
        assertThat(found.routes().getFirst().truth().isUsable()).isFalse();
    }

    @Test
    void insideTheAppearanceOfABlackholeTheMatchIsNotKnown() throws Exception {
        var dataSource = Projected.all(
                world(KERNEL, leadsOn(DEFAULT)).scrape(KERNEL, at(10), blackhole(SITE), leadsOn(DEFAULT)));
        var found = look(dataSource, at(5));
        assertThat(found.presence()).isEqualTo(Presence.UNKNOWN);
        assertThat(prefixes(found)).containsExactly(SITE, DEFAULT);
    }

    /** Whichever it is, shorter ones are not used. */
    @Test
    void insideTheTurnOfARouteIntoABlackholeItIsTheMatchAndItsUseIsNotKnown() throws Exception {
        var dataSource = Projected.all(world(KERNEL, leadsOn(SITE), leadsOn(DEFAULT))
                .scrape(KERNEL, at(10), blackhole(SITE), leadsOn(DEFAULT)));
        var found = look(dataSource, at(5));
        assertThat(found.presence()).isEqualTo(Presence.UNKNOWN);
        assertThat(prefixes(found)).containsExactly(SITE);
        assertThat(trace(dataSource, at(5)).reached()).isEqualTo(Presence.UNKNOWN);
    }

    @Test
    void aBlackholeThatCoveredAStopIsNamedBeforeWhatItHid() throws Exception {
        var dataSource = Projected.all(world(KERNEL, leadsOn(POD), leadsOn(SITE), leadsOn(DEFAULT))
                .scrape(KERNEL, at(10), leadsOn(SITE), leadsOn(DEFAULT))
                .scrape(KERNEL, at(20), blackhole(SITE), leadsOn(DEFAULT))
                .scrape(KERNEL, at(30), blackhole(SITE), leadsOn(DEFAULT)));
        var answer = stop(dataSource);
        assertThat(answer.verdict().outcome()).isEqualTo(Outcome.STOPPED);
        assertThat(answer.coveredBy())
                .extracting(LongestMatchTest::prefix, LongestMatchTest::isUsable, WhenStopped.Covering::span)
                .containsExactly(
                        tuple(SITE, true, TimeSpan.closed(at(10), at(10))),
                        tuple(SITE, false, TimeSpan.closed(at(20), at(30))),
                        tuple(DEFAULT, true, TimeSpan.closed(at(10), at(30))));
    }

    @Test
    void aPrefixThatItsOwnBlackholeStoppedIsNotCoveredByAShorterRouteAlone() throws Exception {
        var dataSource = Projected.all(world(KERNEL, leadsOn(POD), leadsOn(DEFAULT))
                .scrape(KERNEL, at(10), blackhole(POD), leadsOn(DEFAULT))
                .scrape(KERNEL, at(20), leadsOn(POD), leadsOn(DEFAULT)));
        assertThat(stop(dataSource).coveredBy())
                .extracting(LongestMatchTest::prefix, LongestMatchTest::isUsable)
                .containsExactly(tuple(POD, false), tuple(DEFAULT, true));
    }

    private static String prefix(WhenStopped.Covering covering) {
        return ((Route) covering.route().row()).prefix().toString();
    }

    private static boolean isUsable(WhenStopped.Covering covering) {
        return ((Route) covering.route().row()).isUsable(View.FIB);
    }
}
