package dev.hoplog.api.query;

import dev.hoplog.api.history.BlindSpells;
import dev.hoplog.api.history.BlindSpells.BlindSpell;
import dev.hoplog.api.history.Window;
import dev.hoplog.api.query.DaemonStatus.Place;
import dev.hoplog.log.LogEntry.BlindMark;
import dev.hoplog.model.RibId;
import dev.hoplog.model.TimeSpan;
import dev.hoplog.model.TimeSpans;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import javax.sql.DataSource;

/** Every hop and its tables: who its daemon is, how fresh, how covered, what failed last, what of it was refused. */
public final class HopStatus {
    private final DataSource dataSource;

    public HopStatus(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * What is known of all of them.
     *
     * @param tables ordered by key
     * @param daemons of every hop that has one of the tables
     * @param rejectedOfNoTable refused input that names no table
     * @param rejectedPositions by partition of {@code hoplog.rejected.v1}: the first offset that is not counted
     * @param gapPositions by partition of {@code hoplog.gap-event.v1}: the first offset that is not final here yet
     */
    public record Answer(
            List<TableStatus> tables,
            Map<Place, DaemonStatus> daemons,
            Completeness completeness,
            Optional<Rejected> rejectedOfNoTable,
            SortedMap<Integer, Long> rejectedPositions,
            SortedMap<Integer, Long> gapPositions) {}

    /**
     * What is known of one table.
     *
     * @param covered in every partition of the log
     * @param reading the last good snapshot
     * @param lastFailure the blind spell of the last failed scrape
     * @param blindNow whether that came after the last good snapshot
     * @param rejected input for it that was refused; empty: none
     */
    public record TableStatus(
            RibId rib,
            TimeSpans covered,
            Optional<Reading> reading,
            Duration blind,
            Optional<BlindSpell> lastFailure,
            boolean blindNow,
            Optional<Rejected> rejected) {}

    /** What the last good snapshot said of itself. */
    public record Reading(long rowCount, String command, long unknownItems, String daemonVersion) {}

    /**
     * Asks for all tables that a network and target name.
     *
     * @param network empty: all of them
     */
    public Answer ask(String network, String target, Duration limit) throws SQLException {
        try (var transaction = ReadTransaction.begin(dataSource, limit)) {
            var tables = Tables.findAll(transaction, network, target);
            var partitions = transaction.allPartitions();
            var knowledge = Knowledge.of(transaction, tables, partitions);
            var readings = readings(transaction, tables);
            var rejected = Rejected.read(transaction);
            var statuses = new ArrayList<TableStatus>();
            for (var table : tables) {
                var covered = knowledge.covered(table, partitions);
                statuses.add(status(
                        table.rib(),
                        covered,
                        Optional.ofNullable(readings.get(table.id())),
                        knowledge.blind(table),
                        Optional.ofNullable(rejected.byTable().get(table.id()))));
            }
            var upTo = Knowledge.least(statuses.stream()
                    .map(status -> Knowledge.end(status.covered()))
                    .toList());
            return new Answer(
                    statuses,
                    DaemonStatus.of(transaction, tables),
                    new Completeness(upTo, transaction.positions(partitions)),
                    rejected.ofNoTable(),
                    rejected.positions(),
                    FinalGaps.positions(transaction, transaction.allPartitions()));
        }
    }

    private static TableStatus status(
            RibId rib,
            TimeSpans covered,
            Optional<Reading> reading,
            List<BlindMark> marks,
            Optional<Rejected> rejected) {
        var end = Knowledge.end(covered);
        var last = marks.stream().max(Comparator.comparing(BlindMark::lastFailedAt));
        var spells = BlindSpells.in(Window.open(), covered, marks, Optional.empty());
        boolean blindNow = last.filter(
                        mark -> end.map(mark.lastFailedAt()::isAfter).orElse(true))
                .isPresent();
        return new TableStatus(
                rib,
                covered,
                reading,
                blindWithin(covered),
                spells.stream().filter(spell -> spell.last().isPresent()).reduce((earlier, later) -> later),
                blindNow,
                rejected);
    }

    /** Between the first and the last observed instant. */
    private static Duration blindWithin(TimeSpans covered) {
        if (covered.isEmpty()) {
            return Duration.ZERO;
        }
        var hull = new TimeSpan(
                covered.spans().getFirst().from(), covered.spans().getLast().to());
        return TimeSpans.of(hull).minus(covered).spans().stream()
                .map(span -> Duration.between(span.from(), span.to()))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** The first and the last instant that was observed. */
    public static Optional<TimeSpan> observed(TimeSpans covered) {
        return covered.isEmpty()
                ? Optional.empty()
                : Optional.of(new TimeSpan(
                        covered.spans().getFirst().from(),
                        covered.spans().getLast().to()));
    }

    private static Map<Integer, Reading> readings(ReadTransaction transaction, List<KnownTable> tables)
            throws SQLException {
        var readings = new HashMap<Integer, Reading>();
        try (var statement =
                transaction.connection().prepareStatement("SELECT * FROM reading WHERE rib_id = ANY (?)")) {
            statement.setArray(1, Parameters.ids(statement, tables));
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    readings.put(
                            row.getInt("rib_id"),
                            new Reading(
                                    row.getLong("row_count"),
                                    row.getString("command"),
                                    row.getLong("unknown_items"),
                                    row.getString("daemon_version")));
                }
            }
        }
        return readings;
    }
}
