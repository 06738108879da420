package dev.hoplog.api.projector;

import dev.hoplog.api.db.Columns;
import dev.hoplog.api.db.Ids;
import dev.hoplog.api.db.Kinds;
import dev.hoplog.api.db.Times;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.ChangeStamp;
import dev.hoplog.model.Route;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Every change of every route: table {@code route_event}. */
final class RouteEventRows implements Rows {
    private static final String[] TYPES = {
        "int4",
        "int4",
        "timestamptz",
        "timestamptz",
        "uuid",
        "int4",
        "int2",
        "bool",
        "int4",
        "int4",
        "timestamptz",
        "int8",
        "int2",
        "int8",
        "int8"
    };
    private static final String INSERT = """
            INSERT INTO route_event (prefix_id, rib_id, at_or_before, after, event_id, snapshot_id, kind, usable,
                attributes_id, before_attributes_id, best_estimate, clock_suspect_us,
                stamp_kind, stamp_earliest, stamp_width)
            SELECT * FROM
            """ + Columns.unnest(TYPES);

    @Override
    public void write(Connection connection, Batch batch, Surrogates surrogates) throws SQLException {
        var rows = new Columns(TYPES);
        for (var logged : batch.routes()) {
            add(rows, logged.entry(), surrogates);
        }
        rows.update(connection, INSERT);
    }

    private static void add(Columns rows, RouteEvent event, Surrogates surrogates) {
        var change = event.change();
        var stamp = change.after().flatMap(seen -> seen.row().stamp());
        rows.row(
                surrogates.prefix(event),
                surrogates.rib(event.rib()),
                Times.text(event.bounds().atOrBefore()),
                Times.after(event.bounds()),
                Ids.uuid(event.id()),
                surrogates.snapshot(event),
                Kinds.of(change),
                change.after().filter(seen -> isUsable(seen, event)).isPresent(),
                change.after().map(surrogates::attributes),
                change.before().map(surrogates::attributes),
                Times.estimate(event.bounds()),
                Optional.of(event.clockSuspectMicros()).filter(micros -> micros != 0),
                stamp.map(s -> Kinds.of(s.kind())),
                stamp.map(ChangeStamp::earliest),
                stamp.filter(s -> s.kind() == ChangeStamp.Kind.TIME).map(s -> s.latest() - s.earliest()));
    }

    private static boolean isUsable(Seen seen, RouteEvent event) {
        return ((Route) seen.row()).isUsable(event.rib().view());
    }
}
