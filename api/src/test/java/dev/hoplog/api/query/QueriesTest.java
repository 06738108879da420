package dev.hoplog.api.query;

import static dev.hoplog.api.World.at;
import static dev.hoplog.api.World.rib;
import static dev.hoplog.api.World.unusable;
import static dev.hoplog.api.World.usable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.hoplog.api.Database;
import dev.hoplog.api.Projected;
import dev.hoplog.api.World;
import dev.hoplog.api.history.Stop;
import dev.hoplog.api.history.Verdict.Outcome;
import dev.hoplog.api.history.Window;
import dev.hoplog.api.query.Lookup.Match;
import dev.hoplog.api.query.Lookup.Presence;
import dev.hoplog.history.Truth;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.HopId;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.RibId;
import dev.hoplog.model.TimeSpan;
import dev.hoplog.model.View;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class QueriesTest {
    private static final RibId PVE01 = rib("pve01/frr/main");
    private static final RibId PVE02 = rib("pve02/frr/main");
    private static final RibId KERNEL = rib("lab", "pve02/kernel/main", View.FIB);
    private static final RibId SESSIONS = rib("lab", "pve02/frr/main", View.SESSIONS);
    private static final String POD = "fd00:101:224:3::/64";
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int PARTITIONS = 4;

    private static WhenStopped.HopAnswer ask(DataSource dataSource, String target) throws SQLException {
        return ask(dataSource, target, Optional.empty());
    }

    private static WhenStopped.HopAnswer ask(DataSource dataSource, String target, Optional<Instant> at)
            throws SQLException {
        var question = new WhenStopped.Question("", Prefix.parse(POD), target, at, Window.open());
        return new WhenStopped(dataSource).ask(question, LIMIT).hops().getFirst();
    }

    /** The world of the README: seen at pve01 throughout, gone at pve02 for a while. */
    static World incident() {
        return new World(PARTITIONS)
                .scrape(PVE01, at(0), usable(POD), usable("::/0"))
                .scrape(PVE02, at(1), usable(POD), usable("::/0"))
                .scrape(PVE01, at(10), usable(POD), usable("::/0"))
                .scrape(PVE02, at(11), usable("::/0"))
                .scrape(PVE02, at(21), usable("::/0"), usable("fd00:101::/32"))
                .scrape(PVE02, at(31), usable("::/0"), usable("fd00:101::/32"))
                .scrape(PVE02, at(41), usable(POD), usable("::/0"))
                .scrape(PVE01, at(50), usable(POD), usable("::/0"))
                .scrape(PVE02, at(51), usable(POD), usable("::/0"));
    }

    private static Lookup.TableMatches look(DataSource dataSource, String prefix, Match match, Optional<Instant> asOf)
            throws SQLException {
        var question = new Lookup.Question("lab", Prefix.parse(prefix), match, "pve02/frr/main", asOf, 10);
        return new Lookup(dataSource).ask(question, LIMIT).tables().getFirst();
    }

    private static List<String> prefixes(Lookup.TableMatches matches) {
        return matches.routes().stream().map(route -> route.prefix().toString()).toList();
    }

    @Test
    void whenItStoppedAndWhenItWasBack() throws Exception {
        var answer = ask(Projected.all(incident()), "pve02");
        assertThat(answer.verdict().outcome()).isEqualTo(Outcome.STOPPED_AND_BACK);
        assertThat(answer.verdict().stop().map(Stop::stopped).map(RouteEvent::bounds))
                .contains(Bounds.between(at(1), at(11)));
        assertThat(answer.verdict().stop().flatMap(Stop::returned).map(RouteEvent::bounds))
                .contains(Bounds.between(at(31), at(41)));
        assertThat(answer.completeUpTo()).contains(at(51));
    }

    @Test
    void whatCoveredItMeanwhileIsNamedTheMostSpecificFirst() throws Exception {
        var answer = ask(Projected.all(incident()), "pve02");
        assertThat(answer.coveredBy())
                .extracting(covering -> covering.route().row().key() + " " + covering.span())
                .containsExactly(
                        dev.hoplog.model.RowKey.of(Prefix.parse("fd00:101::/32")) + " "
                                + TimeSpan.closed(at(21), at(31)),
                        dev.hoplog.model.RowKey.of(Prefix.parse("::/0")) + " " + TimeSpan.closed(at(11), at(31)));
    }

    @Test
    void theOtherOutcomes() throws Exception {
        var dataSource = Projected.all(incident());
        assertThat(ask(dataSource, "pve01").verdict().outcome()).isEqualTo(Outcome.STILL_REACHING);
        assertThat(ask(dataSource, "pve02", Optional.of(at(15))).verdict().outcome())
                .isEqualTo(Outcome.STOPPED);
        assertThat(ask(dataSource, "pve02", Optional.of(at(5))).verdict().outcome())
                .as("inside the bounds")
                .isEqualTo(Outcome.UNKNOWN);
        assertThat(ask(dataSource, "pve02", Optional.of(at(500))).verdict().outcome())
                .isEqualTo(Outcome.UNKNOWN);
        var other = new WhenStopped.Question(
                "lab", Prefix.parse("fd00:ffff::/64"), "pve02", Optional.empty(), Window.open());
        assertThat(new WhenStopped(dataSource)
                        .ask(other, LIMIT)
                        .hops()
                        .getFirst()
                        .verdict()
                        .outcome())
                .isEqualTo(Outcome.NEVER_SEEN);
    }

    @Test
    void aPartitionThatLagsNeverLetsTheAnswerClaimMoreThanItHasProjected() throws Exception {
        var world = incident();
        int lagging = world.partitionOf(POD);
        for (long projected = 0; projected <= world.partition(lagging).size(); projected++) {
            var dataSource = Database.fresh();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                if (partition != lagging) {
                    Projected.partition(dataSource, world, partition, 100);
                }
            }
            var projection = new dev.hoplog.api.projector.Projection(dataSource);
            projection.begin(PARTITIONS);
            projection.position(lagging, 0);
            projection.write(Projected.batch(world, lagging, 0, projected));
            var known = world.partition(lagging).subList(0, (int) projected).stream()
                    .filter(entry -> entry instanceof dev.hoplog.log.LogEntry.CoverageMark mark
                            && mark.rib().equals(PVE02))
                    .map(entry -> ((dev.hoplog.log.LogEntry.CoverageMark) entry).coveredTo())
                    .reduce((earlier, later) -> later);
            if (known.isEmpty() && projected == 0) {
                assertThat(ask(dataSource, "pve02").verdict().outcome()).isEqualTo(Outcome.UNKNOWN);
                continue;
            }
            var answer = ask(dataSource, "pve02");
            assertThat(answer.completeUpTo()).isEqualTo(known);
            var beyond = ask(
                    dataSource,
                    "pve02",
                    known.map(instant -> instant.plusSeconds(5)).or(() -> Optional.of(at(0))));
            assertThat(beyond.verdict().outcome()).isEqualTo(Outcome.UNKNOWN);
            // Even the default route, all of which is projected, is not the longest match as far as anybody knows.
            var longest = look(dataSource, POD, Match.LONGEST, Optional.of(at(51)));
            if (projected < world.partition(lagging).size()) {
                assertThat(longest.presence()).isEqualTo(Presence.UNKNOWN);
            }
        }
    }

    @Test
    void aPartitionThatLagsNeverLetsTheAnswerClaimThatNothingCoveredThePrefix() throws Exception {
        var world = incident();
        int lagging = world.partitionOf("::/0");
        assertThat(lagging).isNotEqualTo(world.partitionOf(POD));
        var dataSource = Database.fresh();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            if (partition != lagging) {
                Projected.partition(dataSource, world, partition, 100);
            }
        }

        var answer = ask(dataSource, "pve02");

        assertThat(answer.verdict().outcome()).isEqualTo(Outcome.STOPPED_AND_BACK);
        assertThat(answer.coveringUnknown().spans()).singleElement().satisfies(span -> {
            assertThat(span.from()).isEqualTo(at(11));
            assertThat(span.contains(at(31))).isTrue();
        });
        assertThat(answer.completeUpTo()).isEmpty();
        assertThat(ask(Projected.all(world), "pve02").coveringUnknown().isEmpty())
                .isTrue();
    }

    @Test
    void theLocRibDecidesAndTheFibWhereThereIsNone() throws Exception {
        var world =
                incident().scrape(rib("lab", "pve02/frr/main", View.FIB), at(5)).scrape(KERNEL, at(5));
        var question = new WhenStopped.Question("lab", Prefix.parse(POD), "pve02", Optional.empty(), Window.open());
        var answer = new WhenStopped(Projected.all(world)).ask(question, LIMIT);
        assertThat(answer.hops())
                .extracting(hop -> hop.rib().hop() + " " + hop.rib().view())
                .containsExactly("pve02/frr/main loc-rib", "pve02/kernel/main fib");
        assertThat(answer.completeness().upTo())
                .as("of the table that is furthest behind")
                .contains(at(5));
    }

    @Test
    void aHopWithoutATableOfThatFamilyIsUnknownAndSaysSo() throws Exception {
        var question =
                new WhenStopped.Question("lab", Prefix.parse("10.0.0.0/8"), "pve02", Optional.empty(), Window.open());
        var hop = new WhenStopped(Projected.all(incident()))
                .ask(question, LIMIT)
                .hops()
                .getFirst();
        assertThat(hop.verdict().outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(hop.unknownBecause()).contains("no ipv4-unicast table");
    }

    @Test
    void aNodeIsAnsweredForByEachOfItsHops() throws Exception {
        var vrf = rib("pve02/frr/vrf_a");
        var onlySent = RibId.adj(
                "lab",
                HopId.parse("pve02/cilium/65010"),
                AddressFamily.IPV6_UNICAST,
                View.ADJ_RIB_OUT_POST,
                PeerId.parse("fd00::1"));
        var dataSource = Projected.all(new World(2)
                .scrape(onlySent, at(0), usable(POD))
                .scrape(vrf, at(0), usable(POD))
                .scrape(rib("lab", "pve02/kernel/main", View.FIB), at(0)));
        var question = new WhenStopped.Question("", Prefix.parse(POD), "pve02", Optional.empty(), Window.open());
        var answer = new WhenStopped(dataSource).ask(question, LIMIT);

        assertThat(answer.hops())
                .extracting(
                        hop -> hop.rib().hop().toString(), hop -> hop.verdict().outcome())
                .containsExactly(
                        tuple("pve02/cilium/65010", Outcome.UNKNOWN),
                        tuple("pve02/frr/vrf_a", Outcome.STILL_REACHING),
                        tuple("pve02/kernel/main", Outcome.NEVER_SEEN));
        assertThat(answer.hops().getFirst().unknownBecause()).contains("was ever scraped");
    }

    @Test
    void theCollectorsOwnOutageIsUnknownWithItsReason() throws Exception {
        var world = new World(PARTITIONS).scrape(PVE02, at(0), usable(POD)).scrape(PVE02, at(10), usable(POD));
        world.fail(PVE02, at(20), FailureReason.UNREACHABLE).fail(PVE02, at(30), FailureReason.TRUNCATED);
        world.scrape(PVE02, at(40), usable(POD));
        var dataSource = Projected.all(world);
        var answer = ask(dataSource, "pve02", Optional.of(at(25)));
        assertThat(answer.verdict().outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(answer.unknownBecause()).isEqualTo("not observed, because truncated: no answer");
        assertThat(answer.verdict().lastKnown()).contains(at(10));
        assertThat(answer.blind()).hasSize(1);
        assertThat(answer.blind().getFirst().failures()).isEqualTo(2);
        assertThat(ask(dataSource, "pve02").verdict().outcome()).isEqualTo(Outcome.STILL_REACHING);
    }

    @Test
    void namesThatDoNotExistAreAnsweredWithThoseThatDo() throws Exception {
        var dataSource = Projected.all(incident());
        assertThatThrownBy(() -> ask(dataSource, "pve09"))
                .isInstanceOf(QueryFailure.NotFound.class)
                .hasMessageContaining("pve01, pve02");
        assertThatThrownBy(() -> ask(dataSource, "pve02/bird/main"))
                .isInstanceOf(QueryFailure.NotFound.class)
                .hasMessageContaining("pve02/frr/main");
        assertThatThrownBy(() -> ask(Database.fresh(), "pve02"))
                .isInstanceOf(QueryFailure.NotFound.class)
                .hasMessageContaining("deploy/hoplog replay");
    }

    @Test
    void severalNetworksHaveToBeNamed() throws Exception {
        var world = incident().scrape(rib("other", "pve02/frr/main", View.LOC_RIB), at(0));
        assertThatThrownBy(() -> ask(Projected.all(world), "pve02"))
                .isInstanceOf(QueryFailure.Invalid.class)
                .hasMessageContaining("lab, other");
    }

    @Test
    void lookupFindsWhatWasThereAsOfATime() throws Exception {
        var dataSource = Projected.all(incident());
        assertThat(prefixes(look(dataSource, POD, Match.EXACT, Optional.of(at(1)))))
                .containsExactly(POD);
        assertThat(look(dataSource, POD, Match.EXACT, Optional.of(at(11))).presence())
                .isEqualTo(Presence.ABSENT);
        assertThat(prefixes(look(dataSource, POD, Match.LESS_SPECIFIC, Optional.of(at(25)))))
                .containsExactly("fd00:101::/32", "::/0");
        assertThat(prefixes(look(dataSource, "::/0", Match.MORE_SPECIFIC, Optional.empty())))
                .containsExactly("::/0", POD);
        assertThat(prefixes(look(dataSource, "fd00:101:224:3::1/128", Match.LONGEST, Optional.empty())))
                .containsExactly(POD);
        assertThat(prefixes(look(dataSource, "fd00:101:224:3::1/128", Match.LONGEST, Optional.of(at(21)))))
                .containsExactly("fd00:101::/32");
    }

    @Test
    void insideAChangeTheLongestMatchIsNotKnown() throws Exception {
        var found = look(Projected.all(incident()), POD, Match.LONGEST, Optional.of(at(5)));
        assertThat(found.presence()).isEqualTo(Presence.UNKNOWN);
        assertThat(prefixes(found)).containsExactly(POD, "::/0");
        assertThat(found.routes().getFirst().truth()).isInstanceOf(Truth.Undecided.class);
    }

    @Test
    void aRouteThatNothingUsesIsNotTheLongestMatch() throws Exception {
        var world = new World(PARTITIONS).scrape(PVE02, at(0), unusable(POD), usable("::/0"));
        assertThat(prefixes(look(Projected.all(world), POD, Match.LONGEST, Optional.empty())))
                .containsExactly("::/0");
    }

    @Test
    void lookupSaysWhenThereIsMore() throws Exception {
        var rows = new dev.hoplog.model.Row[25];
        for (int n = 0; n < rows.length; n++) {
            rows[n] = usable("fd00:" + Integer.toHexString(n + 1) + "::/32");
        }
        var found = look(
                Projected.all(new World(PARTITIONS).scrape(PVE02, at(0), rows)),
                "fd00::/8",
                Match.MORE_SPECIFIC,
                Optional.empty());
        assertThat(found.truncated()).isTrue();
        assertThat(found.routes()).hasSize(10);
    }

    @Test
    void everyHopSaysHowFreshItIsAndWhatFailedLast() throws Exception {
        var world = incident().fail(PVE02, at(61), FailureReason.REFUSED);
        var answer = new HopStatus(Projected.all(world)).ask("", "", LIMIT);
        assertThat(answer.tables()).hasSize(2);
        var pve02 = answer.tables().getLast();
        assertThat(pve02.blindNow()).isTrue();
        assertThat(pve02.lastFailure().orElseThrow().from()).isEqualTo(at(51));
        assertThat(pve02.reading().orElseThrow().rowCount()).isEqualTo(2);
        assertThat(answer.tables().getFirst().blindNow()).isFalse();
    }

    @Test
    void aQuestionThatTakesTooLongIsGivenUp() throws Exception {
        var dataSource = Projected.all(incident());
        try (var transaction = ReadTransaction.begin(dataSource, Duration.ofMillis(50));
                var statement = transaction.connection().createStatement()) {
            assertThatThrownBy(() -> statement.execute("SELECT pg_sleep(20)"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
        }
    }
}
