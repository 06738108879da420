package dev.hoplog.ingest.parse.bird;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.ingest.parse.bird.BirdClock.Moment;
import dev.hoplog.model.ChangeStamp;
import dev.hoplog.model.SourceTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BirdClockTest {
    private static final Instant ASKED = Instant.parse("2026-11-23T04:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "2026-11-23 04:00:00.010, Z, 0.0005",
        "2026-11-23 09:45:00.010, +05:45, 0.0005",
        "2026-11-22 22:30:03.010, -05:30, 3.0005",
        "2026-11-23 05:59:58.010, +02:00, -1.9995",
    })
    void shouldFindZoneAndOffset(String serverTime, String zone, double aheadSeconds) {
        var clock = clock(serverTime);

        assertThat(clock.zone()).contains(ZoneOffset.of(zone));
        assertThat(clock.ahead()).isEqualTo(Duration.ofNanos(Math.round(aheadSeconds * 1e9)));
        // Half of the 20 ms that the question took, and half of the printed millisecond.
        assertThat(clock.error()).isEqualTo(Duration.ofNanos(10_500_000));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23 05:59:59.123, 2026-11-23T03:59:59.123Z, 2026-11-23T03:59:59.124Z",
        "2026-11-23 05:59:59, 2026-11-23T03:59:59Z, 2026-11-23T04:00:00Z",
        "05:59:59.123, 2026-11-23T03:59:59.123Z, 2026-11-23T03:59:59.124Z",
        // Just after the status was read.
        "06:00:01.000, 2026-11-23T04:00:01Z, 2026-11-23T04:00:01.001Z",
        // Yesterday.
        "11:30:00.000, 2026-11-22T09:30:00Z, 2026-11-22T09:30:00.001Z",
        // A day by its zone.
        "2026-11-20, 2026-11-19T22:00:00Z, 2026-11-20T22:00:00Z",
        "1795406400.250000, 2026-11-23T04:00:00.250Z, 2026-11-23T04:00:00.250001Z",
    })
    void shouldStampOnTheDaemonsOwnClock(String printed, Instant earliest, Instant latest) {
        var moment = clock("2026-11-23 06:00:00.010").resolve(printed);

        assertThat(moment.map(Moment::stamp)).contains(ChangeStamp.time(new SourceTime(earliest, latest)));
    }

    @Test
    void shouldTakeATimeJustAfterMidnightForOneOfTheNewDay() {
        var status = status("2026-11-22 23:59:59.990");
        var asked = Instant.parse("2026-11-22T23:59:59.980Z");

        var clock = BirdClock.of(status, asked, asked.plusMillis(20)).orElseThrow();

        assertThat(clock.resolve("00:00:00.500").map(m -> m.time().earliest()))
                .hasValueSatisfying(time -> assertThat(time).isAfter(Instant.parse("2026-11-23T00:00:00Z")));
    }

    @Test
    void shouldCorrectTheSourceTimeByTheClocksOffsetAndWidenItByItsError() {
        var moment = clock("2026-11-23 04:00:05.010")
                .resolve("2026-11-23 03:00:05.000")
                .orElseThrow();

        assertThat(moment.time().earliest()).isEqualTo(Instant.parse("2026-11-23T02:59:59.989Z"));
        assertThat(moment.time().latest()).isEqualTo(Instant.parse("2026-11-23T03:00:00.011Z"));
    }

    @ParameterizedTest
    @CsvSource({"04:00:00.010", "Mon Nov 23 04:00:00 2026", "2026-12-23 04:00:00", "2026-99-23 04:00:00"})
    void shouldKnowNothingWithoutADateThatAnyZoneExplains(String serverTime) {
        assertThat(BirdClock.of(status(serverTime), ASKED, ASKED.plusMillis(20)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"yesterday", "''", "25:00:00", "2026-13-01", "99999999999999999999"})
    void shouldPassOverATimeThatItCannotRead(String printed) {
        assertThat(clock("2026-11-23 04:00:00.010").resolve(printed)).isEmpty();
    }

    private static BirdClock clock(String serverTime) {
        return BirdClock.of(status(serverTime), ASKED, ASKED.plusMillis(20)).orElseThrow();
    }

    private static BirdStatus status(String serverTime) {
        return new BirdStatus(
                Optional.empty(), Optional.empty(), Optional.of(serverTime), Optional.empty(), Optional.empty(), 0);
    }
}
