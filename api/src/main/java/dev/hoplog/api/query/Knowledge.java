package dev.hoplog.api.query;

import dev.hoplog.api.db.Times;
import dev.hoplog.log.LogEntry.BlindMark;
import dev.hoplog.model.TimeSpan;
import dev.hoplog.model.TimeSpans;
import dev.hoplog.wire.LogCodec;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What was observed of some tables, and why not where it was not. Kept by partition of the log, since each is projected at
 * its own pace: what is known of several prefixes is what is known in the partitions of all of them.
 */
final class Knowledge {
    private static final String COVERAGE = """
            SELECT rib_id, log_partition, covered_from, covered_to FROM coverage
            WHERE rib_id = ANY (?) AND log_partition = ANY (?)
            """;
    private static final String BLIND = """
            SELECT DISTINCT ON (rib_id, first_failed_at)
                rib_id, first_failed_at, last_failed_at, failures, reason, detail, command
            FROM blind WHERE rib_id = ANY (?) AND log_partition = ANY (?)
            ORDER BY rib_id, first_failed_at, failures
            """;

    private record Place(int ribId, int partition) {}

    private final Map<Place, TimeSpans> covered;
    private final Map<Integer, List<BlindMark>> blind;

    private Knowledge(Map<Place, TimeSpans> covered, Map<Integer, List<BlindMark>> blind) {
        this.covered = covered;
        this.blind = blind;
    }

    static Knowledge of(ReadTransaction transaction, Collection<KnownTable> tables, Set<Integer> partitions)
            throws SQLException {
        return new Knowledge(coverage(transaction, tables, partitions), blindMarks(transaction, tables, partitions));
    }

    /** When a table was observed whole and everything in all these partitions is projected. */
    TimeSpans covered(KnownTable table, Collection<Integer> partitions) {
        return partitions.stream()
                .map(partition -> covered.getOrDefault(new Place(table.id(), partition), TimeSpans.none()))
                .reduce(TimeSpans::intersect)
                .orElse(TimeSpans.none());
    }

    /** Failed scrapes, in the order of time. */
    List<BlindMark> blind(KnownTable table) {
        return blind.getOrDefault(table.id(), List.of());
    }

    /** The last instant of which anything is known of any of the tables, if only that a scrape failed; empty: none. */
    Optional<Instant> end() {
        return Stream.concat(
                        covered.values().stream().flatMap(spans -> end(spans).stream()),
                        blind.values().stream().flatMap(marks -> marks.stream().map(BlindMark::lastFailedAt)))
                .max(Comparator.naturalOrder());
    }

    /** The last covered instant; empty: none. */
    static Optional<Instant> end(TimeSpans covered) {
        return covered.isEmpty()
                ? Optional.empty()
                : Optional.of(covered.spans().getLast().to().minus(1, ChronoUnit.MICROS));
    }

    /** The least of the ends; empty if one of them is. */
    static Optional<Instant> least(Collection<Optional<Instant>> ends) {
        return ends.stream().anyMatch(Optional::isEmpty)
                ? Optional.empty()
                : ends.stream().flatMap(Optional::stream).min(Comparator.naturalOrder());
    }

    private static Map<Place, TimeSpans> coverage(
            ReadTransaction transaction, Collection<KnownTable> tables, Set<Integer> partitions) throws SQLException {
        var spans = new HashMap<Place, List<TimeSpan>>();
        try (var statement = transaction.connection().prepareStatement(COVERAGE)) {
            statement.setArray(1, Parameters.ids(statement, tables));
            statement.setArray(2, Parameters.ints(statement, partitions));
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    spans.computeIfAbsent(
                                    new Place(row.getInt("rib_id"), row.getInt("log_partition")),
                                    place -> new ArrayList<>())
                            .add(TimeSpan.closed(Times.instant(row, "covered_from"), Times.instant(row, "covered_to")));
                }
            }
        }
        var covered = new HashMap<Place, TimeSpans>();
        spans.forEach((place, list) -> covered.put(place, TimeSpans.of(list)));
        return covered;
    }

    private static Map<Integer, List<BlindMark>> blindMarks(
            ReadTransaction transaction, Collection<KnownTable> tables, Set<Integer> partitions) throws SQLException {
        var marks = new HashMap<Integer, List<BlindMark>>();
        try (var statement = transaction.connection().prepareStatement(BLIND)) {
            statement.setArray(1, Parameters.ids(statement, tables));
            statement.setArray(2, Parameters.ints(statement, partitions));
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    int id = row.getInt("rib_id");
                    marks.computeIfAbsent(id, key -> new ArrayList<>())
                            .add(new BlindMark(
                                    KnownTable.rib(tables, id),
                                    Times.instant(row, "first_failed_at"),
                                    Times.instant(row, "last_failed_at"),
                                    row.getInt("failures"),
                                    LogCodec.REASONS.decode(row.getInt("reason")),
                                    row.getString("detail"),
                                    row.getString("command"),
                                    0));
                }
            }
        }
        return marks;
    }
}
