package dev.hoplog.api.projector;

import dev.hoplog.api.db.Columns;
import dev.hoplog.api.db.Ids;
import dev.hoplog.api.db.Times;
import dev.hoplog.log.LogEntry.CoverageMark;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.TreeMap;

/** The last good snapshot of each RIB: table {@code reading}. */
final class ReadingRows implements Rows {
    private static final String[] TYPES = {"int4", "uuid", "timestamptz", "timestamptz", "int8", "text", "int8", "text"
    };
    private static final String UPSERT = "INSERT INTO reading (rib_id, snapshot_id, captured_from, captured_to,"
            + " row_count, command, unknown_items, daemon_version) SELECT * FROM " + Columns.unnest(TYPES)
            + """
             ON CONFLICT (rib_id) DO UPDATE
            SET snapshot_id = excluded.snapshot_id, captured_from = excluded.captured_from,
                captured_to = excluded.captured_to, row_count = excluded.row_count, command = excluded.command,
                unknown_items = excluded.unknown_items, daemon_version = excluded.daemon_version
            WHERE excluded.captured_to >= reading.captured_to
            """;

    @Override
    public void write(Connection connection, Batch batch, Surrogates surrogates) throws SQLException {
        var last = new TreeMap<Integer, CoverageMark>();
        for (var logged : batch.multicast(CoverageMark.class)) {
            var mark = logged.entry();
            last.merge(
                    surrogates.rib(mark.rib()),
                    mark,
                    (one, other) -> other.coveredTo().isBefore(one.coveredTo()) ? one : other);
        }
        var rows = new Columns(TYPES);
        last.forEach((ribId, mark) -> rows.row(
                ribId,
                Ids.uuid(mark.snapshot()),
                Times.text(mark.capturedFrom().isAfter(mark.coveredTo()) ? mark.coveredTo() : mark.capturedFrom()),
                Times.text(mark.coveredTo()),
                mark.rowCount(),
                BlindRows.printable(mark.command()),
                (long) mark.unknownItems(),
                BlindRows.printable(mark.daemonVersion())));
        rows.update(connection, UPSERT);
    }
}
