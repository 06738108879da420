package dev.hoplog.ingest.parse.bird;

import dev.hoplog.model.ChangeStamp;
import dev.hoplog.model.SourceTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * What a BIRD daemon's local time means. BIRD prints times without a zone; its own "current server time", read between two
 * known instants, gives the zone (to a quarter of an hour) and how far its clock is from the scraper's.
 *
 * <p>A clock that is wrong by more than seven and a half minutes cannot be told from another zone. The zone is that of the
 * moment: a time printed from before a change to or from daylight saving time comes out an hour off.
 *
 * @param now the daemon's own time when it was asked
 * @param zone empty where the daemon prints seconds since 1970, which have none
 * @param ahead how far the daemon's clock is before the scraper's; negative if behind
 * @param error how well {@code ahead} is known, to either side
 */
public record BirdClock(Instant now, Optional<ZoneOffset> zone, Duration ahead, Duration error) {
    private static final long QUARTER_SECONDS = 15 * 60;
    private static final long LARGEST_ZONE_SECONDS = 14 * 60 * 60;

    /** A time of day this far after "now" is one from just after the status was read, and not yesterday's. */
    private static final Duration SLACK = Duration.ofMinutes(15);

    /**
     * When something happened.
     *
     * @param stamp on the daemon's own clock
     * @param time on the scraper's clock
     */
    public record Moment(ChangeStamp stamp, SourceTime time) {}

    /**
     * Empty where the status has no time with a date, or one that no zone explains: then no time of this daemon means
     * anything.
     *
     * @param from when the status was asked for, on the scraper's clock
     * @param to when it had been read
     */
    public static Optional<BirdClock> of(BirdStatus status, Instant from, Instant to) {
        return status.serverTime().flatMap(BirdTime::parse).flatMap(printed -> of(printed, from, to));
    }

    private static Optional<BirdClock> of(BirdTime printed, Instant from, Instant to) {
        var half = Duration.between(from, to).dividedBy(2).plus(printed.width().dividedBy(2));
        var asked = from.plus(Duration.between(from, to).dividedBy(2));
        return switch (printed) {
            case BirdTime.OfDay ofDay -> Optional.empty();
            case BirdTime.SinceEpoch(Instant instant, Duration width) -> {
                var now = instant.plus(width.dividedBy(2));
                yield Optional.of(new BirdClock(now, Optional.empty(), Duration.between(asked, now), half));
            }
            case BirdTime.OfDate ofDate -> {
                var local =
                        ofDate.date().atTime(ofDate.time()).plus(ofDate.width().dividedBy(2));
                long zone = quarters(Duration.between(asked, local.toInstant(ZoneOffset.UTC)));
                if (Math.abs(zone) > LARGEST_ZONE_SECONDS) {
                    yield Optional.empty();
                }
                var offset = ZoneOffset.ofTotalSeconds((int) zone);
                var now = local.toInstant(offset);
                yield Optional.of(new BirdClock(now, Optional.of(offset), Duration.between(asked, now), half));
            }
        };
    }

    private static long quarters(Duration difference) {
        return Math.floorDiv(difference.toSeconds() + QUARTER_SECONDS / 2, QUARTER_SECONDS) * QUARTER_SECONDS;
    }

    /** Empty for a time in a format of the operator's own, or without a zone. */
    public Optional<Moment> resolve(String printed) {
        return BirdTime.parse(printed).flatMap(time -> switch (time) {
            case BirdTime.SinceEpoch(Instant instant, Duration width) -> Optional.of(moment(instant, width));
            case BirdTime.OfDate(var date, var timeOfDay, var width) ->
                zone.map(offset -> moment(date.atTime(timeOfDay).toInstant(offset), width));
            case BirdTime.OfDay ofDay -> zone.map(offset -> moment(onItsDay(ofDay, offset), ofDay.width()));
        });
    }

    /** The one day on which it lies within the 24 hours up to a little after now. */
    private Instant onItsDay(BirdTime.OfDay ofDay, ZoneOffset offset) {
        var latest = now.plus(SLACK);
        var day = LocalDateTime.ofInstant(latest, offset).toLocalDate();
        var today = day.atTime(ofDay.time()).toInstant(offset);
        return today.isAfter(latest) ? today.minus(Duration.ofDays(1)) : today;
    }

    private Moment moment(Instant earliest, Duration width) {
        var latest = earliest.plus(width);
        var onDaemonsClock = new SourceTime(earliest, latest);
        var onScrapersClock = new SourceTime(
                earliest.minus(ahead).minus(error), latest.minus(ahead).plus(error));
        return new Moment(ChangeStamp.time(onDaemonsClock), onScrapersClock);
    }
}
