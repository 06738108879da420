package dev.hoplog.api.projector;

import dev.hoplog.api.db.Columns;
import dev.hoplog.api.db.Ids;
import dev.hoplog.api.db.Kinds;
import dev.hoplog.api.db.Times;
import dev.hoplog.model.Change.Seen;
import dev.hoplog.wire.RowCodec;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Every change of a neighbour or of a daemon: table {@code session_event}. */
final class SessionEventRows implements Rows {
    private static final String[] TYPES = {
        "int4", "bytea", "timestamptz", "timestamptz", "uuid", "int4", "int2", "bytea", "bytea", "timestamptz", "int8"
    };
    private static final String INSERT = """
            INSERT INTO session_event (rib_id, row_key, at_or_before, after, event_id, snapshot_id, kind,
                before_row, after_row, best_estimate, clock_suspect_us)
            SELECT * FROM
            """ + Columns.unnest(TYPES);

    @Override
    public void write(Connection connection, Batch batch, Surrogates surrogates) throws SQLException {
        var rows = new Columns(TYPES);
        for (var logged : batch.sessions()) {
            var event = logged.entry();
            rows.row(
                    surrogates.rib(event.rib()),
                    event.key().octets(),
                    Times.text(event.bounds().atOrBefore()),
                    Times.after(event.bounds()),
                    Ids.uuid(event.id()),
                    surrogates.snapshot(event),
                    Kinds.of(event.change()),
                    event.change().before().map(SessionEventRows::encode),
                    event.change().after().map(SessionEventRows::encode),
                    Times.estimate(event.bounds()),
                    Optional.of(event.clockSuspectMicros()).filter(micros -> micros != 0));
        }
        rows.update(connection, INSERT);
    }

    private static byte[] encode(Seen seen) {
        return RowCodec.encode(seen.row()).toByteArray();
    }
}
