package dev.hoplog.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What every record of a snapshot carries, so that each stands for itself.
 *
 * @param id a hash of RIB, times and contents
 * @param capturedFrom the reading began then, inclusive, in microseconds
 * @param capturedTo the reading ended then, inclusive, in microseconds
 * @param base the snapshot whose leaves these replace; empty: a keyframe, which stands alone
 * @param scraper who scraped, and how good its clock is
 * @param scraperEpoch another number means another life of that scraper
 */
public record SnapshotHeader(
        RibId rib,
        Id id,
        Instant capturedFrom,
        Instant capturedTo,
        Optional<Id> base,
        ScraperClock scraper,
        long scraperEpoch,
        SourceKind source,
        SourceState sourceState) {
    /** Whether a snapshot comes from a running daemon. */
    public enum SourceKind {
        /** Its times must not lie in the broker's future. */
        LIVE,
        /** A recording: its times may lie anywhere. */
        CAPTURE
    }

    public SnapshotHeader {
        if (capturedTo.isBefore(capturedFrom)) {
            throw new IllegalArgumentException(
                    "a reading that ends at " + capturedTo + " before it begins at " + capturedFrom);
        }
        if (!isInMicros(capturedFrom) || !isInMicros(capturedTo)) {
            throw new IllegalArgumentException("capture times are in whole microseconds");
        }
    }

    private static boolean isInMicros(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS).equals(instant);
    }

    public boolean isKeyframe() {
        return base.isEmpty();
    }
}
