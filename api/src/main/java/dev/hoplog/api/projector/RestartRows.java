package dev.hoplog.api.projector;

import dev.hoplog.api.db.Columns;
import dev.hoplog.api.db.Times;
import dev.hoplog.log.LogEntry.SourceRestart;
import java.sql.Connection;
import java.sql.SQLException;

/** Daemons that started anew: table {@code restart}. */
final class RestartRows implements Rows {
    private static final String[] TYPES = {"int4", "timestamptz", "timestamptz", "int4", "timestamptz", "text"};
    private static final String INSERT =
            "INSERT INTO restart (rib_id, at_or_before, after, snapshot_id, best_estimate, evidence) SELECT * FROM "
                    + Columns.unnest(TYPES);

    @Override
    public void write(Connection connection, Batch batch, Surrogates surrogates) throws SQLException {
        var rows = new Columns(TYPES);
        for (var logged : batch.multicast(SourceRestart.class)) {
            var restart = logged.entry();
            rows.row(
                    surrogates.rib(restart.rib()),
                    Times.text(restart.bounds().atOrBefore()),
                    Times.after(restart.bounds()),
                    surrogates.snapshot(restart),
                    Times.estimate(restart.bounds()),
                    restart.evidence());
        }
        rows.update(connection, INSERT);
    }
}
