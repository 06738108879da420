package dev.hoplog.ingest.publish;

import dev.hoplog.model.ScraperClock;
import dev.hoplog.model.SnapshotHeader.SourceKind;
import java.time.Duration;

/**
 * Who scrapes, and what holds for all of its snapshots.
 *
 * @param epoch another number means another life of that scraper
 * @param maxSilence a longer silence between two snapshots is a blind spell
 * @param keyframeEvery a keyframe is due after so long, on the clock of the captures
 */
public record Scraper(ScraperClock clock, long epoch, SourceKind kind, Duration maxSilence, Duration keyframeEvery) {
    /** Two and a half intervals without a snapshot are a blind spell. */
    private static final double SILENT_INTERVALS = 2.5;

    private static final Duration KEYFRAME_EVERY = Duration.ofHours(1);

    /** A capture does not say how good the clock of its machine was: this is wide for one that is kept by NTP. */
    private static final Duration CLOCK_ERROR = Duration.ofSeconds(1);

    /**
     * Whoever recorded a capture.
     *
     * @param interval between its scrapes
     */
    public static Scraper ofCapture(String name, Duration interval) {
        return new Scraper(
                new ScraperClock("capture " + name, CLOCK_ERROR),
                0,
                SourceKind.CAPTURE,
                Duration.ofMillis(Math.round(interval.toMillis() * SILENT_INTERVALS)),
                KEYFRAME_EVERY);
    }

    /**
     * Whoever ran single commands on a node, and looked at its clock.
     *
     * @param maxSilence zero claims nothing of the time between two outputs
     */
    public static Scraper ofSingleOutputs(String node, Duration maxSilence) {
        return new Scraper(
                new ScraperClock("outputs of " + node, CLOCK_ERROR), 0, SourceKind.CAPTURE, maxSilence, KEYFRAME_EVERY);
    }
}
