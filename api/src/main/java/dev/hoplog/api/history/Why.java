package dev.hoplog.api.history;

import dev.hoplog.history.Truth;
import dev.hoplog.log.LogEntry.BlindMark;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.TimeSpans;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Why something is not known, in words for an engineer. */
public final class Why {
    private Why() {}

    /** Empty if it is known. */
    public static String unknown(Truth truth, TimeSpans covered, List<BlindMark> marks) {
        return switch (truth) {
            case Truth.Present _, Truth.Absent _ -> "";
            case Truth.Undecided(var change) -> "a change lies around this instant: " + change.bounds();
            case Truth.NotObserved(var instant) -> notObserved(instant, covered, marks);
        };
    }

    /** Why a table was not observed at an instant outside its coverage. */
    public static String notObserved(Instant instant, TimeSpans covered, List<BlindMark> marks) {
        if (covered.isEmpty()) {
            return "this table was never observed whole" + lastFailure(marks);
        }
        var window = Window.open();
        for (var spell : BlindSpells.in(window, covered, marks, Optional.of(instant))) {
            boolean inside = !instant.isBefore(spell.from())
                    && spell.to().map(to -> !instant.isAfter(to)).orElse(true);
            if (inside) {
                return spell.last()
                        .map(mark -> "not observed, because " + words(mark))
                        .orElseGet(() -> "nothing is known after " + spell.from()
                                + spell.to().map(to -> " until " + to).orElse(""));
            }
        }
        return "not observed before " + covered.spans().getFirst().from();
    }

    private static String lastFailure(List<BlindMark> marks) {
        return marks.stream()
                .max(Comparator.comparing(BlindMark::lastFailedAt))
                .map(mark -> ", because " + words(mark))
                .orElse("");
    }

    private static String words(BlindMark mark) {
        return word(mark.reason()) + (mark.detail().isEmpty() ? "" : ": " + mark.detail());
    }

    /** A reason as clients see it: {@code unreachable}, {@code no such table}. */
    public static String word(FailureReason reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
