package dev.hoplog.api.projector;

import dev.hoplog.api.db.Columns;
import dev.hoplog.api.db.Times;
import dev.hoplog.log.LogEntry.CoverageMark;
import dev.hoplog.model.TimeSpan;
import dev.hoplog.model.TimeSpans;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What was observed whole: table {@code coverage}. Marks that overlap or touch what is there become one stretch with it,
 * so a table that was never blind has one row, whether the log still has all its marks or was compacted to one an hour.
 */
final class CoverageRows implements Rows {
    private static final String TOUCHED = """
            SELECT DISTINCT coverage.rib_id, coverage.covered_from, coverage.covered_to, coverage.last_offset
            FROM unnest(?::int4[], ?::int4[], ?::timestamptz[], ?::timestamptz[], ?::int8[])
                AS mark (rib_id, log_partition, covered_from, covered_to, last_offset)
            JOIN coverage ON coverage.rib_id = mark.rib_id AND coverage.log_partition = mark.log_partition
                AND coverage.covered_from <= mark.covered_to + interval '1 microsecond'
                AND coverage.covered_to >= mark.covered_from - interval '1 microsecond'
            """;
    private static final String ABSORBED = """
            DELETE FROM coverage USING unnest(?::int4[], ?::int4[], ?::timestamptz[])
                AS absorbed (rib_id, log_partition, covered_from)
            WHERE coverage.rib_id = absorbed.rib_id AND coverage.log_partition = absorbed.log_partition
                AND coverage.covered_from = absorbed.covered_from
            """;
    private static final String[] TYPES = {"int4", "int4", "timestamptz", "timestamptz", "int8"};
    /** The everyday case is the last stretch that grows: an update in place, without work for the index. */
    private static final String UPSERT = "INSERT INTO coverage (rib_id, log_partition, covered_from, covered_to,"
            + " last_offset) SELECT * FROM " + Columns.unnest(TYPES)
            + " ON CONFLICT (rib_id, log_partition, covered_from) DO UPDATE"
            + " SET covered_to = excluded.covered_to, last_offset = excluded.last_offset";

    /** A stretch, and the offset of the last mark in it. */
    private record Marked(TimeSpan span, long offset) {}

    @Override
    public void write(Connection connection, Batch batch, Surrogates surrogates) throws SQLException {
        var marks = new TreeMap<Integer, List<Marked>>();
        for (var logged : batch.of(CoverageMark.class)) {
            var mark = logged.entry();
            if (mark.coveredTo().isBefore(mark.coveredFrom())) {
                throw new LogContradiction(batch.partition(), logged.offset(), "coverage that ends before it begins");
            }
            marks.computeIfAbsent(surrogates.rib(mark.rib()), rib -> new ArrayList<>())
                    .add(new Marked(TimeSpan.closed(mark.coveredFrom(), mark.coveredTo()), logged.offset()));
        }
        if (marks.isEmpty()) {
            return;
        }
        marks.replaceAll((rib, spans) -> merged(spans));
        var touched = touched(connection, batch.partition(), marks);
        touched.forEach((rib, spans) -> marks.merge(rib, spans, CoverageRows::merged));
        absorb(connection, batch.partition(), touched, marks);
        rows(batch.partition(), marks).update(connection, UPSERT);
    }

    private static List<Marked> merged(List<Marked> some, List<Marked> others) {
        return merged(Stream.concat(some.stream(), others.stream()).toList());
    }

    /** Stretches that overlap or touch become one. */
    private static List<Marked> merged(List<Marked> marks) {
        return TimeSpans.of(marks.stream().map(Marked::span).toList()).spans().stream()
                .map(span -> new Marked(
                        span,
                        marks.stream()
                                .filter(mark -> span.contains(mark.span.from()))
                                .mapToLong(Marked::offset)
                                .max()
                                .orElseThrow()))
                .toList();
    }

    private static Map<Integer, List<Marked>> touched(
            Connection connection, int partition, Map<Integer, List<Marked>> marks) throws SQLException {
        var touched = new HashMap<Integer, List<Marked>>();
        try (var statement = connection.prepareStatement(TOUCHED)) {
            rows(partition, marks).bind(statement);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    var span = TimeSpan.closed(Times.instant(row, "covered_from"), Times.instant(row, "covered_to"));
                    touched.computeIfAbsent(row.getInt("rib_id"), rib -> new ArrayList<>())
                            .add(new Marked(span, row.getLong("last_offset")));
                }
            }
        }
        return touched;
    }

    /** Removes the stretches that begin inside a merged one. */
    private static void absorb(
            Connection connection,
            int partition,
            Map<Integer, List<Marked>> touched,
            Map<Integer, List<Marked>> covered)
            throws SQLException {
        var absorbed = new Columns("int4", "int4", "timestamptz");
        touched.forEach((rib, spans) -> {
            var merged = covered.getOrDefault(rib, List.of()).stream()
                    .map(stretch -> stretch.span.from())
                    .toList();
            spans.stream()
                    .filter(stretch -> !merged.contains(stretch.span.from()))
                    .forEach(stretch -> absorbed.row(rib, partition, Times.text(stretch.span.from())));
        });
        absorbed.update(connection, ABSORBED);
    }

    private static Columns rows(int partition, Map<Integer, List<Marked>> covered) {
        var rows = new Columns(TYPES);
        covered.forEach((rib, spans) -> spans.forEach(stretch -> rows.row(
                rib, partition, Times.text(stretch.span.from()), Times.text(last(stretch.span)), stretch.offset)));
        return rows;
    }

    /** A stretch is closed in the log and in the table. */
    private static Instant last(TimeSpan span) {
        return span.to().minus(1, ChronoUnit.MICROS);
    }
}
