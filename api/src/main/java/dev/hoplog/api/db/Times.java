package dev.hoplog.api.db;

import dev.hoplog.model.Bounds;
import dev.hoplog.model.ScraperClock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Times as {@code timestamptz}: microseconds; {@code -infinity} is a bound that is open to the past. */
public final class Times {
    public static final String OPEN = "-infinity";
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    private Times() {}

    /**
     * The literal of an instant.
     *
     * @throws IllegalArgumentException if it is finer than a microsecond, or not in the years 1 to 9999
     */
    public static String text(Instant instant) {
        if (!instant.equals(instant.truncatedTo(ChronoUnit.MICROS))) {
            throw new IllegalArgumentException("a time finer than a microsecond: " + instant);
        }
        if (instant.isBefore(EARLIEST) || !instant.isBefore(END)) {
            throw new IllegalArgumentException("a time outside the years 1 to 9999: " + instant);
        }
        return instant.toString();
    }

    /** The literal of the exclusive start of bounds. */
    public static String after(Bounds bounds) {
        return bounds.after().map(Times::text).orElse(OPEN);
    }

    /** The literal of an estimate in whole microseconds: one that rounds out of its bounds is none. */
    public static Optional<String> estimate(Bounds bounds) {
        return bounds.bestEstimate()
                .map(estimate -> estimate.truncatedTo(ChronoUnit.MICROS))
                .filter(bounds::contains)
                .map(Times::text);
    }

    public static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    public static Optional<Instant> optionalInstant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    /** Bounds from columns {@code after}, {@code at_or_before} and {@code best_estimate}. */
    public static Bounds bounds(ResultSet row) throws SQLException {
        return new Bounds(open(row, "after"), instant(row, "at_or_before"), optionalInstant(row, "best_estimate"));
    }

    /** Whose clock times are on, from columns {@code scraper} and {@code clock_error_us}. */
    public static ScraperClock readBy(ResultSet row) throws SQLException {
        return new ScraperClock(
                row.getString("scraper"), Duration.of(row.getLong("clock_error_us"), ChronoUnit.MICROS));
    }

    /** An exclusive start; empty if it is open. */
    public static Optional<Instant> open(ResultSet row, String column) throws SQLException {
        return Optional.of(row.getObject(column, OffsetDateTime.class))
                .filter(time -> !time.equals(OffsetDateTime.MIN))
                .map(OffsetDateTime::toInstant);
    }
}
