package dev.hoplog.ingest.parse.bird;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A time as BIRD prints it. By default {@code HH:MM:SS.mmm} for the last 20 hours and {@code YYYY-MM-DD} before; with
 * {@code timeformat ... iso long ms} always both; with {@code timeformat "%s.%6f"} seconds since 1970.
 */
sealed interface BirdTime {
    Pattern LOCAL = Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)?[ T]?(\\d\\d:\\d\\d:\\d\\d(?:\\.(\\d{1,9}))?)?");
    Pattern EPOCH = Pattern.compile("(\\d{9,11})(?:\\.(\\d{1,9}))?");

    /** How coarse the print is. */
    Duration width();

    record SinceEpoch(Instant instant, Duration width) implements BirdTime {}

    record OfDay(LocalTime time, Duration width) implements BirdTime {}

    record OfDate(LocalDate date, LocalTime time, Duration width) implements BirdTime {}

    /** Empty for a format of the operator's own. */
    static Optional<BirdTime> parse(String printed) {
        try {
            var epoch = EPOCH.matcher(printed);
            if (epoch.matches()) {
                var width = width(epoch.group(2));
                long fraction = epoch.group(2) == null ? 0 : Long.parseLong(epoch.group(2)) * width.toNanos();
                return Optional.of(
                        new SinceEpoch(Instant.ofEpochSecond(Long.parseLong(epoch.group(1)), fraction), width));
            }
            var local = LOCAL.matcher(printed);
            return local.matches() ? local(local.group(1), local.group(2), width(local.group(3))) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<BirdTime> local(@Nullable String date, @Nullable String time, Duration width) {
        if (date == null) {
            return Optional.ofNullable(time).map(t -> new OfDay(LocalTime.parse(t), width));
        }
        return Optional.of(
                time == null
                        ? new OfDate(LocalDate.parse(date), LocalTime.MIN, Duration.ofDays(1))
                        : new OfDate(LocalDate.parse(date), LocalTime.parse(time), width));
    }

    private static Duration width(@Nullable String fraction) {
        long nanos = 1_000_000_000L;
        for (int digit = 0; fraction != null && digit < fraction.length(); digit++) {
            nanos /= 10;
        }
        return Duration.ofNanos(nanos);
    }
}
