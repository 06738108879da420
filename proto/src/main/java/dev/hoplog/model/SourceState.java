package dev.hoplog.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a daemon said of itself at a snapshot. It explains stamps and is not compared as contents.
 *
 * @param tableVersion FRR's, which only grows while the daemon lives
 * @param startedAt on the daemon's clock
 * @param clock the daemon's clock beside the scraper's
 */
public record SourceState(Optional<Long> tableVersion, Optional<Instant> startedAt, Optional<Clock> clock) {
    /** Two readings of a start time that lie closer than this are the same start. */
    private static final Duration START_JITTER = Duration.ofSeconds(1);

    /**
     * A daemon's clock beside the scraper's.
     *
     * @param offset the daemon's clock minus the scraper's
     * @param error the offset may be off by so much, either way
     * @param zone the offset from UTC in which the times that it printed were read: that of the moment
     */
    public record Clock(Duration offset, Duration error, Duration zone) {
        public Clock {
            if (error.isNegative()) {
                throw new IllegalArgumentException("a negative error: " + error);
            }
        }
    }

    /** How far a clock was moved between two snapshots, and how well that is known; zero where no clock was read. */
    public record ClockStep(Duration step, Duration error) {
        static final ClockStep NONE = new ClockStep(Duration.ZERO, Duration.ZERO);
    }

    public static SourceState unknown() {
        return new SourceState(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * How far the daemon's clock was moved since the earlier snapshot: a step counts only beyond what both may be off.
     *
     * <p>An unchanged local time that is read in a zone further west than before comes out later, though nothing happened:
     * at the end of daylight saving time an hour is error.
     */
    public ClockStep clockStepSince(SourceState earlier) {
        if (clock.isEmpty() || earlier.clock.isEmpty()) {
            return ClockStep.NONE;
        }
        var moved = clock.get().offset().minus(earlier.clock.get().offset());
        var error = clock.get().error().plus(earlier.clock.get().error());
        var step = moved.abs().compareTo(error) > 0 ? moved : Duration.ZERO;
        var west = earlier.clock.get().zone().minus(clock.get().zone());
        return new ClockStep(step, west.isNegative() ? error : error.plus(west));
    }

    /** What proves that the daemon started anew since the earlier snapshot, in words; empty: nothing does. */
    public Optional<String> restartSince(SourceState earlier) {
        if (tableVersion.isPresent()
                && earlier.tableVersion.isPresent()
                && tableVersion.get() < earlier.tableVersion.get()) {
            return Optional.of("table version fell from " + earlier.tableVersion.get() + " to " + tableVersion.get());
        }
        if (startedAt.isPresent() && earlier.startedAt.isPresent()) {
            var clockStep = clockStepSince(earlier);
            var moved = Duration.between(earlier.startedAt.get(), startedAt.get())
                    .minus(clockStep.step())
                    .minus(clockStep.error());
            if (moved.compareTo(START_JITTER) > 0) {
                return Optional.of("started at " + startedAt.get() + ", before that at " + earlier.startedAt.get()
                        + " by its own clock");
            }
        }
        return Optional.empty();
    }
}
