package dev.hoplog.api.query;

import static dev.hoplog.api.World.at;
import static dev.hoplog.api.World.rib;
import static dev.hoplog.api.World.usable;
import static dev.hoplog.api.query.SmallChain.KERNEL;
import static dev.hoplog.api.query.SmallChain.POD;
import static dev.hoplog.api.query.SmallChain.PVE01;
import static dev.hoplog.api.query.SmallChain.PVE02;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hoplog.api.SaidOfGaps;
import dev.hoplog.api.World;
import dev.hoplog.api.history.Verdict;
import dev.hoplog.api.history.Window;
import dev.hoplog.api.projector.GapProjection;
import dev.hoplog.gap.Cause;
import dev.hoplog.gap.Gap;
import dev.hoplog.gap.GapEvent;
import dev.hoplog.history.Truth;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Id;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.View;
import dev.hoplog.wire.GapCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gaps, as questions to the projection of a small chain. */
class GapsTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final DataSource PROJECTED = SmallChain.projected(SmallChain.world());

    private static Gaps.Question question(String target, Window window, List<Cause> causes, Optional<Id> version) {
        return new Gaps.Question("", new Gaps.Of.All(), target, window, causes, version, 10);
    }

    static Gaps.Question anything() {
        return question("", Window.open(), List.of(), Optional.empty());
    }

    private static List<ExplainedGap> gaps(Gaps.Question question) throws Exception {
        return new Gaps(PROJECTED, SmallChain.source()).ask(question, LIMIT).gaps();
    }

    @Test
    void shouldSayWhereThePrefixGotLostAndWhenAtEachHop() throws Exception {
        assertThat(gaps(anything())).singleElement().satisfies(explained -> {
            var gap = explained.gap();
            assertThat(gap.prefix()).hasToString(POD);
            assertThat(gap.breaks()).hasToString("[pve01/frr/main -> pve02/frr/main]");
            assertThat(gap.opened()).isEqualTo(Bounds.between(at(52), at(62)));
            assertThat(gap.ending()).contains(new Gap.Ending(Gap.End.RESTORED, Bounds.between(at(112), at(122))));
            assertThat(explained.hops())
                    .extracting(ExplainedGap.HopLoss::hop, ExplainedGap.HopLoss::lost, ExplainedGap.HopLoss::back)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(
                                    PVE02,
                                    Optional.of(Bounds.between(at(52), at(62))),
                                    Optional.of(Bounds.between(at(112), at(122)))),
                            org.assertj.core.groups.Tuple.tuple(
                                    KERNEL,
                                    Optional.of(Bounds.between(at(53), at(63))),
                                    Optional.of(Bounds.between(at(113), at(123)))));
        });
    }

    @Test
    void shouldProveTheCauseAndSayWhatTheEdgeRequires() throws Exception {
        var causes = gaps(anything()).getFirst().causes();
        assertThat(causes).singleElement().satisfies(cause -> {
            assertThat(cause.explanation().cause()).isEqualTo(Cause.REJECTED_ON_IMPORT);
            assertThat(cause.explanation().evidence())
                    .anySatisfy(evidence -> {
                        assertThat(evidence.rib().view()).isEqualTo(View.ADJ_RIB_IN_REJECTED);
                        assertThat(evidence.truth()).isInstanceOf(Truth.Present.class);
                    })
                    .anySatisfy(evidence -> {
                        assertThat(evidence.rib().view()).isEqualTo(View.LOC_RIB);
                        assertThat(evidence.truth()).isInstanceOf(Truth.Absent.class);
                    });
            assertThat(cause.explanation().lacking().large()).hasToString("[4200001000:0:100]");
            assertThat(cause.required().large()).hasToString("[4200001000:0:100]");
        });
    }

    @Test
    void shouldSayWhatIsFinalAndWhatIsProvisional() throws Exception {
        var dataSource = SmallChain.projected(SmallChain.world());
        var gap = gaps(anything()).getFirst().gap();
        assertThat(finality(dataSource, Optional.empty())).isEqualTo(ExplainedGap.Finality.PROVISIONAL);

        var opened = new GapEvent.Opened(
                gap.id(), gap.kind(), gap.breaks(), gap.opened(), gap.opened().atOrBefore(), gap.chainVersion());
        say(dataSource, 0, opened);
        assertThat(finality(dataSource, Optional.empty())).isEqualTo(ExplainedGap.Finality.END_PROVISIONAL);

        say(
                dataSource,
                1,
                new GapEvent.Closed(
                        gap.id(), Gap.End.RESTORED, gap.ending().orElseThrow().bounds()));
        assertThat(finality(dataSource, Optional.empty())).isEqualTo(ExplainedGap.Finality.FINAL);
        assertThat(finality(dataSource, Optional.of(SmallChain.FIRST))).isEqualTo(ExplainedGap.Finality.COMPUTED);
    }

    @Test
    void shouldTakeAnOpenGapForFinalOnceItIsSaidToHaveOpened() throws Exception {
        var dataSource = SmallChain.projected(SmallChain.world(110));
        var gap = new Gaps(dataSource, SmallChain.source())
                .ask(anything(), LIMIT)
                .gaps()
                .getFirst()
                .gap();
        assertThat(gap.ending()).isEmpty();
        say(
                dataSource,
                0,
                new GapEvent.Opened(
                        gap.id(),
                        gap.kind(),
                        gap.breaks(),
                        gap.opened(),
                        gap.opened().atOrBefore(),
                        gap.chainVersion()));

        assertThat(finality(dataSource, Optional.empty())).isEqualTo(ExplainedGap.Finality.FINAL);
    }

    private static ExplainedGap.Finality finality(DataSource dataSource, Optional<Id> version) throws Exception {
        return new Gaps(dataSource, SmallChain.source())
                .ask(question("", Window.open(), List.of(), version), LIMIT)
                .gaps()
                .getFirst()
                .finality();
    }

    /** In the log of gaps, and projected. */
    private static void say(DataSource dataSource, long offset, GapEvent event) throws Exception {
        var projection = new GapProjection(dataSource);
        projection.position(0, 0);
        projection.write(SaidOfGaps.batch(offset, List.of(GapCodec.entry("lab", Prefix.parse(POD), event))));
    }

    @ParameterizedTest
    @CsvSource({"'', 1", "pve02, 1", "pve02/kernel/main, 1", "pve01, 0", "sol, 0", "solar, 0"})
    void shouldTellOfThoseForWhichAHopLackedAPrefix(String target, int count) throws Exception {
        assertThat(gaps(question(target, Window.open(), List.of(), Optional.empty())))
                .hasSize(count);
    }

    @ParameterizedTest
    @CsvSource({"0, 52, 0", "0, 53, 1", "80, 90, 1", "122, 180, 1", "123, 180, 0"})
    void shouldTellOfThoseThatMayHaveBeenThereInAWindow(long from, long to, int count) throws Exception {
        var window = new Window(Optional.of(at(from)), Optional.of(at(to)));
        assertThat(gaps(question("", window, List.of(), Optional.empty()))).hasSize(count);
    }

    @Test
    void shouldTellOfThoseWithACause() throws Exception {
        assertThat(gaps(question("", Window.open(), List.of(Cause.REJECTED_ON_IMPORT), Optional.empty())))
                .hasSize(1);
        assertThat(gaps(question("", Window.open(), List.of(Cause.NOT_EXPORTED, Cause.UNKNOWN), Optional.empty())))
                .isEmpty();
    }

    @Test
    void shouldJudgeThePastByACorrectedChain() throws Exception {
        var answer = new Gaps(PROJECTED, SmallChain.source())
                .ask(question("", Window.open(), List.of(), Optional.of(SmallChain.CORRECTED)), LIMIT);
        assertThat(answer.gaps()).isEmpty();
        assertThat(answer.versions()).extracting(version -> version.id()).containsExactly(SmallChain.CORRECTED);
    }

    @Test
    void shouldRefuseAVersionThatWasNeverPublished() {
        assertThatThrownBy(() -> gaps(question("", Window.open(), List.of(), Optional.of(new Id(4, 2)))))
                .isInstanceOf(QueryFailure.NotFound.class)
                .hasMessageContaining(new Id(4, 2).toString());
    }

    @Test
    void shouldSayThatThereIsNoChain() {
        assertThatThrownBy(() -> new Gaps(PROJECTED, SmallChain.none()).ask(anything(), LIMIT))
                .isInstanceOf(QueryFailure.NotFound.class)
                .hasMessageContaining("no chain of network lab");
    }

    @Test
    void shouldSayHowFarItHadRead() throws Exception {
        var completeness =
                new Gaps(PROJECTED, SmallChain.source()).ask(anything(), LIMIT).completeness();
        assertThat(completeness.upTo()).as("the earliest end, of bird").contains(at(180));
        assertThat(completeness.positions()).isNotEmpty();
    }

    @Test
    void shouldPutTogetherWhatOneEdgeLostAtOnce() throws Exception {
        var world = new World(3);
        var another = "fd00:101:224:4::/64";
        for (int second = 0; second <= 120; second += 10) {
            world.scrape(rib(PVE01.toString()), at(second), usable(POD), usable(another));
            if (second < 60) {
                world.scrape(rib(PVE02.toString()), at(second + 1), usable(POD), usable(another));
            } else {
                world.scrape(rib(PVE02.toString()), at(second + 1));
            }
        }
        world.restart(rib(PVE02.toString()), at(50), at(61));
        world.restart(rib(PVE02.toString()), at(-500), at(-300));

        var answer = new Gaps(SmallChain.projected(world), SmallChain.source()).incidents(anything(), LIMIT);

        assertThat(answer.incidents()).singleElement().satisfies(explained -> {
            assertThat(explained.incident().prefixes()).hasToString("[" + POD + ", " + another + "]");
            assertThat(explained.incident().ended()).isEmpty();
            assertThat(explained.incident().first())
                    .as("of one reading: undecidable")
                    .isEmpty();
            assertThat(explained.gaps()).hasSize(2);
            assertThat(explained.restarts())
                    .as("near its start")
                    .extracting(restart -> restart.bounds().atOrBefore())
                    .containsExactly(at(61));
        });
    }

    @ParameterizedTest
    @CsvSource({"pve02/frr/main", "pve02/kernel/main"})
    void aStopShouldBeExplainedByTheGapAtTheHopOrBeforeIt(HopId hop) throws Exception {
        var answer = stopped(SmallChain.source(), hop);

        assertThat(answer.verdict().outcome()).isEqualTo(Verdict.Outcome.STOPPED_AND_BACK);
        assertThat(answer.broken().unknownBecause()).isEmpty();
        assertThat(answer.broken().gap())
                .hasValueSatisfying(gap -> assertThat(gap.gap().hop()).isEqualTo(PVE02));
    }

    @Test
    void aStopShouldBeToldAlsoWithoutAChain() throws Exception {
        var answer = stopped(SmallChain.none(), PVE02);

        assertThat(answer.verdict().outcome()).isEqualTo(Verdict.Outcome.STOPPED_AND_BACK);
        assertThat(answer.broken().gap()).isEmpty();
        assertThat(answer.broken().unknownBecause()).contains("no chain of network lab");
    }

    @Test
    void whatNeverStoppedShouldNotBeExplained() throws Exception {
        assertThat(stopped(SmallChain.source(), PVE01).broken()).isEqualTo(Broken.nothing());
    }

    @Test
    void aTimelineShouldSayWhenAGapOpenedWasExplainedAndClosed() throws Exception {
        var question = new Timeline.Question("", Prefix.parse(POD), "pve02/kernel/main", Window.open(), 1_000);
        var answer = new Timeline(PROJECTED, SmallChain.source()).ask(question, LIMIT);

        assertThat(answer.gapsUnknownBecause()).isEmpty();
        assertThat(answer.entries())
                .filteredOn(Timeline.Entry.GapTurned.class::isInstance)
                .extracting(entry -> ((Timeline.Entry.GapTurned) entry).turn() + " " + entry.time())
                .containsExactly("OPENED " + at(62), "EXPLAINED " + at(67), "CLOSED " + at(122));
    }

    @Test
    void aTimelineOfAHopThatNeverLackedItShouldTellOfNoGap() throws Exception {
        var question = new Timeline.Question("", Prefix.parse(POD), "pve01", Window.open(), 1_000);
        assertThat(new Timeline(PROJECTED, SmallChain.source())
                        .ask(question, LIMIT)
                        .entries())
                .noneMatch(Timeline.Entry.GapTurned.class::isInstance);
    }

    @Test
    void aReportShouldHaveTheStopTheIncidentAndWhatHappenedWhereItTouched() throws Exception {
        var question =
                new Report.Question("", Optional.of(Prefix.parse(POD)), "pve02", Window.open(), Optional.empty());
        var answer = new Report(PROJECTED, SmallChain.source()).ask(question, LIMIT);

        assertThat(answer.stops())
                .hasValueSatisfying(stops -> assertThat(stops.hops()).hasSize(2));
        assertThat(answer.incidents().incidents()).hasSize(1);
        assertThat(answer.timeline().entries())
                .extracting(entry -> entry.rib().hop() + " " + entry.getClass().getSimpleName())
                .containsExactly(
                        "pve02/frr/main Happened",
                        "pve02/frr/main GapTurned",
                        "pve02/kernel/main Happened",
                        "pve02/frr/main GapTurned",
                        "pve02/frr/main Happened",
                        "pve02/frr/main GapTurned",
                        "pve02/kernel/main Happened");
    }

    private static WhenStopped.HopAnswer stopped(ChainSource source, HopId hop) throws Exception {
        var question = new WhenStopped.Question(
                "", Prefix.parse(POD), hop.toString(), Optional.<Instant>empty(), Window.open());
        return new WhenStopped(PROJECTED, source).ask(question, LIMIT).hops().getFirst();
    }
}
