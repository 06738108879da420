package dev.hoplog.api.query;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.hoplog.api.db.Columns;
import dev.hoplog.api.db.Ids;
import dev.hoplog.api.db.Kinds;
import dev.hoplog.api.db.Times;
import dev.hoplog.api.history.Window;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.log.LogEntry.SourceRestart;
import dev.hoplog.model.Change;
import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.IpVersion;
import dev.hoplog.model.Observed;
import dev.hoplog.model.RibId;
import dev.hoplog.model.RowKey;
import dev.hoplog.wire.RowCodec;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** What happened to neighbours and daemons. */
final class SessionEvents {
    /** A daemon's own row changes seldom, unless something makes it flap: then these are the last of its changes. */
    private static final int MOST_OF_A_DAEMON = 1_000;

    private static final String COLUMNS = "e.*, coalesce(e.clock_suspect_us, 0) AS suspect,"
            + " s.snapshot_id AS snapshot, s.scraper, s.clock_error_us ";
    private static final String CHANGE = "SELECT " + COLUMNS;
    private static final String CHANGES = CHANGE + """
            FROM session_event e JOIN snapshot s ON s.id = e.snapshot_id
            WHERE e.rib_id = ANY (?) AND e.at_or_before >= ?::timestamptz AND e.after < ?::timestamptz
            ORDER BY e.at_or_before, e.event_id LIMIT ?
            """;
    private static final String LAST = "SELECT DISTINCT ON (e.rib_id, e.row_key) " + COLUMNS + """
            FROM session_event e JOIN snapshot s ON s.id = e.snapshot_id
            WHERE e.rib_id = ANY (?) ORDER BY e.rib_id, e.row_key, e.at_or_before DESC
            """;
    private static final String AROUND = CHANGE
            + """
            FROM unnest(?::int4[], ?::bytea[], ?::timestamptz[]) AS asked (rib_id, row_key, instant)
            CROSS JOIN LATERAL (<changes>) AS e
            JOIN snapshot s ON s.id = e.snapshot_id
            ORDER BY e.rib_id, e.row_key, e.at_or_before
            """.replace(
                    "<changes>", Around.changes("session_event", "rib_id = asked.rib_id AND row_key = asked.row_key"));
    private static final String OF_ROWS = CHANGE + """
            FROM unnest(?::int4[], ?::bytea[]) AS asked (rib_id, row_key)
            JOIN session_event e ON e.rib_id = asked.rib_id AND e.row_key = asked.row_key
            JOIN snapshot s ON s.id = e.snapshot_id
            ORDER BY e.rib_id, e.row_key, e.at_or_before LIMIT ?
            """;
    private static final String RESTARTS = """
            SELECT e.*, s.snapshot_id AS snapshot, s.scraper, s.clock_error_us
            FROM restart e JOIN snapshot s ON s.id = e.snapshot_id
            WHERE e.rib_id = ANY (?) AND e.at_or_before >= ?::timestamptz AND e.after < ?::timestamptz
            ORDER BY e.at_or_before, s.snapshot_id LIMIT ?
            """;
    private static final String LAST_RESTARTS = """
            SELECT e.*, s.snapshot_id AS snapshot, s.scraper, s.clock_error_us
            FROM unnest(?::int4[]) AS asked (rib_id) CROSS JOIN LATERAL (
                SELECT * FROM restart WHERE restart.rib_id = asked.rib_id ORDER BY at_or_before DESC LIMIT 1) e
            JOIN snapshot s ON s.id = e.snapshot_id
            """;
    private static final String OF_DAEMONS = CHANGE + """
            FROM unnest(?::int4[]) AS asked (rib_id) CROSS JOIN LATERAL (
                SELECT * FROM session_event d WHERE d.rib_id = asked.rib_id AND d.row_key = '\\x64' AND %s
                ORDER BY at_or_before DESC LIMIT %d) e
            JOIN snapshot s ON s.id = e.snapshot_id ORDER BY e.rib_id, e.at_or_before
            """;
    private static final String LAST_OF_DAEMONS = OF_DAEMONS.formatted("true", 1);
    private static final String CHANGES_OF_DAEMONS = OF_DAEMONS.formatted("d.kind <> 4", MOST_OF_A_DAEMON);

    private final ReadTransaction transaction;

    SessionEvents(ReadTransaction transaction) {
        this.transaction = transaction;
    }

    List<RouteEvent> in(Window window, Collection<KnownTable> tables, int limit) throws SQLException {
        return select(CHANGES, window, tables, limit, SessionEvents::event);
    }

    /** The last change of each row of a session table. */
    List<RouteEvent> last(KnownTable table) throws SQLException {
        return select(LAST, List.of(table), SessionEvents::event);
    }

    /** A row of a session table, and the instant in question. */
    record Asked(KnownTable table, RowKey row, Instant instant) {}

    /** The changes that decide the state of each row at its instant, ascending; rows without any are not in it. */
    Map<Asked, List<RouteEvent>> around(Collection<Asked> asked) throws SQLException {
        var columns = new Columns("int4", "bytea", "timestamptz");
        asked.forEach(one -> columns.row(one.table.id(), one.row.octets(), Times.text(one.instant)));
        var found = new HashMap<Asked, List<RouteEvent>>();
        if (columns.isEmpty()) {
            return found;
        }
        var byRow = new HashMap<Map.Entry<Integer, RowKey>, Asked>();
        asked.forEach(one -> byRow.put(Map.entry(one.table.id(), one.row), one));
        try (var statement = transaction.connection().prepareStatement(AROUND)) {
            columns.bind(statement);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    var key = RowKey.ofOctets(row.getBytes("row_key"));
                    var one = Objects.requireNonNull(byRow.get(Map.entry(row.getInt("rib_id"), key)));
                    found.computeIfAbsent(one, of -> new ArrayList<>()).add(event(row, one.table.rib()));
                }
            }
        }
        return found;
    }

    /** A row of a session table. */
    record RowAt(KnownTable table, RowKey row) {}

    /**
     * All changes of some rows, ascending; rows without any are not in it.
     *
     * @throws QueryFailure.TooMuch if there are too many: counts may change with every reading
     */
    Map<RowAt, List<RouteEvent>> of(Collection<RowAt> asked) throws SQLException {
        var columns = new Columns("int4", "bytea");
        asked.forEach(one -> columns.row(one.table.id(), one.row.octets()));
        var found = new HashMap<RowAt, List<RouteEvent>>();
        if (columns.isEmpty()) {
            return found;
        }
        var tables = new HashMap<Integer, KnownTable>();
        asked.forEach(one -> tables.put(one.table.id(), one.table));
        try (var statement = transaction.connection().prepareStatement(OF_ROWS)) {
            columns.bind(statement);
            statement.setInt(3, Events.MOST + 1);
            int count = 0;
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    if (++count > Events.MOST) {
                        throw new QueryFailure.TooMuch(
                                "the sessions of the chain changed more than " + Events.MOST + " times");
                    }
                    var table = Objects.requireNonNull(tables.get(row.getInt("rib_id")));
                    found.computeIfAbsent(
                                    new RowAt(table, RowKey.ofOctets(row.getBytes("row_key"))), of -> new ArrayList<>())
                            .add(event(row, table.rib()));
                }
            }
        }
        return found;
    }

    List<SourceRestart> restarts(Window window, Collection<KnownTable> tables, int limit) throws SQLException {
        return select(RESTARTS, window, tables, limit, SessionEvents::restart);
    }

    /** The last of each table that has any. */
    List<SourceRestart> lastRestarts(Collection<KnownTable> tables) throws SQLException {
        return select(LAST_RESTARTS, tables, SessionEvents::restart);
    }

    /** What last happened to the daemon's own row in each session table. */
    List<RouteEvent> lastOfDaemons(Collection<KnownTable> tables) throws SQLException {
        return select(LAST_OF_DAEMONS, tables, SessionEvents::event);
    }

    /** When the daemon's own row came, went or was another, ascending in each session table: reconfigurations left out. */
    List<RouteEvent> changesOfDaemons(Collection<KnownTable> tables) throws SQLException {
        return select(CHANGES_OF_DAEMONS, tables, SessionEvents::event);
    }

    /** Reads a row of the table with that RIB. */
    private interface Reader<T> {
        T read(ResultSet row, RibId rib) throws SQLException;
    }

    /** Sets what a statement asks for besides its tables. */
    private interface Rest {
        void bind(PreparedStatement statement) throws SQLException;
    }

    private <T> List<T> select(String sql, Window window, Collection<KnownTable> tables, int limit, Reader<T> reader)
            throws SQLException {
        return select(sql, tables, reader, statement -> {
            statement.setString(2, Parameters.from(window));
            statement.setString(3, Parameters.to(window));
            statement.setInt(4, limit);
        });
    }

    private <T> List<T> select(String sql, Collection<KnownTable> tables, Reader<T> reader) throws SQLException {
        return select(sql, tables, reader, statement -> {});
    }

    private <T> List<T> select(String sql, Collection<KnownTable> tables, Reader<T> reader, Rest rest)
            throws SQLException {
        var found = new ArrayList<T>();
        try (var statement = transaction.connection().prepareStatement(sql)) {
            statement.setArray(1, Parameters.ids(statement, tables));
            rest.bind(statement);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(reader.read(row, KnownTable.rib(tables, row.getInt("rib_id"))));
                }
            }
        }
        return found;
    }

    private static SourceRestart restart(ResultSet row, RibId rib) throws SQLException {
        return new SourceRestart(
                rib,
                Ids.id(row.getObject("snapshot", UUID.class)),
                Times.bounds(row),
                Times.readBy(row),
                row.getString("evidence"));
    }

    private static RouteEvent event(ResultSet row, RibId rib) throws SQLException {
        return new RouteEvent(
                Ids.id(row.getObject("event_id", UUID.class)),
                rib,
                RowKey.ofOctets(row.getBytes("row_key")),
                Ids.id(row.getObject("snapshot", UUID.class)),
                Times.bounds(row),
                Times.readBy(row),
                row.getLong("suspect"),
                change(row, rib.family().version()));
    }

    private static Change change(ResultSet row, IpVersion version) throws SQLException {
        return switch (row.getShort("kind")) {
            case Kinds.APPEARED -> new Change.Appeared(seen(row, "after_row", version));
            case Kinds.CHANGED -> new Change.Changed(seen(row, "before_row", version), seen(row, "after_row", version));
            case Kinds.WITHDRAWN -> new Change.Withdrawn(seen(row, "before_row", version));
            default -> new Change.ChangedUnseen(seen(row, "before_row", version), seen(row, "after_row", version));
        };
    }

    private static Seen seen(ResultSet row, String column, IpVersion version) throws SQLException {
        try {
            var message = dev.hoplog.log.v1.Row.parseFrom(row.getBytes(column));
            return new Seen(RowCodec.decode(message, version), Observed.all());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a session row does not decode: run deploy/hoplog verify", e);
        }
    }
}
