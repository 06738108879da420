package dev.hoplog.api.history;

import static dev.hoplog.api.World.at;
import static dev.hoplog.api.World.rib;
import static dev.hoplog.api.World.unusable;
import static dev.hoplog.api.World.usable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.api.World;
import dev.hoplog.api.history.Verdict.Outcome;
import dev.hoplog.history.RouteHistory;
import dev.hoplog.history.Truth;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.ChangeStamp;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.RibId;
import dev.hoplog.model.Route;
import dev.hoplog.model.TimeSpan;
import dev.hoplog.model.TimeSpans;
import dev.hoplog.model.View;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final RibId PVE02 = rib("pve02/frr/main");
    private static final String POD = "fd00:101:224:3::/64";

    private static RouteHistory history(World world) {
        return new RouteHistory(View.LOC_RIB, world.events(PVE02, POD), world.covered(PVE02));
    }

    private static Verdict judge(World world) {
        return Verdict.of(history(world), Optional.empty(), Window.open());
    }

    private static Verdict judge(World world, Instant at) {
        return Verdict.of(history(world), Optional.of(at), Window.open());
    }

    private static Bounds bounds(Optional<RouteEvent> event) {
        return event.orElseThrow().bounds();
    }

    @Test
    void aStopHasTheBoundsOfTheTwoReadingsAroundIt() {
        var world = new World(1).scrape(PVE02, at(0), usable(POD)).scrape(PVE02, at(10), usable(POD));
        var verdict = judge(world.scrape(PVE02, at(20), at(21)).scrape(PVE02, at(30)));
        assertThat(verdict.outcome()).isEqualTo(Outcome.STOPPED);
        assertThat(bounds(verdict.stop().map(Stop::stopped))).isEqualTo(Bounds.between(at(10), at(21)));
        assertThat(verdict.lastUsable()).isPresent();
        assertThat(bounds(verdict.reachedSince())).isEqualTo(new Bounds(Optional.empty(), at(0), Optional.empty()));
    }

    @Test
    void itSaysWhenItCameBack() {
        var verdict = judge(new World(1)
                .scrape(PVE02, at(0), usable(POD))
                .scrape(PVE02, at(10))
                .scrape(PVE02, at(20))
                .scrape(PVE02, at(30), usable(POD)));
        assertThat(verdict.outcome()).isEqualTo(Outcome.STOPPED_AND_BACK);
        assertThat(bounds(verdict.stop().flatMap(Stop::returned))).isEqualTo(Bounds.between(at(20), at(30)));
    }

    @Test
    void aRouteThatNothingUsesAnyMoreHasStopped() {
        var world = new World(1).scrape(PVE02, at(0), usable(POD)).scrape(PVE02, at(10), unusable(POD));
        var verdict = judge(world);
        assertThat(verdict.outcome()).isEqualTo(Outcome.STOPPED);
        assertThat(verdict.stop().orElseThrow().isWithdrawal(history(world).events()))
                .isFalse();
        assertThat(verdict.now()).isInstanceOf(Truth.Present.class);
    }

    @Test
    void aRouteThatIsReadOnceOnItsWayOutWasWithdrawn() {
        var world = new World(1)
                .scrape(PVE02, at(0), usable(POD))
                .scrape(PVE02, at(10), unusable(POD))
                .scrape(PVE02, at(20));
        var stop = judge(world).stop().orElseThrow();
        assertThat(stop.stopped().bounds()).isEqualTo(Bounds.between(at(0), at(10)));
        assertThat(stop.isWithdrawal(history(world).events())).isTrue();
    }

    @Test
    void aRouteThatWasNeverUsedIsNeverSeen() {
        assertThat(judge(new World(1).scrape(PVE02, at(0), unusable(POD))).outcome())
                .isEqualTo(Outcome.NEVER_SEEN);
        assertThat(judge(new World(1).scrape(PVE02, at(0))).outcome()).isEqualTo(Outcome.NEVER_SEEN);
    }

    @Test
    void aRouteThatHasBeenStableForWeeksIsInAnAsOfQuery() {
        var world = new World(1);
        for (int day = 0; day <= 30; day++) {
            world.scrape(PVE02, at(day * 86_400L), usable(POD));
        }
        assertThat(history(world).at(at(25 * 86_400L + 1)).isUsable()).isTrue();
        var verdict = judge(world, at(25 * 86_400L));
        assertThat(verdict.outcome()).isEqualTo(Outcome.STILL_REACHING);
        assertThat(bounds(verdict.reachedSince()).after())
                .as("present since before")
                .isEmpty();
    }

    @Test
    void aQueryAtExactlyASnapshotsTimeTakesTheRightSide() {
        var history = history(new World(1)
                .scrape(PVE02, at(0), usable(POD))
                .scrape(PVE02, at(10), usable(POD))
                .scrape(PVE02, at(20)));
        assertThat(history.at(at(10)).isUsable())
                .as("the last proof of the old state")
                .isTrue();
        assertThat(history.at(at(15))).as("inside").isInstanceOf(Truth.Undecided.class);
        assertThat(history.at(at(20))).as("the first proof of the new one").isInstanceOf(Truth.Absent.class);
    }

    @Test
    void theCollectorsOwnOutageIsUnknownAndNotAWithdrawal() {
        var world = new World(1).scrape(PVE02, at(0), usable(POD)).scrape(PVE02, at(10), usable(POD));
        world.fail(PVE02, at(20), FailureReason.UNREACHABLE).fail(PVE02, at(30), FailureReason.UNREACHABLE);
        world.scrape(PVE02, at(40), usable(POD)).scrape(PVE02, at(50), usable(POD));
        var during = judge(world, at(25));
        assertThat(during.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(during.lastKnown()).contains(at(10));
        assertThat(during.stop()).isEmpty();
        assertThat(judge(world).outcome()).isEqualTo(Outcome.STILL_REACHING);
        var spells = BlindSpells.in(Window.open(), world.covered(PVE02), List.of(), Optional.empty());
        assertThat(spells)
                .containsExactly(new BlindSpells.BlindSpell(at(10), Optional.of(at(40)), Optional.empty(), 0));
    }

    @Test
    void whatIsLostInABlindSpellStoppedSomewhereInIt() {
        var world = new World(1).scrape(PVE02, at(0), usable(POD)).scrape(PVE02, at(10), usable(POD));
        world.fail(PVE02, at(20), FailureReason.UNREACHABLE).scrape(PVE02, at(40));
        var verdict = judge(world);
        assertThat(verdict.outcome()).isEqualTo(Outcome.STOPPED);
        assertThat(bounds(verdict.stop().map(Stop::stopped))).isEqualTo(Bounds.between(at(10), at(40)));
    }

    @Test
    void afterTheEndOfWhatIsKnownEverythingIsUnknown() {
        var world = new World(1).scrape(PVE02, at(0), usable(POD)).scrape(PVE02, at(10), usable(POD));
        var verdict = judge(world, at(11));
        assertThat(verdict.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(verdict.lastKnown()).contains(at(10));
        assertThat(judge(world).judgedAt()).contains(at(10));
    }

    @Test
    void aTableThatWasNeverObservedIsUnknown() {
        var verdict = judge(new World(1).fail(PVE02, at(0), FailureReason.NO_SUCH_TABLE));
        assertThat(verdict.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(verdict.judgedAt()).isEmpty();
    }

    @Test
    void aProofThatItChangedUnseenIsNoProofThatItStayed() {
        var stamped = usable(POD);
        var before = new Route(stamped.prefix(), stamped.paths(), Optional.of(ChangeStamp.counter(1)));
        var after = new Route(stamped.prefix(), stamped.paths(), Optional.of(ChangeStamp.counter(3)));
        var world = new World(1).scrape(PVE02, at(0), before).scrape(PVE02, at(10), before);
        world.scrape(PVE02, at(20), after);
        assertThat(judge(world, at(15)).outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(judge(world).outcome()).isEqualTo(Outcome.STILL_REACHING);
        assertThat(judge(world).changedUnseen()).hasSize(1);
    }

    @Test
    void ofSeveralStopsTheLastBeforeTheInstantCounts() {
        var world = new World(1);
        for (int tick = 0; tick < 8; tick++) {
            if (tick % 2 == 0) {
                world.scrape(PVE02, at(tick * 10L), usable(POD));
            } else {
                world.scrape(PVE02, at(tick * 10L));
            }
        }
        var verdict = judge(world, at(60));
        assertThat(verdict.outcome()).isEqualTo(Outcome.STOPPED_AND_BACK);
        assertThat(bounds(verdict.stop().map(Stop::stopped))).isEqualTo(Bounds.between(at(40), at(50)));
        assertThat(verdict.otherStops()).isEqualTo(2);
        assertThat(bounds(verdict.firstStop().map(Stop::stopped))).isEqualTo(Bounds.between(at(0), at(10)));
    }

    @Test
    void whatWasAwayWhenTheWindowBeganStoppedAndWasSeenBefore() {
        var history = history(new World(1)
                .scrape(PVE02, at(0), usable(POD))
                .scrape(PVE02, at(10), usable(POD))
                .scrape(PVE02, at(20))
                .scrape(PVE02, at(30))
                .scrape(PVE02, at(40), usable(POD))
                .scrape(PVE02, at(50), usable(POD)));
        var within = Verdict.of(history, Optional.empty(), window(25, 50));
        assertThat(within.outcome()).isEqualTo(Outcome.STOPPED_AND_BACK);
        assertThat(bounds(within.stop().map(Stop::stopped))).isEqualTo(Bounds.between(at(10), at(20)));
        assertThat(bounds(within.stop().flatMap(Stop::returned))).isEqualTo(Bounds.between(at(30), at(40)));
        var after = Verdict.of(history, Optional.empty(), window(40, 50));
        assertThat(after.outcome()).as("proven to be back").isEqualTo(Outcome.STILL_REACHING);
        assertThat(bounds(after.reachedSince())).isEqualTo(Bounds.between(at(30), at(40)));
        assertThat(bounds(after.firstReached())).isEqualTo(new Bounds(Optional.empty(), at(0), Optional.empty()));
    }

    private static Window window(long from, long to) {
        return new Window(Optional.of(at(from)), Optional.of(at(to)));
    }

    @Test
    void onlyStopsInTheWindowCountAndAnEarlierOneAnswersForWhatIsGone() {
        var world = new World(1)
                .scrape(PVE02, at(0), usable(POD))
                .scrape(PVE02, at(10))
                .scrape(PVE02, at(20), usable(POD))
                .scrape(PVE02, at(30), usable(POD))
                .scrape(PVE02, at(40))
                .scrape(PVE02, at(50));
        var history = history(world);
        var back = Verdict.of(history, Optional.of(at(30)), new Window(Optional.of(at(21)), Optional.empty()));
        assertThat(back.outcome()).isEqualTo(Outcome.STILL_REACHING);
        var gone = Verdict.of(history, Optional.empty(), new Window(Optional.of(at(41)), Optional.empty()));
        assertThat(gone.outcome()).isEqualTo(Outcome.STOPPED);
        assertThat(bounds(gone.stop().map(Stop::stopped))).isEqualTo(Bounds.between(at(30), at(40)));
        var early = Verdict.of(history, Optional.empty(), new Window(Optional.empty(), Optional.of(at(10))));
        assertThat(early.judgedAt()).contains(at(10));
        assertThat(early.outcome()).isEqualTo(Outcome.STOPPED);
    }

    @Test
    void ofAWindowBeyondAllThatIsKnownNothingIsKnown() {
        var history = history(new World(1).scrape(PVE02, at(0), usable(POD)).scrape(PVE02, at(10), usable(POD)));
        var later = new Window(Optional.of(at(60)), Optional.empty());
        var verdict = Verdict.of(history, Optional.empty(), later);
        assertThat(verdict.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(verdict.lastKnown()).contains(at(10));
        assertThat(BlindSpells.in(later, history.covered(), List.of(), verdict.judgedAt()))
                .singleElement()
                .satisfies(spell -> {
                    assertThat(spell.from()).isEqualTo(at(60));
                    assertThat(spell.to()).isEmpty();
                });

        var earlier = new Window(Optional.empty(), Optional.of(at(-60)));
        var before = Verdict.of(history, Optional.empty(), earlier);
        assertThat(before.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(BlindSpells.in(earlier, history.covered(), List.of(), before.judgedAt()))
                .singleElement()
                .satisfies(spell -> assertThat(spell.to()).contains(at(-60)));
    }

    @Test
    void anEventThatCoverageHasNotReachedYetIsProofOfItsOwnInstantOnly() {
        var world = new World(1).scrape(PVE02, at(0), usable(POD)).scrape(PVE02, at(10), usable(POD));
        var upToNow = world.covered(PVE02);
        world.scrape(PVE02, at(20));
        var history = new RouteHistory(View.LOC_RIB, world.events(PVE02, POD), upToNow);
        assertThat(history.at(at(20))).isInstanceOf(Truth.Absent.class);
        assertThat(history.at(at(21))).isInstanceOf(Truth.NotObserved.class);
        assertThat(Verdict.of(history, Optional.empty(), Window.open()).outcome())
                .isEqualTo(Outcome.STOPPED);
    }

    @Test
    void aStopIsCertainBetweenItsProofAndTheLastProofBeforeTheReturn() {
        var verdict = judge(new World(1)
                .scrape(PVE02, at(0), usable(POD))
                .scrape(PVE02, at(10))
                .scrape(PVE02, at(20))
                .scrape(PVE02, at(30), usable(POD)));
        assertThat(verdict.stop().orElseThrow().certain(at(30)))
                .isEqualTo(TimeSpans.of(TimeSpan.closed(at(10), at(20))));
    }
}
