package dev.hoplog.api.verify;

import dev.hoplog.api.projector.GapProjection;
import dev.hoplog.api.projector.PositionLost;
import dev.hoplog.api.projector.Projection;
import dev.hoplog.api.projector.RejectedProjection;
import dev.hoplog.api.verify.LogicalRows.TableHash;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Writes the projection once more from the log, beside the live one, and compares their logical rows.
 *
 * <pre>
 *   live schema    positions + hash, in one transaction  ─────────────────────────┐
 *   log            from the beginning up to those positions  ─▶  spare schema  ─▶ hash  ─▶  equal?
 * </pre>
 *
 * The live projection goes on meanwhile: it is only read. {@link #swap} then may put the spare schema in its place. A
 * live projector copes: its transaction in hand ends in the old schema before the swap (both begin by touching table
 * {@code projection}, which the swap locks), and its next one finds another position, lets go and reads the position
 * anew. A query likewise sees one schema or the other. Nobody remembers surrogate ids from one transaction to the next.
 */
public final class Rebuild {
    /** What the refused input decides: also which tables are known by nothing else. */
    private static final Set<String> OF_REJECTED = Set.of("rejected_position", "rejected", "rib");

    private final Function<String, DataSource> schemas;
    private final Log log;

    /**
     * A rebuild of a projection from a log.
     *
     * @param schemas a data source whose connections stand in the schema of that name
     */
    public Rebuild(Function<String, DataSource> schemas, Log log) {
        this.schemas = schemas;
        this.log = log;
    }

    /**
     * One table of both.
     *
     * @param live before the rebuild, at the positions that it went up to
     */
    public record Comparison(String table, TableHash live, TableHash rebuilt) {
        public boolean isEqual() {
            return live.equals(rebuilt);
        }
    }

    /**
     * How the two compare.
     *
     * @param positions up to which both were compared, by partition
     * @param tables without those of refused input if the topic of it no longer has all that was counted: it is kept for
     *     a limited time, and is not the log
     */
    public record Report(SortedMap<Integer, Long> positions, List<Comparison> tables) {
        public boolean isEqual() {
            return tables.stream().allMatch(Comparison::isEqual);
        }
    }

    /**
     * Builds and compares. The spare schema is made anew, and stays.
     *
     * @throws IllegalArgumentException if both names are one
     * @throws IllegalStateException if the log does not reach as far as the live projection: it is another log
     */
    public Report run(String live, String spare) throws SQLException {
        if (live.equals(spare)) {
            throw new IllegalArgumentException("a rebuild needs a schema of its own, not " + live);
        }
        var positions = new TreeMap<Integer, Long>();
        var gaps = new TreeMap<Integer, Long>();
        var rejected = new TreeMap<Integer, Counted>();
        var before = new LinkedHashMap<String, TableHash>();
        try (var connection = schemas.apply(live).getConnection()) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            readPositions(connection, "projection_position", positions);
            readPositions(connection, "gap_position", gaps);
            readCounted(connection, rejected);
            before.putAll(LogicalRows.hash(connection));
            connection.rollback();
        }
        make(spare);
        project(spare, positions);
        projectGaps(spare, gaps);
        boolean hasAllRejected = count(spare, rejected);
        var after = LogicalRows.hash(schemas.apply(spare));
        if (!hasAllRejected) {
            before.keySet().removeAll(OF_REJECTED);
        }
        var tables = new ArrayList<Comparison>();
        before.forEach(
                (table, hash) -> tables.add(new Comparison(table, hash, Objects.requireNonNull(after.get(table)))));
        return new Report(positions, tables);
    }

    private static void readPositions(Connection connection, String table, Map<Integer, Long> positions)
            throws SQLException {
        try (var statement = connection.prepareStatement("SELECT log_partition, next_offset FROM " + table);
                var row = statement.executeQuery()) {
            while (row.next()) {
                positions.put(row.getInt(1), row.getLong(2));
            }
        }
    }

    /** How much of a partition of the refused input is counted. */
    private record Counted(long firstOffset, long nextOffset) {}

    private static void readCounted(Connection connection, Map<Integer, Counted> counted) throws SQLException {
        try (var statement = connection.prepareStatement(
                        "SELECT log_partition, first_offset, next_offset FROM rejected_position");
                var row = statement.executeQuery()) {
            while (row.next()) {
                counted.put(row.getInt(1), new Counted(row.getLong(2), row.getLong(3)));
            }
        }
    }

    private void make(String schema) throws SQLException {
        try (var connection = schemas.apply(schema).getConnection();
                var statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS " + quoted(statement, schema) + " CASCADE");
        }
        Flyway.configure()
                .dataSource(schemas.apply(schema))
                .schemas(schema)
                .defaultSchema(schema)
                .load()
                .migrate();
    }

    private void project(String schema, Map<Integer, Long> positions) throws SQLException {
        if (positions.isEmpty()) {
            return;
        }
        var projection = new Projection(schemas.apply(schema));
        projection.begin(log.partitions());
        for (var position : positions.entrySet()) {
            int partition = position.getKey();
            long to = position.getValue();
            check(partition, to, log.end(partition));
            projection.position(partition, Math.min(to, log.beginning(partition)));
            try {
                log.read(partition, to, projection::write);
            } catch (PositionLost e) {
                throw new IllegalStateException("somebody else writes to schema " + schema, e);
            }
        }
    }

    private static void check(int partition, long to, long end) {
        if (to > end) {
            throw new IllegalStateException("the projection stands at offset " + to + " of partition " + partition
                    + ", and the log ends at " + end
                    + ": this is not the log that it was made from; check hoplog.kafka.bootstrap-servers");
        }
    }

    private void projectGaps(String schema, Map<Integer, Long> positions) throws SQLException {
        var projection = new GapProjection(schemas.apply(schema));
        for (var position : positions.entrySet()) {
            int partition = position.getKey();
            long to = position.getValue();
            check(partition, to, log.gaps().end(partition));
            projection.position(partition, Math.min(to, log.gaps().beginning(partition)));
            try {
                log.gaps().read(partition, to, projection::write);
            } catch (PositionLost e) {
                throw new IllegalStateException("somebody else writes to schema " + schema, e);
            }
        }
    }

    /** Counts what was refused once more; returns whether the topic still has all that was counted before. */
    private boolean count(String schema, Map<Integer, Counted> counted) throws SQLException {
        var projection = new RejectedProjection(schemas.apply(schema));
        boolean hasAll = true;
        for (var entry : counted.entrySet()) {
            int partition = entry.getKey();
            long to = Math.min(entry.getValue().nextOffset(), log.rejected().end(partition));
            long beginning = log.rejected().beginning(partition);
            hasAll &= beginning <= entry.getValue().firstOffset()
                    && to == entry.getValue().nextOffset();
            projection.position(partition, Math.min(to, beginning));
            try {
                log.rejected().read(partition, to, projection::write);
            } catch (PositionLost e) {
                throw new IllegalStateException("somebody else writes to schema " + schema, e);
            }
        }
        return hasAll;
    }

    /**
     * Puts the rebuilt schema in the place of the live one, which is dropped. Waits for what is being read or written.
     */
    public void swap(String live, String spare) throws SQLException {
        try (var connection = schemas.apply(live).getConnection()) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                var old = quoted(statement, live);
                var rebuilt = quoted(statement, spare);
                var retired = quoted(statement, live + "_retired");
                statement.execute("LOCK TABLE " + old + ".projection, " + rebuilt + ".projection");
                statement.execute("ALTER SCHEMA " + old + " RENAME TO " + retired);
                boolean isExposed = isExposed(connection, live + "_retired");
                statement.execute("ALTER SCHEMA " + rebuilt + " RENAME TO " + old);
                if (isExposed) {
                    statement.execute("SET LOCAL search_path TO " + old);
                    statement.execute("SELECT expose_to_grafana()");
                }
                connection.commit();
                statement.execute("DROP SCHEMA " + retired + " CASCADE");
                connection.commit();
            }
        }
    }

    /** Whether the views of schema grafana show this one: they would go with it. */
    private static boolean isExposed(Connection connection, String schema) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT EXISTS (SELECT FROM pg_depend d"
                + " JOIN pg_rewrite w ON d.classid = 'pg_rewrite'::regclass AND w.oid = d.objid"
                + " JOIN pg_class shown ON shown.oid = w.ev_class"
                + " JOIN pg_namespace n ON n.oid = shown.relnamespace AND n.nspname = 'grafana'"
                + " JOIN pg_class source ON d.refclassid = 'pg_class'::regclass AND source.oid = d.refobjid"
                + " JOIN pg_namespace o ON o.oid = source.relnamespace AND o.nspname = ?)")) {
            statement.setString(1, schema);
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private static String quoted(Statement statement, String schema) throws SQLException {
        return statement.enquoteIdentifier(schema, true);
    }
}
