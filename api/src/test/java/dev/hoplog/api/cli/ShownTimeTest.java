package dev.hoplog.api.cli;

import static dev.hoplog.api.cli.Examples.time;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownTimeTest {
    @Test
    void shouldRoundOutwardsOnly() {
        var between = time("2026-11-23T04:38:20.312345Z");
        assertThat(ShownTime.floor(between)).isEqualTo("2026-11-23T04:38:20.312Z");
        assertThat(ShownTime.ceiling(between)).isEqualTo("2026-11-23T04:38:20.313Z");
        assertThat(ShownTime.ceiling(time("2026-11-23T04:38:20.312Z"))).isEqualTo("2026-11-23T04:38:20.312Z");
    }

    @Test
    void shouldLeaveTheDateOutOnlyOnTheSameDayInUtc() {
        var first = Instant.parse("2026-11-22T23:59:58Z");
        assertThat(ShownTime.after(first, first.plusSeconds(1))).isEqualTo("23:59:59.000Z");
        assertThat(ShownTime.after(first, first.plusSeconds(2))).isEqualTo("2026-11-23T00:00:00.000Z");
    }

    @ParameterizedTest
    @CsvSource({"PT5.1S, 5.1 s", "PT3H0.001S, 3 h 1 min", "PT3H, 3 h 0 min", "PT52H10M, 2 d 5 h", "PT0.0001S, 0.001 s"})
    void shouldRoundALimitUp(Duration duration, String text) {
        assertThat(ShownTime.upTo(duration)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 s",
        "PT0.001S, 0.001 s",
        "PT5.1S, 5.1 s",
        "PT20S, 20 s",
        "PT59.999S, 59.999 s",
        "PT60S, 1 min 0 s",
        "PT12M5.9S, 12 min 5.9 s",
        "PT3H, 3 h 0 min",
        "PT52H10M, 2 d 4 h"
    })
    void shouldSayADurationInTheUnitsOfItsSize(Duration duration, String text) {
        assertThat(ShownTime.of(duration)).isEqualTo(text);
    }
}
