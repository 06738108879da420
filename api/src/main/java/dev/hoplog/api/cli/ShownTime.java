package dev.hoplog.api.cli;

import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * Instants and durations for people: UTC, and always saying so, to the millisecond.
 *
 * <p>The source is finer than a millisecond. What is cut off may not make a claim stronger than its proof: {@link #floor}
 * is for the beginning of an interval, {@link #ceiling} for its end.
 */
final class ShownTime {
    private static final DateTimeFormatter WITH_DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME_OF_DAY =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

    private static final Duration MILLI = Duration.ofMillis(1);

    private ShownTime() {}

    static Instant floor(Timestamp time) {
        return instant(time).truncatedTo(ChronoUnit.MILLIS);
    }

    static Instant ceiling(Timestamp time) {
        var floor = floor(time);
        return floor.equals(instant(time)) ? floor : floor.plusMillis(1);
    }

    static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    /** Such as {@code 2026-11-23T04:38:20.300Z}. */
    static String of(Instant time) {
        return WITH_DATE.format(time);
    }

    /** Such as {@code 04:38:25.400Z} if that is on the day of {@code earlier}, and the whole of it if not. */
    static String after(Instant earlier, Instant time) {
        return day(earlier).equals(day(time)) ? TIME_OF_DAY.format(time) : of(time);
    }

    private static Instant day(Instant time) {
        return time.truncatedTo(ChronoUnit.DAYS);
    }

    /** Such as {@code 5.1 s}, {@code 12 min 5.3 s}, {@code 3 h 0 min} or {@code 2 d 4 h}; what is cut off is cut off. */
    static String of(Duration duration) {
        if (duration.toDays() > 0) {
            return duration.toDays() + " d " + duration.toHoursPart() + " h";
        }
        if (duration.toHours() > 0) {
            return duration.toHours() + " h " + duration.toMinutesPart() + " min";
        }
        var seconds = "%d.%03d"
                .formatted(duration.toSecondsPart(), duration.toMillisPart())
                .replaceFirst("\\.?0{1,3}$", "");
        return (duration.toMinutes() > 0 ? duration.toMinutes() + " min " : "") + seconds + " s";
    }

    /** The same where cutting off would claim too much: rounded up. */
    static String upTo(Duration duration) {
        var unit = duration.toDays() > 0 ? Duration.ofHours(1) : duration.toHours() > 0 ? Duration.ofMinutes(1) : MILLI;
        return of(duration.plus(unit.minusNanos(1)));
    }
}
