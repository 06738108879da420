package dev.hoplog.api.cli;

import com.google.protobuf.Timestamp;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * An instant on the command line: ISO 8601 with its zone. A time without zone is refused, not guessed: whoever reads a
 * wall clock and a router's log side by side has two zones in mind.
 */
public final class TimeArgument implements ITypeConverter<Timestamp> {
    @Override
    public Timestamp convert(String text) {
        try {
            var iso = text.strip().replaceFirst("^(\\S+)\\s+(\\S+)$", "$1T$2");
            var parsed = DateTimeFormatter.ISO_DATE_TIME.parseBest(iso, ZonedDateTime::from, LocalDateTime::from);
            if (parsed instanceof ZonedDateTime time) {
                return Timestamp.newBuilder()
                        .setSeconds(time.toEpochSecond())
                        .setNanos(time.getNano())
                        .build();
            }
            throw new TypeConversionException("'" + text + "' has no zone: say " + iso + "Z if it is UTC, or add its"
                    + " offset, such as " + iso + "+01:00");
        } catch (DateTimeException notATime) {
            throw new TypeConversionException("'" + text + "' is not a time: say " + mended(text));
        }
    }

    private static String mended(String text) {
        try {
            return LocalDate.parse(text.strip()) + "T00:00:00Z, a date with a time and a zone";
        } catch (DateTimeException notADateEither) {
            return "it in ISO 8601 with a zone, such as 2026-11-23T04:38:20Z or 2026-11-23T05:38:20+01:00";
        }
    }
}
