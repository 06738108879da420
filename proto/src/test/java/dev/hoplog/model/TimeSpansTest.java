package dev.hoplog.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The algebra of spans beside the plainest thing that could be it: one bit per tick. */
class TimeSpansTest {
    private static final int TICKS = 8;
    private static final int WORLDS = 1 << TICKS;

    @Test
    void shouldAgreeWithBitSetsInEverySmallWorld() {
        for (int a = 0; a < WORLDS; a++) {
            var left = spans(a);
            for (int b = 0; b < WORLDS; b++) {
                var right = spans(b);
                assertThat(left.union(right)).isEqualTo(spans(a | b));
                assertThat(left.intersect(right)).isEqualTo(spans(a & b));
                assertThat(left.minus(right)).isEqualTo(spans(a & ~b));
            }
        }
    }

    @Test
    void shouldHoldExactlyItsTicks() {
        for (int a = 0; a < WORLDS; a++) {
            for (int tick = 0; tick <= TICKS; tick++) {
                assertThat(spans(a).contains(tick(tick))).isEqualTo((a >>> tick & 1) == 1);
            }
        }
    }

    @Test
    void shouldHaveOneNormalFormHoweverItIsPutTogether() {
        var random = new Random(8671);
        for (int i = 0; i < 2_000; i++) {
            int a = random.nextInt(WORLDS);
            var pieces = new ArrayList<TimeSpan>();
            for (int tick = 0; tick < TICKS; tick++) {
                if ((a >>> tick & 1) == 1) {
                    pieces.add(new TimeSpan(tick(tick), tick(tick + 1)));
                    if (random.nextBoolean()) {
                        pieces.add(new TimeSpan(tick(tick), tick(tick + 1)));
                    }
                }
            }
            Collections.shuffle(pieces, random);
            assertThat(TimeSpans.of(pieces)).isEqualTo(spans(a));
        }
    }

    /** The set of ticks, one span for each run of them. */
    private static TimeSpans spans(int ticks) {
        var bits = BitSet.valueOf(new long[] {ticks});
        List<TimeSpan> spans = new ArrayList<>();
        for (int from = bits.nextSetBit(0); from >= 0; ) {
            int to = bits.nextClearBit(from);
            spans.add(new TimeSpan(tick(from), tick(to)));
            from = bits.nextSetBit(to);
        }
        return TimeSpans.of(spans);
    }

    private static Instant tick(int number) {
        return Instant.EPOCH.plusSeconds(number);
    }
}
