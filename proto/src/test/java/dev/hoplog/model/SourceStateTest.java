package dev.hoplog.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SourceStateTest {
    private static final Instant START = Instant.parse("2026-11-23T04:34:50.542Z");

    @Test
    void shouldTakeAFallingTableVersionForARestart() {
        assertThat(version(3).restartSince(version(87))).contains("table version fell from 87 to 3");
        assertThat(version(87).restartSince(version(87))).isEmpty();
        assertThat(version(88).restartSince(version(87))).isEmpty();
    }

    @Test
    void shouldTakeANewStartTimeForARestart() {
        assertThat(started(START.plusSeconds(60), 0).restartSince(started(START, 0)))
                .isPresent();
        assertThat(started(START.plusMillis(1), 0).restartSince(started(START, 0)))
                .isEmpty();
    }

    @Test
    void shouldNotTakeAStepOfTheClockForARestart() {
        assertThat(started(START.plusSeconds(3600), 3600).restartSince(started(START, 0)))
                .isEmpty();
    }

    @Test
    void shouldCallItAStepOnlyBeyondWhatBothReadingsMayBeOff() {
        assertThat(started(START, 3600).clockStepSince(started(START, 0)).step())
                .isEqualTo(Duration.ofHours(1));
        var barely = new SourceState(
                Optional.empty(),
                Optional.empty(),
                Optional.of(new SourceState.Clock(Duration.ofMillis(8), ms(5), Duration.ZERO)));
        var before = new SourceState(
                Optional.empty(),
                Optional.empty(),
                Optional.of(new SourceState.Clock(Duration.ZERO, ms(5), Duration.ZERO)));
        assertThat(barely.clockStepSince(before).step()).isEqualTo(Duration.ZERO);
        assertThat(barely.clockStepSince(before).error()).isEqualTo(ms(10));
    }

    private static SourceState version(long tableVersion) {
        return new SourceState(Optional.of(tableVersion), Optional.empty(), Optional.empty());
    }

    private static SourceState started(Instant at, long clockAheadSeconds) {
        var clock = new SourceState.Clock(Duration.ofSeconds(clockAheadSeconds), ms(5), Duration.ZERO);
        return new SourceState(Optional.empty(), Optional.of(at), Optional.of(clock));
    }

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    /** At the end of daylight saving time an unchanged local time is read an hour later. */
    @Test
    void shouldNotTakeAnotherZoneForARestartNorForAChange() {
        var summer = inZone(Instant.parse("2026-10-24T11:00:00Z"), 2);
        var winter = inZone(Instant.parse("2026-10-24T12:00:00Z"), 1);

        assertThat(winter.restartSince(summer)).isEmpty();
        assertThat(inZone(Instant.parse("2026-10-25T03:00:00Z"), 1).restartSince(summer))
                .isPresent();

        var step = winter.clockStepSince(summer);
        var since = ChangeStamp.time(new SourceTime(Instant.EPOCH, Instant.EPOCH));
        var unchanged =
                ChangeStamp.time(new SourceTime(Instant.EPOCH.plusSeconds(3600), Instant.EPOCH.plusSeconds(3600)));
        var changed =
                ChangeStamp.time(new SourceTime(Instant.EPOCH.plusSeconds(7200), Instant.EPOCH.plusSeconds(7200)));
        assertThat(unchanged.isNewerThan(since, step.step(), step.error())).isFalse();
        assertThat(changed.isNewerThan(since, step.step(), step.error())).isTrue();
    }

    private static SourceState inZone(Instant startedAt, int hoursEast) {
        return new SourceState(
                Optional.empty(),
                Optional.of(startedAt),
                Optional.of(new SourceState.Clock(Duration.ZERO, ms(5), Duration.ofHours(hoursEast))));
    }
}
