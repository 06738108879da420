package dev.hoplog.api.projector;

import dev.hoplog.api.db.Columns;
import dev.hoplog.api.db.Times;
import dev.hoplog.history.Readers;
import dev.hoplog.log.LogEntry.CoverageMark;
import dev.hoplog.model.ScraperClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** On whose clock each RIB was read, and from when on: table {@code table_reader}. Grows only when another goes on. */
final class TableReaderRows implements Rows {
    /** The last one of each, and up to when it was covered. */
    private static final String LAST = """
            SELECT DISTINCT ON (t.rib_id) t.rib_id, t.since, t.scraper, t.clock_error_us, reading.captured_to
            FROM table_reader t JOIN reading USING (rib_id)
            WHERE t.rib_id = ANY (?) ORDER BY t.rib_id, t.since DESC
            """;

    private static final String[] TYPES = {"int4", "timestamptz", "text", "int8"};
    private static final String INSERT = "INSERT INTO table_reader (rib_id, since, scraper, clock_error_us)"
            + " SELECT * FROM " + Columns.unnest(TYPES) + " ON CONFLICT DO NOTHING";

    private record Known(Readers readers, Optional<Instant> coveredTo) {
        static final Known NOTHING = new Known(Readers.none(), Optional.empty());

        Known with(CoverageMark mark) {
            return new Known(
                    readers.with(stored(mark.readBy()), mark.coveredFrom(), mark.capturedFrom(), coveredTo),
                    coveredTo.filter(mark.coveredTo()::isBefore).or(() -> Optional.of(mark.coveredTo())));
        }
    }

    @Override
    public void write(Connection connection, Batch batch, Surrogates surrogates) throws SQLException {
        var marks = batch.multicast(CoverageMark.class);
        var known = new TreeMap<Integer, Known>();
        for (var logged : marks) {
            known.put(surrogates.rib(logged.entry().rib()), Known.NOTHING);
        }
        if (known.isEmpty()) {
            return;
        }
        known.putAll(last(connection, known.keySet()));
        var rows = new Columns(TYPES);
        for (var logged : marks) {
            int rib = surrogates.rib(logged.entry().rib());
            var before = known.getOrDefault(rib, Known.NOTHING);
            var after = before.with(logged.entry());
            known.put(rib, after);
            if (!after.readers.equals(before.readers)) {
                var last = after.readers.all().getLast();
                rows.row(rib, Times.text(last.from()), last.clock().name(), micros(last.clock()));
            }
        }
        rows.update(connection, INSERT);
    }

    private static Map<Integer, Known> last(Connection connection, Collection<Integer> ribs) throws SQLException {
        var last = new HashMap<Integer, Known>();
        try (var statement = connection.prepareStatement(LAST)) {
            statement.setArray(1, connection.createArrayOf("int4", ribs.toArray()));
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    var since = new Readers.Since(Times.instant(row, "since"), Times.readBy(row));
                    last.put(
                            row.getInt("rib_id"),
                            new Known(new Readers(List.of(since)), Optional.of(Times.instant(row, "captured_to"))));
                }
            }
        }
        return last;
    }

    /** As it is read back, so that it compares with what is there. */
    private static ScraperClock stored(ScraperClock clock) {
        return new ScraperClock(BlindRows.printable(clock.name()), Duration.of(micros(clock), ChronoUnit.MICROS));
    }

    private static long micros(ScraperClock clock) {
        return Math.ceilDiv(clock.error().toNanos(), 1_000);
    }
}
