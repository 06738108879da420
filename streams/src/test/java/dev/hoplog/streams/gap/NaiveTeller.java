package dev.hoplog.streams.gap;

import dev.hoplog.gap.Cause;
import dev.hoplog.model.Communities;
import dev.hoplog.model.HopId;
import dev.hoplog.streams.gap.NaiveConditions.Blunder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What was said last of a break. */
final class NaiveTeller {
    /** What is known of one tick: null where it is not. */
    record Why(Cause cause, Communities required, @Nullable Communities lacking, Map<HopId, @Nullable Boolean> onward) {
        Why(Cause cause) {
            this(cause, Communities.none(), null, Map.of());
        }
    }

    private final List<String> lines = new ArrayList<>();
    private Cause cause = Cause.UNKNOWN;
    private Communities lacking = Communities.none();
    private Set<HopId> onward = Set.of();

    void tell(int tick, Why known, Blunder blunder) {
        if (blunder == Blunder.ONCE_IS_FOR_EVER && known.cause() == Cause.UNKNOWN) {
            return;
        }
        boolean isSame = known.cause() == cause;
        var before = what();
        var used = new TreeSet<HopId>();
        known.onward().forEach((hop, isUsed) -> {
            if (isUsed == null ? isSame && onward.contains(hop) : isUsed) {
                used.add(hop);
            }
        });
        onward = used;
        if (known.lacking() != null || !isSame) {
            lacking = known.lacking() == null ? Communities.none() : known.lacking();
        } else {
            lacking = new Communities(
                    lacking.standard().stream()
                            .filter(tag -> known.required().standard().contains(tag))
                            .toList(),
                    List.of(),
                    List.of(),
                    List.of());
        }
        cause = known.cause();
        if (!what().equals(before)) {
            lines.add(NaiveGaps.instant(tick) + " " + what());
        }
    }

    private String what() {
        return ToldGap.what(cause, lacking, onward);
    }

    /** What was said, turn by turn. */
    List<String> lines() {
        return lines;
    }
}
