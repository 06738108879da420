package dev.hoplog.ingest.publish;

import dev.hoplog.model.SnapshotHeader.SourceKind;
import java.time.Duration;

/**
 * Who scrapes, and what holds for all of its snapshots.
 *
 * @param epoch another number means another life of that scraper
 * @param maxSilence a longer silence between two snapshots is a blind spell
 * @param clockError how far its clock may be off from other scrapers'
 * @param keyframeEvery a keyframe is due after so long, on the clock of the captures
 */
public record Scraper(
        String name, long epoch, SourceKind kind, Duration maxSilence, Duration clockError, Duration keyframeEvery) {}
