package dev.hoplog.api.cli;

import com.google.protobuf.Timestamp;
import dev.hoplog.v1.BlindSpell;
import dev.hoplog.v1.Bounds;
import dev.hoplog.v1.TimeSpan;
import java.time.Duration;
import java.util.stream.Stream;

/** When something happened, as far as it is known, in words. */
final class BoundsText {
    private BoundsText() {}

    /** Such as {@code after 2026-11-23T04:38:20.300Z and at or before 04:38:25.400Z (5.1 s wide)}. */
    static String of(Bounds bounds) {
        return certain(bounds) + estimate(bounds);
    }

    private static String certain(Bounds bounds) {
        var atOrBefore = ShownTime.ceiling(bounds.getAtOrBefore());
        if (!bounds.hasAfter()) {
            return "at or before " + ShownTime.of(atOrBefore) + " (nothing was observed earlier)";
        }
        var after = ShownTime.floor(bounds.getAfter());
        return "after %s and at or before %s (%s wide)"
                .formatted(
                        ShownTime.of(after),
                        ShownTime.after(after, atOrBefore),
                        ShownTime.upTo(Duration.between(after, atOrBefore)));
    }

    private static String estimate(Bounds bounds) {
        if (!bounds.hasBestEstimate()) {
            return "";
        }
        var estimate = ShownTime.floor(bounds.getBestEstimate());
        return ", about " + ShownTime.after(ShownTime.ceiling(bounds.getAtOrBefore()), estimate)
                + " by the source's own clock";
    }

    /** Such as {@code from 2026-11-23T04:38:20.300Z to 04:38:25.400Z (5.1 s)}. */
    static String of(TimeSpan span) {
        if (!span.hasFrom() && !span.hasTo()) {
            return "at all times";
        }
        if (!span.hasFrom()) {
            return "up to " + time(span.getTo());
        }
        if (!span.hasTo()) {
            return "from " + time(span.getFrom()) + " on";
        }
        var from = ShownTime.floor(span.getFrom());
        var to = ShownTime.ceiling(span.getTo());
        return "from %s to %s (%s)"
                .formatted(ShownTime.of(from), ShownTime.after(from, to), ShownTime.of(Duration.between(from, to)));
    }

    static String of(BlindSpell spell) {
        return of(spell.getSpan()) + ": " + why(spell);
    }

    /** Such as {@code timeout, 3 failed scrapes: no answer within 5 s}. */
    static String why(BlindSpell spell) {
        var reason = spell.getReason().isEmpty() ? "no scrape came" : spell.getReason();
        var failures = switch (spell.getFailures()) {
            case 0 -> "";
            case 1 -> ", 1 failed scrape";
            default -> ", " + Integer.toUnsignedString(spell.getFailures()) + " failed scrapes";
        };
        return Stream.of(reason + failures, oneLine(spell.getDetail()))
                .filter(text -> !text.isEmpty())
                .reduce((left, right) -> left + ": " + right)
                .orElse("");
    }

    /** What a daemon printed may have several lines; a table's cell has one. */
    static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", "; ");
    }

    private static String time(Timestamp time) {
        return ShownTime.of(ShownTime.floor(time));
    }
}
