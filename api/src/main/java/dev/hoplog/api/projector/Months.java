package dev.hoplog.api.projector;

import dev.hoplog.api.db.Columns;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The partitions of {@code route_event}, one per month (UTC), made when a batch first needs them.
 *
 * <p>Each is made as a table of its own and then attached, which locks out neither readers nor other projectors, and in
 * a transaction of its own, before the batch's: so nobody waits for it with locks in hand.
 */
final class Months {
    private static final long ONE_AT_A_TIME = 0x686f706c6f67L;

    private Months() {}

    /** The months of a batch that have no partition yet. */
    static List<YearMonth> missing(Connection connection, Batch batch) throws SQLException {
        var months = new TreeSet<YearMonth>();
        for (var logged : batch.routes()) {
            months.add(YearMonth.from(logged.entry().bounds().atOrBefore().atOffset(ZoneOffset.UTC)));
        }
        return months.isEmpty() ? List.of() : missing(connection, List.copyOf(months));
    }

    /** Makes those that are still missing, and commits. */
    static void make(Connection connection, List<YearMonth> months) throws SQLException {
        try (var lock = connection.prepareStatement("SELECT pg_advisory_xact_lock(?)")) {
            lock.setLong(1, ONE_AT_A_TIME);
            lock.execute();
        }
        for (var month : missing(connection, months)) {
            make(connection, month);
        }
        connection.commit();
    }

    private static List<YearMonth> missing(Connection connection, List<YearMonth> months) throws SQLException {
        var names = new Columns("text");
        months.forEach(month -> names.row(name(month)));
        // Not to_regclass: it may remember, from before the wait for the lock, that there is no such table.
        var sql = "SELECT position FROM unnest(?::text[]) WITH ORDINALITY AS wanted (name, position)"
                + " WHERE NOT EXISTS (SELECT FROM pg_class WHERE relname = wanted.name"
                + " AND relnamespace = current_schema()::regnamespace)";
        var missing = new ArrayList<YearMonth>();
        try (var statement = connection.prepareStatement(sql)) {
            names.bind(statement);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    missing.add(months.get(row.getInt(1) - 1));
                }
            }
        }
        return missing;
    }

    /** Names and dates come from a {@link YearMonth}: digits only. */
    private static void make(Connection connection, YearMonth month) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE " + name(month)
                    + " (LIKE route_event INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING COMMENTS)");
            statement.execute(
                    "ALTER TABLE route_event ATTACH PARTITION " + name(month) + " FOR VALUES FROM ('" + month.atDay(1)
                            + " 00:00:00+00') TO ('" + month.plusMonths(1).atDay(1) + " 00:00:00+00')");
        }
    }

    private static String name(YearMonth month) {
        return String.format("route_event_%04d_%02d", month.getYear(), month.getMonthValue());
    }
}
