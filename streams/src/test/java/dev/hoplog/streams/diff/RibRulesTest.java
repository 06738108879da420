package dev.hoplog.streams.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.log.LogEntry.BlindMark;
import dev.hoplog.log.LogEntry.CoverageMark;
import dev.hoplog.log.LogEntry.SourceRestart;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.Change.Appeared;
import dev.hoplog.model.ChangeStamp;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Observed;
import dev.hoplog.model.PathBuilder;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.RibId;
import dev.hoplog.model.Route;
import dev.hoplog.model.Row;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.SnapshotHeader.SourceKind;
import dev.hoplog.model.SourceState;
import dev.hoplog.model.SourceTime;
import dev.hoplog.model.Table;
import dev.hoplog.model.TimeSpan;
import dev.hoplog.model.TimeSpans;
import dev.hoplog.model.View;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RibRulesTest {
    static final RibId RIB =
            RibId.of("lab", HopId.parse("pve02/frr/vrf_evpnz1"), AddressFamily.IPV6_UNICAST, View.LOC_RIB);
    private static final Instant START = Instant.parse("2026-11-23T04:37:50Z");

    private final FakeScraper scraper = new FakeScraper(RIB);
    private final World world = new World();

    // What is read: law 1, and the first lines of what peers get wrong.

    @Test
    void shouldLogTheFirstAppearanceOfEveryPrefixWithBoundsOpenToThePast() {
        world.take(scraper.snapshot(at(0), at(1), table("fd00:1::/64", "fd00:2::/64")));

        assertThat(world.told()).containsExactlyInAnyOrder("Appeared fd00:1::/64", "Appeared fd00:2::/64");
        assertThat(world.events())
                .allSatisfy(event ->
                        assertThat(event.bounds()).isEqualTo(new Bounds(Optional.empty(), at(1), Optional.empty())));
    }

    @Test
    void shouldBoundAChangeByTheLastProofOfTheOldStateAndTheFirstOfTheNew() {
        world.take(scraper.snapshot(at(0), at(1), table("fd00:1::/64")))
                .take(scraper.snapshot(at(5), at(6), table("fd00:1::/64")))
                .take(scraper.snapshot(at(10), at(11), table()));

        assertThat(world.told()).containsExactly("Appeared fd00:1::/64", "Withdrawn fd00:1::/64");
        assertThat(world.events().getLast().bounds()).isEqualTo(Bounds.between(at(5), at(11)));
    }

    @Test
    void shouldWithdrawEverythingWhenACompleteAnswerIsEmpty() {
        world.take(scraper.snapshot(at(0), at(1), table("fd00:1::/64", "fd00:2::/64", "fd00:3::/64")))
                .take(scraper.snapshot(at(5), at(6), table()));

        assertThat(world.told().subList(3, 6)).allMatch(told -> told.startsWith("Withdrawn"));
        assertThat(world.covered()).isEqualTo(covered(0, 6));
    }

    @Test
    void shouldNotWithdrawAnythingWhenTheScraperIsDown() {
        world.take(scraper.snapshot(at(0), at(1), table("fd00:1::/64")))
                .take(scraper.failure(at(5)))
                .take(scraper.failure(at(10)))
                .take(scraper.snapshot(at(15), at(16), table("fd00:1::/64")));

        assertThat(world.told()).containsExactly("Appeared fd00:1::/64");
        assertThat(world.covered()).isEqualTo(covered(0, 1).union(covered(15, 16)));
        assertThat(world.log)
                .filteredOn(BlindMark.class::isInstance)
                .last()
                .isEqualTo(new BlindMark(
                        RIB,
                        at(5),
                        at(10),
                        2,
                        dev.hoplog.model.FailureReason.UNREACHABLE,
                        "host did not answer",
                        "show",
                        FakeScraper.SCRAPE_RIBS));
    }

    @Test
    void shouldSayInAMarkOfHowManyTablesTheScrapeWas() {
        world.take(scraper.snapshot(at(0), at(1), table()));

        assertThat(world.log)
                .filteredOn(CoverageMark.class::isInstance)
                .extracting(mark -> ((CoverageMark) mark).scrapeRibs())
                .containsExactly(FakeScraper.SCRAPE_RIBS);
    }

    @Test
    void shouldDateAChangeFoundAfterABlindSpellOverTheWholeOfIt() {
        world.take(scraper.snapshot(at(0), at(1), table("fd00:1::/64")))
                .take(scraper.failure(at(5)))
                .take(scraper.snapshot(at(10), at(11), table()));

        assertThat(world.events().getLast().bounds()).isEqualTo(Bounds.between(at(0), at(11)));
        assertThat(world.covered()).isEqualTo(covered(0, 1).union(covered(10, 11)));
    }

    @Test
    void shouldCoverTheTimeBetweenTwoSnapshotsOnlyUpToTheLongestSilence() {
        var silence = FakeScraper.MAX_SILENCE;
        world.take(scraper.snapshot(at(0), at(1), table()))
                .take(scraper.snapshot(at(1).plus(silence), at(2).plus(silence), table()));
        assertThat(world.covered().spans()).hasSize(1);

        var later = at(2).plus(silence).plus(silence).plusNanos(1_000);
        world.take(scraper.snapshot(later, later.plusSeconds(1), table()));
        assertThat(world.covered().spans()).hasSize(2);
    }

    @Test
    void shouldCutMarksAtEachFullHourSoThatFewSurviveCompaction() {
        var nearly = Instant.parse("2026-11-23T04:59:58Z");
        world.take(scraper.snapshot(nearly, nearly.plusSeconds(1), table()))
                .take(scraper.snapshot(nearly.plusSeconds(5), nearly.plusSeconds(6), table()))
                .take(scraper.snapshot(nearly.plusSeconds(10), nearly.plusSeconds(11), table()));

        var hour = Instant.parse("2026-11-23T05:00:00Z");
        assertThat(world.log)
                .filteredOn(CoverageMark.class::isInstance)
                .extracting("coveredFrom", "coveredTo")
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(nearly, nearly.plusSeconds(1)),
                        org.assertj.core.groups.Tuple.tuple(nearly, hour),
                        org.assertj.core.groups.Tuple.tuple(hour, nearly.plusSeconds(6)),
                        org.assertj.core.groups.Tuple.tuple(hour, nearly.plusSeconds(11)));
        assertThat(world.covered().spans()).hasSize(1);
    }

    @Test
    void shouldLogEveryFlapThatASnapshotSaw() {
        for (int i = 0; i < 100; i++) {
            world.take(scraper.snapshot(at(5 * i), at(5 * i + 1), i % 2 == 0 ? table("fd00:1::/64") : table()));
        }
        assertThat(world.told()).hasSize(100);
    }

    // What was missed: law 4.

    @Test
    void shouldAdmitAChangeThatNobodySaw() {
        world.take(scraper.snapshot(at(0), at(1), stamped(15)))
                .take(scraper.failure(at(5)))
                .take(scraper.snapshot(at(10), at(11), stamped(19)));

        assertThat(world.told()).containsExactly("Appeared fd00:1::/64", "ChangedUnseen fd00:1::/64");
        assertThat(world.events().getLast().bounds()).isEqualTo(Bounds.between(at(0), at(11)));
    }

    @Test
    void shouldTakeAFallingTableVersionForARestartAndNotForAThousandChanges() {
        world.take(scraper.with(version(87)).snapshot(at(0), at(1), stamped(1)))
                .take(scraper.with(version(3)).snapshot(at(5), at(6), stamped(2)));

        assertThat(world.told()).containsExactly("Appeared fd00:1::/64");
        assertThat(world.log)
                .filteredOn(SourceRestart.class::isInstance)
                .singleElement()
                .isEqualTo(new SourceRestart(
                        RIB,
                        world.state.accepted().orElseThrow().id(),
                        Bounds.between(at(0), at(6)),
                        FakeScraper.CLOCK,
                        "table version fell from 87 to 3"));
    }

    // The source's own word: law 2.

    @Test
    void shouldTakeTheSourcesTimeForAnEstimateInsideTheBounds() {
        world.take(scraper.snapshot(at(0), at(1), table()))
                .take(scraper.snapshot(at(5), at(6), timed("fd00:1::/64", at(3), at(3))));

        var event = world.events().getFirst();
        assertThat(event.bounds().bestEstimate()).contains(at(3));
        assertThat(event.clockSuspectMicros()).isZero();
    }

    @Test
    void shouldFlagTheClockWhenTheSourcesTimeLiesOutsideTheBounds() {
        world.take(scraper.snapshot(at(0), at(1), table()))
                .take(scraper.snapshot(at(5), at(6), timed("fd00:1::/64", at(8), at(8))));
        assertThat(world.events().getFirst().bounds().bestEstimate()).isEmpty();
        assertThat(world.events().getFirst().clockSuspectMicros()).isEqualTo(2_000_000);

        var other = new World().take(new FakeScraper(RIB).snapshot(at(100), at(101), table()));
        var late = new FakeScraper(RIB);
        other = new World();
        other.take(late.snapshot(at(100), at(101), table()))
                .take(late.snapshot(at(105), at(106), timed("fd00:1::/64", at(90), at(90))));
        assertThat(other.events().getFirst().clockSuspectMicros()).isEqualTo(-10_000_000);
    }

    @Test
    void shouldTellWhenARouteThatWasThereFromTheStartSaysItCame() {
        world.take(scraper.snapshot(at(0), at(1), timed("fd00:1::/64", at(-86_400), at(-86_400))));
        assertThat(world.events().getFirst().bounds())
                .isEqualTo(new Bounds(Optional.empty(), at(1), Optional.of(at(-86_400))));
        assertThat(world.events().getFirst().change()).isInstanceOf(Appeared.class);
    }

    // The wire: section 4.

    @Test
    void shouldCountAnExactDuplicateAndNothingElse() {
        var first = scraper.snapshot(at(0), at(1), table("fd00:1::/64"));
        var second = scraper.snapshot(at(5), at(6), table());
        world.take(first).take(second);
        var log = List.copyOf(world.log);
        var state = world.state;

        world.take(first).take(second).take(first);

        assertThat(world.log).isEqualTo(log);
        assertThat(world.state).isEqualTo(state);
        assertThat(world.rejections).isEmpty();
        assertThat(world.duplicates).isEqualTo(2 * first.size() + second.size());
    }

    @Test
    void shouldCountARepeatedFailureAsADuplicate() {
        world.take(scraper.snapshot(at(0), at(1), table())).take(scraper.failure(at(5)));
        var log = List.copyOf(world.log);
        world.take(scraper.failure(at(5)));
        assertThat(world.log).isEqualTo(log);
        assertThat(world.duplicates).isEqualTo(1);
    }

    @Test
    void shouldRefuseASnapshotThatIsOlderThanTheLastAcceptedOne() {
        world.take(scraper.snapshot(at(10), at(11), table("fd00:1::/64")));
        var older = new FakeScraper(RIB).snapshot(at(0), at(1), table());
        world.take(older);
        assertRefused(Rejection.Reason.STALE);
    }

    @Test
    void shouldRefuseASnapshotThatOverlapsTheLastOneSinceTheirOrderIsUndecidable() {
        world.take(scraper.snapshot(at(0), at(10), table("fd00:1::/64")));
        world.take(scraper.snapshot(at(9), at(12), table()));
        assertRefused(Rejection.Reason.STALE);
    }

    @Test
    void shouldRefuseTwoReadingsOfOneInstantSinceNoChangeFitsBetweenThem() {
        world.take(scraper.snapshot(at(5), at(5), table("fd00:1::/64")));
        world.take(scraper.snapshot(at(5), at(5), table()));
        assertRefused(Rejection.Reason.STALE);
    }

    @Test
    void shouldRefuseASnapshotOnAnotherBaseUntilAKeyframeHealsIt() {
        world.take(scraper.snapshot(at(0), at(1), table("fd00:1::/64")));
        scraper.snapshot(at(5), at(6), table());
        world.take(scraper.snapshot(at(10), at(11), table("fd00:2::/64")));
        assertRefused(Rejection.Reason.WRONG_BASE);

        world.take(scraper.keyframeDue().snapshot(at(15), at(16), table("fd00:2::/64")));
        assertThat(world.told())
                .containsExactlyInAnyOrder("Appeared fd00:1::/64", "Appeared fd00:2::/64", "Withdrawn fd00:1::/64");
        assertThat(world.covered()).isEqualTo(covered(0, 1).union(covered(15, 16)));
    }

    @Test
    void shouldLetAnotherScraperTakeOverOnlyWithAKeyframe() {
        world.take(scraper.snapshot(at(0), at(1), table("fd00:1::/64")));
        world.take(scraper.brazenlyRestarted().snapshot(at(5), at(6), table()));
        assertRefused(Rejection.Reason.FOREIGN_EPOCH);

        world.rejections.clear();
        world.take(scraper.restarted().snapshot(at(10), at(11), table()));
        assertThat(world.rejections).isEmpty();
        assertThat(world.told().getLast()).isEqualTo("Withdrawn fd00:1::/64");
    }

    @Test
    void shouldNotGrowCoverageWhenTheRootDoesNotMatch() {
        world.take(scraper.snapshot(at(0), at(1), table("fd00:1::/64", "fd00:2::/64")));
        var lossy = scraper.snapshot(at(5), at(6), table());
        world.take(lossy.getFirst()).take(lossy.getLast());

        assertThat(world.rejections).extracting(Rejection::reason).containsExactly(Rejection.Reason.ROOT_MISMATCH);
        assertThat(world.covered()).isEqualTo(covered(0, 1));
        // What the leaf that did come proves stands all the same.
        assertThat(world.told()).hasSize(3).last().asString().startsWith("Withdrawn");

        world.rejections.clear();
        world.take(scraper.keyframeDue().snapshot(at(10), at(11), table()));
        assertThat(world.rejections).isEmpty();
        assertThat(world.told()).hasSize(4);
        // One had been proven absent by its own leaf at 5; only the other's absence is new.
        assertThat(world.events().getLast().bounds()).isEqualTo(Bounds.between(at(0), at(11)));
    }

    @Test
    void shouldProveALeafByItsOwnReadingWhereTheSnapshotWasNeverClosed() {
        world.take(scraper.snapshot(at(0), at(1), table("fd00:1::/64")));
        var broken = scraper.snapshot(at(5), at(6), changed("fd00:1::/64", 7));
        world.take(broken.getFirst());
        world.take(scraper.keyframeDue().snapshot(at(10), at(11), changed("fd00:1::/64", 8)));

        assertThat(world.events().getLast().bounds()).isEqualTo(Bounds.between(at(5), at(11)));
    }

    @Test
    void shouldProveAnEmptyLeafByItsOwnReadingToo() {
        world.take(scraper.snapshot(at(0), at(1), table("fd00:1::/64")));
        world.take(scraper.snapshot(at(5), at(6), table()).getFirst());
        world.take(scraper.keyframeDue().snapshot(at(10), at(11), table("fd00:1::/64")));

        assertThat(world.told())
                .containsExactly("Appeared fd00:1::/64", "Withdrawn fd00:1::/64", "Appeared fd00:1::/64");
        assertThat(world.events().getLast().bounds()).isEqualTo(Bounds.between(at(5), at(11)));
    }

    @Test
    void shouldRefuseALiveSnapshotFromTheFutureAndTakeACaptureFromAnyTime() {
        var live = new FakeScraper(RIB, SourceKind.LIVE);
        var appended = at(0);
        live.snapshot(at(0), at(61), table()).forEach(part -> world.take(part, appended));
        assertRefused(Rejection.Reason.FROM_THE_FUTURE);

        var future = new World();
        scraper.snapshot(at(1_000_000_000), at(1_000_000_001), table("fd00:1::/64"))
                .forEach(part -> future.take(part, appended));
        assertThat(future.rejections).isEmpty();
        assertThat(future.told()).hasSize(1);
    }

    @Test
    void shouldGiveAnEventTheSameNameHoweverItsSnapshotWasPacked() {
        world.take(scraper.snapshot(at(0), at(1), table())).take(scraper.snapshot(at(5), at(6), table("fd00:1::/64")));
        var other = new World();
        var again = new FakeScraper(RIB);
        other.take(again.snapshot(at(0), at(1), table()))
                .take(again.keyframeDue().snapshot(at(5), at(6), table("fd00:1::/64")));

        assertThat(other.events().getFirst().id())
                .isEqualTo(world.events().getFirst().id());
    }

    private void assertRefused(Rejection.Reason reason) {
        assertThat(world.rejections)
                .isNotEmpty()
                .allSatisfy(rejection -> assertThat(rejection.reason()).isEqualTo(reason));
        assertThat(world.told()).doesNotContain("Withdrawn fd00:1::/64");
    }

    static Instant at(long second) {
        return START.plusSeconds(second);
    }

    static TimeSpans covered(long from, long to) {
        return TimeSpans.of(TimeSpan.closed(at(from), at(to)));
    }

    private static SourceState version(long tableVersion) {
        return new SourceState(Optional.of(tableVersion), Optional.empty(), Optional.empty());
    }

    static Table table(String... prefixes) {
        return new Table(
                Observed.all(),
                Arrays.stream(prefixes)
                        .<Row>map(prefix -> route(prefix, 0, Optional.empty()))
                        .toList(),
                Map.of());
    }

    static Table changed(String prefix, long med) {
        return new Table(Observed.all(), List.of(route(prefix, med, Optional.empty())), Map.of());
    }

    private static Table stamped(long version) {
        return new Table(
                Observed.all(), List.of(route("fd00:1::/64", 0, Optional.of(ChangeStamp.counter(version)))), Map.of());
    }

    private static Table timed(String prefix, Instant earliest, Instant latest) {
        return new Table(
                Observed.all(),
                List.of(route(prefix, 0, Optional.empty())),
                Map.of(RowKey.of(Prefix.parse(prefix)), new SourceTime(earliest, latest)));
    }

    private static Route route(String prefix, long med, Optional<ChangeStamp> stamp) {
        return new Route(
                Prefix.parse(prefix), List.of(new PathBuilder().med(med).build()), stamp);
    }
}
