package dev.hoplog.wire;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.hoplog.model.Bounds;
import java.time.Instant;
import java.util.Optional;

/** Times on the wire. */
public final class TimeCodec {
    private TimeCodec() {}

    public static Timestamp encode(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    public static Instant decode(Timestamp timestamp) {
        return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
    }

    public static Duration encode(java.time.Duration duration) {
        return Duration.newBuilder()
                .setSeconds(duration.getSeconds())
                .setNanos(duration.getNano())
                .build();
    }

    public static java.time.Duration decode(Duration duration) {
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
