package dev.hoplog.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ChangeStampTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final ChangeStamp AT_NOON = at(NOON, Duration.ofMillis(1));

    @Test
    void shouldBeNewerWhenACounterHasGrown() {
        assertThat(newer(ChangeStamp.counter(19), ChangeStamp.counter(15))).isTrue();
        assertThat(newer(ChangeStamp.counter(15), ChangeStamp.counter(15))).isFalse();
        assertThat(newer(ChangeStamp.counter(3), ChangeStamp.counter(15))).isFalse();
    }

    @Test
    void shouldNotTakeAMillisecondOfJitterForAChange() {
        assertThat(newer(at(NOON.plusMillis(1), Duration.ofMillis(1)), AT_NOON)).isFalse();
        assertThat(newer(at(NOON.plusSeconds(1), Duration.ofMillis(1)), AT_NOON))
                .isTrue();
    }

    @Test
    void shouldNotTakeATimeThatLostItsTimeOfDayForAChange() {
        var wholeDay = at(NOON.truncatedTo(java.time.temporal.ChronoUnit.DAYS), Duration.ofDays(1));
        assertThat(newer(wholeDay, AT_NOON)).isFalse();
        assertThat(newer(AT_NOON, wholeDay)).isFalse();
        assertThat(wholeDay.isSameAs(AT_NOON)).isTrue();
    }

    @Test
    void shouldNotTakeAStepOfTheClockForAChange() {
        var step = Duration.ofSeconds(3600);
        var shifted = at(NOON.plus(step), Duration.ofMillis(1));
        assertThat(shifted.isNewerThan(AT_NOON, step, Duration.ofMillis(5))).isFalse();
        assertThat(shifted.isNewerThan(AT_NOON, Duration.ZERO, Duration.ZERO)).isTrue();
    }

    @Test
    void shouldNeverCompareACounterWithATime() {
        assertThat(newer(ChangeStamp.counter(Long.MAX_VALUE), AT_NOON)).isFalse();
        assertThat(newer(AT_NOON, ChangeStamp.counter(0))).isFalse();
    }

    private static boolean newer(ChangeStamp later, ChangeStamp earlier) {
        return later.isNewerThan(earlier, Duration.ZERO, Duration.ZERO);
    }

    private static ChangeStamp at(Instant instant, Duration width) {
        return ChangeStamp.time(new SourceTime(instant, instant.plus(width)));
    }
}
