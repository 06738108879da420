package dev.hoplog.streams.diff;

import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.Change;
import dev.hoplog.model.SnapshotHeader;
import dev.hoplog.model.SourceState;
import dev.hoplog.model.SourceTime;
import dev.hoplog.wire.Ids;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Dates the changes that a snapshot proves.
 *
 * @param header of the snapshot that first proved the new state
 * @param lastProof when the reading began that last proved the old state; empty: there was none
 */
record Evidence(SnapshotHeader header, Optional<Instant> lastProof) {

    /** Whether, and with which step of the clock, stamps may be compared with those of the accepted snapshot. */
    static Optional<SourceState.ClockStep> comparableStamps(Optional<SnapshotHeader> accepted, SnapshotHeader header) {
        return accepted.map(SnapshotHeader::sourceState)
                .filter(earlier -> header.sourceState().restartSince(earlier).isEmpty())
                .map(header.sourceState()::clockStepSince);
    }

    RouteEvent event(Change change, Optional<SourceTime> sourceTime) {
        var bounds = new Bounds(lastProof, header.capturedTo(), Optional.empty());
        var key = change.after().or(change::before).orElseThrow().row().key();
        return new RouteEvent(
                Ids.event(header.rib(), key, header.id()),
                header.rib(),
                key,
                header.id(),
                sourceTime
                        .flatMap(time -> estimate(bounds, time))
                        .map(bounds::withEstimate)
                        .orElse(bounds),
                header.scraper(),
                sourceTime.map(time -> miss(change, bounds, time)).orElse(0L),
                change);
    }

    /**
     * The middle of what the source says, as far as it lies inside the bounds. A time before them is no estimate: it
     * tells of an earlier change, since not every change renews it.
     */
    private static Optional<Instant> estimate(Bounds bounds, SourceTime time) {
        var earliest = bounds.after()
                .map(after -> after.plus(1, ChronoUnit.MICROS))
                .filter(time.earliest()::isBefore)
                .orElse(time.earliest());
        var latest = time.latest().isAfter(bounds.atOrBefore()) ? bounds.atOrBefore() : time.latest();
        return latest.isBefore(earliest)
                ? Optional.empty()
                : Optional.of(earliest.plus(Duration.between(earliest, latest).dividedBy(2))
                                .truncatedTo(ChronoUnit.MICROS))
                        .map(middle -> middle.isBefore(earliest) ? earliest : middle);
    }

    /** By how many microseconds the source's time contradicts the bounds: then one of the clocks is off. */
    private static long miss(Change change, Bounds bounds, SourceTime time) {
        if (time.earliest().isAfter(bounds.atOrBefore())) {
            return ChronoUnit.MICROS.between(bounds.atOrBefore(), time.earliest());
        }
        // What has just appeared cannot have changed last while it was still proven absent.
        return change instanceof Change.Appeared
                ? bounds.after()
                        .filter(after -> !time.latest().isAfter(after))
                        .map(after -> ChronoUnit.MICROS.between(after, time.latest()))
                        .orElse(0L)
                : 0;
    }
}
