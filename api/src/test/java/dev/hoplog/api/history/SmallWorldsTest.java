package dev.hoplog.api.history;

import static dev.hoplog.api.World.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.api.World;
import dev.hoplog.api.history.Verdict.Outcome;
import dev.hoplog.history.RouteHistory;
import dev.hoplog.history.Truth;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.Row;
import dev.hoplog.model.View;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every history of six scrapes that each find the route usable, there but unusable, gone, or fail: compared, at every
 * second, with what an engineer would conclude from the readings themselves.
 */
class SmallWorldsTest {
    private static final int TICKS = 6;
    private static final int SECONDS_APART = 4;
    private static final String POD = "fd00:101:224:3::/64";

    private enum State {
        USABLE,
        UNUSABLE,
        ABSENT,
        FAILED
    }

    /** A reading between two instants; what it saw. */
    private record Reading(Instant from, Instant to, State state) {}

    /** One of the worlds: its readings, and the history that the log gives of them. */
    private record Case(List<Reading> readings, RouteHistory history) {}

    private static final Map<Integer, List<Case>> WORLDS = new HashMap<>();

    private static List<Case> worlds(int secondsPerReading) {
        return WORLDS.computeIfAbsent(secondsPerReading, SmallWorldsTest::make);
    }

    private static List<Case> make(int secondsPerReading) {
        var worlds = new ArrayList<Case>();
        for (int number = 0; number < 1 << (2 * TICKS); number++) {
            var readings = new ArrayList<Reading>();
            for (int tick = 0; tick < TICKS; tick++) {
                var from = at((long) tick * SECONDS_APART);
                readings.add(new Reading(
                        from, from.plusSeconds(secondsPerReading), State.values()[(number >> (2 * tick)) & 3]));
            }
            worlds.add(new Case(readings, history(readings)));
        }
        return worlds;
    }

    private static RouteHistory history(List<Reading> readings) {
        var rib = World.rib("pve02/frr/main");
        var world = new World(1);
        for (var reading : readings) {
            switch (reading.state) {
                case USABLE -> world.scrape(rib, reading.from, reading.to, World.usable(POD));
                case UNUSABLE -> world.scrape(rib, reading.from, reading.to, World.unusable(POD));
                case ABSENT -> world.scrape(rib, reading.from, reading.to, new Row[0]);
                case FAILED -> world.fail(rib, reading.from, FailureReason.UNREACHABLE);
            }
        }
        return new RouteHistory(View.LOC_RIB, world.events(rib, POD), world.covered(rib));
    }

    private static void check(Object actual, Object expected, String what, Case world, Instant instant) {
        if (!actual.equals(expected)) {
            assertThat(actual)
                    .as("%s of %s at %s", what, world.readings, instant)
                    .isEqualTo(expected);
        }
    }

    private static List<Instant> instants() {
        var instants = new ArrayList<Instant>();
        for (long second = -2; second <= TICKS * SECONDS_APART + 2; second++) {
            instants.add(at(second));
            instants.add(at(second).plus(1, ChronoUnit.MICROS));
        }
        return instants;
    }

    // The naive way: what can be concluded from the readings alone.

    private static List<Reading> good(Case world) {
        return world.readings.stream().filter(r -> r.state != State.FAILED).toList();
    }

    private static boolean isObserved(Case world, Instant instant) {
        for (int i = 0; i < TICKS; i++) {
            for (int j = i; j < TICKS && world.readings.get(j).state != State.FAILED; j++) {
                boolean whole = world.readings.get(i).state != State.FAILED;
                if (whole
                        && !instant.isBefore(world.readings.get(i).from)
                        && !instant.isAfter(world.readings.get(j).to)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The states that the route may have had; empty if nobody looked. */
    private static List<State> possible(Case world, Instant instant) {
        if (!isObserved(world, instant)) {
            return List.of();
        }
        var good = good(world);
        var possible = new java.util.TreeSet<State>();
        var first = good.getFirst();
        if (first.state != State.ABSENT && instant.isBefore(first.to)) {
            possible.add(State.ABSENT);
            possible.add(first.state);
        }
        for (int i = 1; i < good.size(); i++) {
            var before = good.get(i - 1);
            var after = good.get(i);
            boolean between = instant.isAfter(before.from) && instant.isBefore(after.to);
            if (before.state != after.state && between) {
                possible.add(before.state);
                possible.add(after.state);
            }
        }
        if (possible.isEmpty()) {
            possible.add(good.stream()
                    .filter(reading -> !reading.to.isAfter(instant))
                    .reduce((earlier, later) -> later)
                    .map(Reading::state)
                    .orElse(State.ABSENT));
        }
        return List.copyOf(possible);
    }

    private static Optional<Boolean> usable(Case world, Instant instant) {
        var usable = possible(world, instant).stream()
                .map(state -> state == State.USABLE)
                .distinct()
                .toList();
        return usable.size() == 1 ? Optional.of(usable.getFirst()) : Optional.empty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4})
    void theStateAtAnInstantIsWhatTheReadingsProve(int secondsPerReading) {
        for (var world : worlds(secondsPerReading)) {
            for (var instant : instants()) {
                var possible = possible(world, instant);
                var expected = possible.size() == 1 ? possible.getFirst() : State.FAILED;
                check(state(world.history.at(instant)), expected, "state", world, instant);
            }
        }
    }

    private static State state(Truth truth) {
        return switch (truth) {
            case Truth.Present present -> present.usable() ? State.USABLE : State.UNUSABLE;
            case Truth.Absent _ -> State.ABSENT;
            case Truth.NotObserved _, Truth.Undecided _ -> State.FAILED;
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4})
    void reachingIsClaimedWhereEveryPossibleStateAgrees(int secondsPerReading) {
        for (var world : worlds(secondsPerReading)) {
            var usable = world.history.usable();
            for (var instant : instants()) {
                var truth = world.history.reachAt(instant);
                var claimed = truth.isKnown() ? Optional.of(truth.isUsable()) : Optional.<Boolean>empty();
                var expected = usable(world, instant);
                check(claimed, expected, "reaching", world, instant);
                check(usable.contains(instant), expected.orElse(false), "usable()", world, instant);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void theVerdictFollowsFromTheReadings(int secondsPerReading) {
        for (var world : worlds(secondsPerReading)) {
            for (var instant : instants()) {
                var verdict = Verdict.of(world.history, Optional.of(instant), Window.open());
                check(verdict.outcome(), outcome(world, instant), "outcome", world, instant);
                verdict.lastKnown()
                        .ifPresent(known -> check(usable(world, known).isPresent(), true, "known", world, instant));
            }
        }
    }

    private static Outcome outcome(Case world, Instant judgedAt) {
        var usable = usable(world, judgedAt);
        if (usable.isEmpty()) {
            return Outcome.UNKNOWN;
        }
        var seen = good(world).stream().filter(r -> !r.to.isAfter(judgedAt)).toList();
        boolean stopped = false;
        for (int i = 1; i < seen.size(); i++) {
            stopped |= seen.get(i - 1).state == State.USABLE && seen.get(i).state != State.USABLE;
        }
        if (usable.get()) {
            return stopped ? Outcome.STOPPED_AND_BACK : Outcome.STILL_REACHING;
        }
        return stopped ? Outcome.STOPPED : Outcome.NEVER_SEEN;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void theVerdictOnAWindowFollowsFromWhatMayHaveBeenAwayInIt(int secondsPerReading) {
        for (var world : worlds(secondsPerReading)) {
            for (long to = 1; to <= TICKS * SECONDS_APART; to += 3) {
                for (long from = 0; from <= to; from++) {
                    var window = new Window(Optional.of(at(from)), Optional.of(at(to)));
                    var verdict = Verdict.of(world.history, window.to(), window);
                    check(verdict.outcome(), outcome(world, window), "outcome of " + window, world, at(to));
                    check(verdict.firstReached(), firstReached(world, at(to)), "first of " + window, world, at(to));
                }
            }
        }
    }

    /** What is usable at the end of a window stopped if any outage before may have lasted into it. */
    private static Outcome outcome(Case world, Window window) {
        var judgedAt = window.to().orElseThrow();
        var outcome = outcome(world, judgedAt);
        if (outcome != Outcome.STOPPED_AND_BACK) {
            return outcome;
        }
        var seen = good(world).stream().filter(r -> !r.to.isAfter(judgedAt)).toList();
        var from = window.from().orElseThrow();
        boolean wasThere = false;
        for (int i = 1; i < seen.size(); i++) {
            wasThere |= seen.get(i - 1).state == State.USABLE;
            boolean isAway = seen.get(i - 1).state != State.USABLE || seen.get(i).state != State.USABLE;
            if (wasThere && isAway && seen.get(i).to.isAfter(from)) {
                return Outcome.STOPPED_AND_BACK;
            }
        }
        return Outcome.STILL_REACHING;
    }

    private static Optional<RouteEvent> firstReached(Case world, Instant upTo) {
        return good(world).stream()
                .filter(reading -> reading.state == State.USABLE && !reading.to.isAfter(upTo))
                .findFirst()
                .flatMap(reading -> world.history.lastAt(reading.to));
    }

    @Test
    void whatIsNotCoveredIsABlindSpellAndNothingElse() {
        for (var world : worlds(1)) {
            var covered = world.history.covered();
            if (covered.isEmpty()) {
                continue;
            }
            var spells = BlindSpells.in(Window.open(), covered, List.of(), Optional.empty());
            for (var instant : instants()) {
                boolean within = !instant.isBefore(covered.spans().getFirst().from())
                        && instant.isBefore(covered.spans().getLast().to());
                boolean blind = spells.stream()
                        .anyMatch(spell -> instant.isAfter(spell.from())
                                && spell.to().filter(instant::isBefore).isPresent());
                check(blind, within && !isObserved(world, instant), "blind", world, instant);
            }
        }
    }
}
