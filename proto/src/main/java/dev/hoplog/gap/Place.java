package dev.hoplog.gap;

import dev.hoplog.gap.Gap.Kind;
import dev.hoplog.model.HopId;
import java.util.Comparator;
import java.util.Optional;

/**
 * What there is at most one open gap of at a time.
 *
 * @param kind {@link Kind#MISSING} for {@link Kind#SOURCE_LOST} as well: a hop lacks the prefix for one of the two reasons
 * @param upstream of which edge into the hop; empty: of all
 */
public record Place(HopId hop, Kind kind, Optional<HopId> upstream) implements Comparable<Place> {
    private static final Comparator<Place> ORDER = Comparator.comparing(Place::hop)
            .thenComparing(Place::kind)
            .thenComparing(place -> place.upstream().map(HopId::toString).orElse(""));

    static Place lacking(HopId hop) {
        return new Place(hop, Kind.MISSING, Optional.empty());
    }

    static Place of(OpenGap gap) {
        return switch (gap.kind()) {
            case MISSING, SOURCE_LOST -> lacking(gap.hop());
            case DEGRADED ->
                new Place(
                        gap.hop(),
                        gap.kind(),
                        Optional.of(gap.breaks().getFirst().source()));
            case STALE -> new Place(gap.hop(), gap.kind(), Optional.empty());
        };
    }

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }
}
