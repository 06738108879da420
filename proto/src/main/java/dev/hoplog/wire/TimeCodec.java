package dev.hoplog.wire;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.hoplog.model.Bounds;
import java.time.Instant;
import java.util.Optional;

/** Times on the wire. */
public final class TimeCodec {
    private static final long MIN_SECONDS =
            Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
    private static final long MAX_SECONDS =
            Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    private static final int MAX_NANOS = 999_999_999;
    private static final long MAX_DURATION_SECONDS = 315_576_000_000L;

    private TimeCodec() {}

    public static Timestamp encode(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    /**
     * Reads a time.
     *
     * @throws IllegalArgumentException if it does not lie in the years 1 to 9999, as protobuf demands
     */
    public static Instant decode(Timestamp timestamp) {
        if (timestamp.getSeconds() < MIN_SECONDS
                || timestamp.getSeconds() > MAX_SECONDS
                || timestamp.getNanos() < 0
                || timestamp.getNanos() > MAX_NANOS) {
            throw new IllegalArgumentException(
                    "no such time: " + timestamp.getSeconds() + " s and " + timestamp.getNanos() + " ns");
        }
        return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
    }

    public static Duration encode(java.time.Duration duration) {
        return Duration.newBuilder()
                .setSeconds(duration.getSeconds())
                .setNanos(duration.getNano())
                .build();
    }

    /**
     * Reads a duration.
     *
     * @throws IllegalArgumentException if it is longer than ten thousand years either way, as protobuf demands
     */
    public static java.time.Duration decode(Duration duration) {
        if (duration.getSeconds() < -MAX_DURATION_SECONDS
                || duration.getSeconds() > MAX_DURATION_SECONDS
                || duration.getNanos() < -MAX_NANOS
                || duration.getNanos() > MAX_NANOS) {
            throw new IllegalArgumentException(
                    "no such duration: " + duration.getSeconds() + " s and " + duration.getNanos() + " ns");
        }
        return java.time.Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
    }

    public static dev.hoplog.log.v1.Bounds encode(Bounds bounds) {
        var message = dev.hoplog.log.v1.Bounds.newBuilder().setAtOrBefore(encode(bounds.atOrBefore()));
        bounds.after().ifPresent(after -> message.setAfter(encode(after)));
        bounds.bestEstimate().ifPresent(best -> message.setBestEstimate(encode(best)));
        return message.build();
    }

    /**
     * Reads the value.
     *
     * @throws IllegalArgumentException if they are no bounds
     */
    public static Bounds decode(dev.hoplog.log.v1.Bounds message) {
        if (!message.hasAtOrBefore()) {
            throw new IllegalArgumentException("bounds without an end");
        }
        return new Bounds(
                message.hasAfter() ? Optional.of(decode(message.getAfter())) : Optional.empty(),
                decode(message.getAtOrBefore()),
                message.hasBestEstimate() ? Optional.of(decode(message.getBestEstimate())) : Optional.empty());
    }
}
