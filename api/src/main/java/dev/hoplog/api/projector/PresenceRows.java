package dev.hoplog.api.projector;

import dev.hoplog.api.db.Columns;
import dev.hoplog.api.db.Times;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.Change;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every stay of a route in a table: table {@code presence}. An appearance begins one, a withdrawal ends it; anything
 * else needs one to be open. An event that does not fit contradicts the log so far.
 */
final class PresenceRows implements Rows {
    private static final String LATEST = """
            SELECT wanted.prefix_id, wanted.rib_id, latest.sequence, latest.ended_at_or_before IS NULL AS open
            FROM unnest(?::int4[], ?::int4[]) AS wanted (prefix_id, rib_id)
            CROSS JOIN LATERAL (
                SELECT sequence, ended_at_or_before FROM presence
                WHERE prefix_id = wanted.prefix_id AND rib_id = wanted.rib_id
                ORDER BY sequence DESC LIMIT 1) AS latest
            """;
    private static final String END = """
            UPDATE presence SET ended_after = ended.after, ended_at_or_before = ended.at_or_before
            FROM unnest(?::int4[], ?::int4[], ?::int4[], ?::timestamptz[], ?::timestamptz[])
                AS ended (prefix_id, rib_id, sequence, after, at_or_before)
            WHERE presence.prefix_id = ended.prefix_id AND presence.rib_id = ended.rib_id
                AND presence.sequence = ended.sequence
            """;
    private static final String BEGIN = """
            INSERT INTO presence (prefix_id, rib_id, sequence, began_after, began_at_or_before,
                ended_after, ended_at_or_before)
            SELECT * FROM unnest(?::int4[], ?::int4[], ?::int4[], ?::timestamptz[], ?::timestamptz[],
                ?::timestamptz[], ?::timestamptz[])
            """;

    private record Place(int prefixId, int ribId) {}

    /** The latest stay of a route. {@code began}: in this batch; null for a stay that has a row already. */
    private static final class Stay {
        final Place place;
        final int sequence;
        final @Nullable RouteEvent began;

        @Nullable
        RouteEvent ended;

        boolean open = true;

        Stay(Place place, int sequence, @Nullable RouteEvent began) {
            this.place = place;
            this.sequence = sequence;
            this.began = began;
        }
    }

    @Override
    public void write(Connection connection, Batch batch, Surrogates surrogates) throws SQLException {
        var events = batch.routes();
        if (events.isEmpty()) {
            return;
        }
        var latest = latest(connection, events, surrogates);
        var touched = new ArrayList<Stay>();
        for (var logged : events) {
            var event = logged.entry();
            var place = place(event, surrogates);
            var stay = latest.get(place);
            boolean open = stay != null && stay.open;
            boolean begins = event.change() instanceof Change.Appeared;
            if (open == begins) {
                throw new LogContradiction(
                        batch.partition(),
                        logged.offset(),
                        event.change().getClass().getSimpleName() + " of " + event.key() + " in " + event.rib()
                                + ", which " + (open ? "is there already" : "is not there"));
            }
            if (begins) {
                var begun = new Stay(place, stay == null ? 1 : stay.sequence + 1, event);
                latest.put(place, begun);
                touched.add(begun);
            } else if (event.change() instanceof Change.Withdrawn && stay != null) {
                stay.open = false;
                stay.ended = event;
                if (stay.began == null) {
                    touched.add(stay);
                }
            }
        }
        end(connection, touched);
        begin(connection, touched);
    }

    private static Map<Place, Stay> latest(
            Connection connection, List<Logged<RouteEvent>> events, Surrogates surrogates) throws SQLException {
        var places = new LinkedHashSet<Place>();
        events.forEach(logged -> places.add(place(logged.entry(), surrogates)));
        var wanted = new Columns("int4", "int4");
        places.forEach(place -> wanted.row(place.prefixId, place.ribId));
        var latest = new HashMap<Place, Stay>();
        try (var statement = connection.prepareStatement(LATEST)) {
            wanted.bind(statement);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    var place = new Place(row.getInt("prefix_id"), row.getInt("rib_id"));
                    var stay = new Stay(place, row.getInt("sequence"), null);
                    stay.open = row.getBoolean("open");
                    latest.put(place, stay);
                }
            }
        }
        return latest;
    }

    private static void end(Connection connection, List<Stay> touched) throws SQLException {
        var rows = new Columns("int4", "int4", "int4", "timestamptz", "timestamptz");
        for (var stay : touched) {
            var ended = stay.ended;
            if (stay.began == null && ended != null) {
                rows.row(
                        stay.place.prefixId,
                        stay.place.ribId,
                        stay.sequence,
                        Times.after(ended.bounds()),
                        Times.text(ended.bounds().atOrBefore()));
            }
        }
        rows.update(connection, END);
    }

    private static void begin(Connection connection, List<Stay> touched) throws SQLException {
        var rows = new Columns("int4", "int4", "int4", "timestamptz", "timestamptz", "timestamptz", "timestamptz");
        for (var stay : touched) {
            var began = stay.began;
            if (began != null) {
                var ended = Optional.ofNullable(stay.ended);
                rows.row(
                        stay.place.prefixId,
                        stay.place.ribId,
                        stay.sequence,
                        Times.after(began.bounds()),
                        Times.text(began.bounds().atOrBefore()),
                        ended.map(event -> Times.after(event.bounds())),
                        ended.map(event -> Times.text(event.bounds().atOrBefore())));
            }
        }
        rows.update(connection, BEGIN);
    }

    private static Place place(RouteEvent event, Surrogates surrogates) {
        return new Place(surrogates.prefix(event), surrogates.rib(event.rib()));
    }
}
