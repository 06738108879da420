package dev.hoplog.model;

import java.time.Duration;
import java.util.Set;

/**
 * On whose clock times were read. Times of one scraper compare; between two, both errors count.
 *
 * @param name of the scraper
 * @param error how far its clock may be off from true time; not negative
 */
public record ScraperClock(String name, Duration error) {
    public ScraperClock {
        if (error.isNegative()) {
            throw new IllegalArgumentException("a clock that is off by " + error);
        }
    }

    /** By how much times of the two may be apart beyond what they say. */
    public Duration errorBeside(ScraperClock other) {
        return name.equals(other.name) ? Duration.ZERO : error.plus(other.error);
    }

    /** By how much times of any two of some clocks may be apart beyond what they say. */
    public static Duration errorAmong(Set<ScraperClock> clocks) {
        return clocks.stream()
                .flatMap(one -> clocks.stream().map(one::errorBeside))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }
}
