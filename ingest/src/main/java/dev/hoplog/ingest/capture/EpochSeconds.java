package dev.hoplog.ingest.capture;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Times as a recording writes them: decimal seconds since 1970 UTC. */
final class EpochSeconds {
    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);

    private EpochSeconds() {}

    static Optional<Instant> parse(String decimal) {
        try {
            var seconds = new BigDecimal(decimal);
            // Beyond this an Instant would do, a PostgreSQL or protobuf time stamp would not.
            if (seconds.abs().compareTo(BigDecimal.valueOf(200_000_000_000L)) > 0 || seconds.scale() > 18) {
                return Optional.empty();
            }
            var whole = seconds.toBigInteger();
            var nanos = seconds.subtract(new BigDecimal(whole)).multiply(NANOS).longValue();
            return Optional.of(Instant.ofEpochSecond(whole.longValueExact(), nanos));
        } catch (NumberFormatException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** Whole microseconds, not later. */
    static Instant floor(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS);
    }

    /** Whole microseconds, not earlier. */
    static Instant ceiling(Instant instant) {
        var floor = floor(instant);
        return floor.equals(instant) ? floor : floor.plus(1, ChronoUnit.MICROS);
    }
}
