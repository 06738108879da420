package dev.hoplog.streams.gap;

import static dev.hoplog.streams.gap.FewHops.A;
import static dev.hoplog.streams.gap.FewHops.B;
import static dev.hoplog.streams.gap.FewHops.C;
import static dev.hoplog.streams.gap.FewHops.ROUTE;
import static dev.hoplog.streams.gap.FewHops.SUBJECT;
import static dev.hoplog.streams.gap.FewHops.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.chain.Edge;
import dev.hoplog.gap.GapEvent;
import dev.hoplog.log.LogEntry;
import dev.hoplog.log.LogEntry.BlindMark;
import dev.hoplog.log.LogEntry.ChainPublished;
import dev.hoplog.log.LogEntry.CoverageMark;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.Change;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.HopId;
import dev.hoplog.model.ScraperClock;
import dev.hoplog.streams.gap.WorldLog.Distortion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A prefix goes from a to b and on to c. It comes and goes at b, and nothing is heard of c after its first reading. */
class SilentHopTest {
    private static final int INTERVAL = 15;
    private static final int CHANGES = 4_000;
    private static final int FEW_WORLDS = 300;
    private static final int FEW = 12;
    private static final ScraperClock CLOCK = new ScraperClock("first", Duration.ZERO);

    private static Edge edge(HopId from, HopId to) {
        return FewHops.edge(from, to, Duration.ofSeconds(2));
    }

    private static ChainPublished chain(int number, Edge... edges) {
        return FewHops.chain(number, List.of(A, B, C), edges);
    }

    private static RouteEvent event(HopId hop, int second, Change change) {
        var after = second > INTERVAL ? Optional.of(second - INTERVAL) : Optional.<Integer>empty();
        return FewHops.event(hop, after, second, CLOCK, change);
    }

    private static CoverageMark mark(HopId hop, int second) {
        return FewHops.mark(hop, INTERVAL, second, CLOCK);
    }

    private static BlindMark blind(HopId hop, int second) {
        return new BlindMark(
                table(hop),
                GapWorld.at(2 * INTERVAL),
                GapWorld.at(second),
                1,
                FailureReason.UNREACHABLE,
                "no answer",
                "show",
                1);
    }

    /** All of them are read, and what a reading of b shows is another than the one before. */
    private static List<LogEntry> log(int changes) {
        var log = new ArrayList<LogEntry>();
        log.add(chain(1, edge(A, B), edge(B, C)));
        log.add(event(A, INTERVAL, new Change.Appeared(ROUTE)));
        log.add(mark(A, INTERVAL));
        log.add(mark(C, INTERVAL));
        for (int i = 0; i < changes; i++) {
            int second = (i + 1) * INTERVAL;
            log.add(event(B, second, i % 2 == 0 ? new Change.Appeared(ROUTE) : new Change.Withdrawn(ROUTE)));
            log.add(mark(B, second));
            log.add(mark(A, second));
        }
        return log;
    }

    private static List<GapEvent> told(MemoryInMaps memory) {
        return memory.told().getOrDefault(SUBJECT, List.of());
    }

    private static long opened(MemoryInMaps memory) {
        return told(memory).stream().filter(GapEvent.Opened.class::isInstance).count();
    }

    /** What is remembered of the subject, beside its rows. */
    private static int size(SubjectState state) {
        return state.open().size()
                + state.doubts().size()
                + state.waits().size()
                + state.cases().stream()
                        .mapToInt(open ->
                                1 + open.breaks().size() + open.unexplained().size())
                        .sum();
    }

    @Test
    void shouldKeepABoundedStateWhileAHopIsSilentForGoodAndGoOnTelling() {
        var memory = new MemoryInMaps();
        int longest = 0;
        int largest = 0;
        for (var entry : log(CHANGES)) {
            memory.take(entry);
            longest = Math.max(longest, memory.longestRow());
            largest = Math.max(
                    largest, memory.state(SUBJECT).map(SilentHopTest::size).orElse(0));
        }

        // Each change is of one path.
        assertThat(longest).isBetween(GapRules.MOST_WAITING / 4, GapRules.MOST_WAITING / 2 + FEW);
        assertThat(largest).isLessThanOrEqualTo(2 * FEW);
        assertThat(opened(memory)).isBetween((CHANGES - GapRules.MOST_WAITING) / 2L, CHANGES / 2L);
    }

    @Test
    void shouldTellOfATimeThatItDidNotWaitForWhatItTellsIfTheHopIsSaidNotToBeObserved() {
        var impatient = new MemoryInMaps();
        var told = new MemoryInMaps();
        for (var entry : log(CHANGES)) {
            impatient.take(entry);
            told.take(entry);
            if (entry instanceof CoverageMark mark && mark.rib().equals(table(A))) {
                told.take(blind(C, GapWorld.second(mark.coveredTo())));
            }
        }
        assertThat(opened(impatient)).isLessThan(opened(told));
        impatient.take(blind(C, CHANGES * INTERVAL));

        assertThat(GapStory.of(told(impatient))).isEqualTo(GapStory.of(told(told)));
    }

    @Test
    void shouldWaitForWhatIsMerelyBehind() {
        var log = log(GapRules.MOST_WAITING / 3);
        var memory = new MemoryInMaps();
        log.forEach(memory::take);

        assertThat(told(memory)).isEmpty();
    }

    /** Whatever comes after all: what was said stands, and what follows goes with it. */
    @Test
    void shouldNotContradictItselfWhenWhatItDidNotWaitForComesAfterAll() {
        int impatient = 0;
        for (int seed = 0; seed < FEW_WORLDS; seed++) {
            var world = new GapWorld(seed);
            var log = Delivery.atRandom(new WorldLog(world).told(Distortion.NONE), world.chains(), new Random(seed))
                    .log();
            var memory = new MemoryInMaps() {
                @Override
                public int mostWaiting() {
                    return FEW;
                }
            };
            log.forEach(memory::take);

            assertThat(GapStory.of(told(memory))).as("seed %d", seed).isNotNull();
            assertThat(memory.longestRow()).as("seed %d", seed).isLessThanOrEqualTo(2 * FEW);
            if (memory.state(SUBJECT)
                    .filter(state -> state.givenUpTo().isAfter(Instant.MIN))
                    .isPresent()) {
                impatient++;
            }
        }
        assertThat(impatient).as("worlds in which it did not wait").isGreaterThan(FEW_WORLDS / 10);
    }

    @Test
    void shouldEndWhatIsOpenWhenNoChainConcernsThePrefixAnyMore() {
        var memory = new MemoryInMaps();
        log(4).forEach(memory::take);
        memory.take(blind(C, 4 * INTERVAL));
        assertThat(told(memory).getLast()).isNotInstanceOf(GapEvent.Closed.class);

        memory.take(chain(2));

        assertThat(told(memory).stream().filter(GapEvent.Closed.class::isInstance))
                .hasSize(2);
        assertThat(memory.state(SUBJECT).orElseThrow().open()).isEmpty();
    }
}
