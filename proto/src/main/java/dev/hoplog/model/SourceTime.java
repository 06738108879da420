package dev.hoplog.model;

import java.time.Instant;

/**
 * When a source itself says that something happened, on the scraper's clock: a hint for the best estimate, never compared.
 *
 * @param earliest inclusive
 * @param latest inclusive; as far from {@code earliest} as the source's print is coarse
 */
public record SourceTime(Instant earliest, Instant latest) {
    public SourceTime {
        if (latest.isBefore(earliest)) {
            throw new IllegalArgumentException("a source time that ends before it begins: " + earliest + ", " + latest);
        }
    }
}
