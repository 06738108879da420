package dev.hoplog.model;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What a source moves whenever a row changes: FRR's {@code version} per prefix, BIRD's {@code since}. Equal attributes
 * under a newer stamp prove a change that nobody saw.
 *
 * @param earliest inclusive; a counter's value, or microseconds since 1970 UTC
 * @param latest inclusive; equal for a counter; for a time as far from {@code earliest} as its print is coarse
 */
public record ChangeStamp(Kind kind, long earliest, long latest) {
    /** BIRD's {@code since} moves by a millisecond between two readings of an unchanged route. */
    private static final long JITTER_MICROS = 5_000;

    /** What a stamp counts in. */
    public enum Kind {
        COUNTER,
        TIME
    }

    public ChangeStamp {
        if (latest < earliest || (kind == Kind.COUNTER && latest != earliest)) {
            throw new IllegalArgumentException("no such stamp: " + kind + " " + earliest + " to " + latest);
        }
    }

    public static ChangeStamp counter(long value) {
        return new ChangeStamp(Kind.COUNTER, value, value);
    }

    public static ChangeStamp time(SourceTime time) {
        return new ChangeStamp(Kind.TIME, micros(time.earliest()), micros(time.latest()));
    }

    /**
     * Whether this stamp proves a change after the other one.
     *
     * @param clockStep how far the source's clock was moved in between, as it itself says
     * @param clockStepError how well that is known; not negative
     */
    public boolean isNewerThan(ChangeStamp older, Duration clockStep, Duration clockStepError) {
        if (kind != older.kind) {
            return false;
        }
        return switch (kind) {
            case COUNTER -> earliest > older.latest;
            case TIME -> earliest - micros(clockStep) > older.latest + JITTER_MICROS + micros(clockStepError);
        };
    }

    /** Whether the two may be readings of the same change: the older print may stand for the newer. */
    public boolean isSameAs(ChangeStamp other) {
        return kind == other.kind
                && earliest <= other.latest + (kind == Kind.TIME ? JITTER_MICROS : 0)
                && other.earliest <= latest + (kind == Kind.TIME ? JITTER_MICROS : 0);
    }

    /** The earlier reading where both may be readings of the same change, else the later one. */
    static Optional<ChangeStamp> steadied(Optional<ChangeStamp> later, Optional<ChangeStamp> earlier) {
        return earlier.filter(e -> later.filter(e::isSameAs).isPresent()).or(() -> later);
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }

    private static long micros(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
    }

    @Override
    public String toString() {
        return kind == Kind.COUNTER
                ? "version " + earliest
                : "since " + Instant.EPOCH.plus(earliest, ChronoUnit.MICROS);
    }
}
