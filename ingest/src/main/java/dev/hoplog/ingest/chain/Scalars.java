package dev.hoplog.ingest.chain;

import dev.hoplog.model.Community;
import dev.hoplog.model.Excerpt;
import dev.hoplog.model.LargeCommunity;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What single words of a chain file mean. */
final class Scalars {
    private static final Pattern TIME_SPAN = Pattern.compile("([0-9]{1,7})(ms|s|m)");

    private Scalars() {}

    /** Empty: it is not such a thing, and that is among the problems. */
    static <T> Optional<T> read(Item item, Problems problems, Function<String, T> meaning) {
        var scalar = (Item.Scalar) item;
        try {
            return Optional.of(meaning.apply(scalar.text()));
        } catch (IllegalArgumentException refused) {
            problems.add(scalar.place(), String.valueOf(refused.getMessage()));
            return Optional.empty();
        }
    }

    static Duration timeSpan(String text) {
        var matcher = TIME_SPAN.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "not a time span: '" + Excerpt.of(text) + "' (write it as 10s, 500ms or 2m)");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            default -> Duration.ofMinutes(number);
        };
    }

    static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException malformed) {
            throw new IllegalArgumentException(
                    "not a time: '" + Excerpt.of(text)
                            + "' (write date, time and zone: 2026-11-23T04:38:20Z or 2026-11-23T05:38:20+01:00)",
                    malformed);
        }
    }

    /** A {@link Community} or a {@link LargeCommunity}. */
    static Object community(String text) {
        if (text.chars().filter(c -> c == ':').count() == 2) {
            return LargeCommunity.parse(text);
        }
        return Community.parse(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "not a community: '" + Excerpt.of(text) + "' (write it as 65010:100 or 4200001000:0:100)"));
    }
}
