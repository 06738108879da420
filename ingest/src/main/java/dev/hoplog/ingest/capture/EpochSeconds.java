package dev.hoplog.ingest.capture;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Times as a recording writes them: decimal seconds since 1970 UTC. */
final class EpochSeconds {
    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);

    /** The years 1 to 9999: all that a time on the wire can be. */
    private static final BigDecimal FIRST =
            BigDecimal.valueOf(Instant.parse("0001-01-01T00:00:00Z").getEpochSecond());

    private static final BigDecimal LAST =
            BigDecimal.valueOf(Instant.parse("9999-12-31T23:59:59Z").getEpochSecond());

    private EpochSeconds() {}

    static Optional<Instant> parse(String decimal) {
        try {
            var seconds = new BigDecimal(decimal);
            if (seconds.compareTo(FIRST) < 0 || seconds.compareTo(LAST) > 0 || seconds.scale() > 18) {
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
