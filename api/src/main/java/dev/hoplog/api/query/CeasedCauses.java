package dev.hoplog.api.query;

import dev.hoplog.api.db.Columns;
import dev.hoplog.api.db.Ids;
import dev.hoplog.api.db.Times;
import dev.hoplog.gap.Cause;
import dev.hoplog.gap.GapEvent;
import dev.hoplog.log.GapEntry;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Id;
import dev.hoplog.wire.GapCodec;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Which cause it is that ceased to be proven, where the log says that none is from then on. */
final class CeasedCauses {
    private static final String[] SAID = {"uuid", "uuid", "text", "timestamptz"};
    private static final String SEPARATOR = "\n";
    private static final String BEFORE = "SELECT said.event_id, last.cause FROM " + Columns.unnest(SAID)
            + " AS said (event_id, gap_id, hops, explained_from)"
            + " JOIN gap_break b ON b.gap_id = said.gap_id AND array_to_string(b.hops, E'\\n') = said.hops"
            + " CROSS JOIN LATERAL (SELECT e.cause FROM gap_explanation e WHERE e.gap_id = b.gap_id"
            + " AND e.break_ordinal = b.ordinal AND e.explained_from < said.explained_from AND e.cause <> "
            + GapCodec.CAUSES.encode(Cause.UNKNOWN).getNumber()
            + " ORDER BY e.explained_from DESC LIMIT 1) last";

    private CeasedCauses() {}

    /** By event: the last cause that was said of the break before. Of breaks that had none there is nothing. */
    static Map<Id, Cause> before(ReadTransaction transaction, Collection<GapEntry> entries) throws SQLException {
        var said = new Columns(SAID);
        var events = new HashMap<UUID, Id>();
        for (var entry : entries) {
            if (entry.event() instanceof GapEvent.Explained explained && explained.cause() == Cause.UNKNOWN) {
                var event = Ids.uuid(entry.id());
                events.put(event, entry.id());
                said.row(
                        event,
                        Ids.uuid(explained.gap()),
                        explained.at().hops().stream().map(HopId::toString).collect(Collectors.joining(SEPARATOR)),
                        Times.text(explained.from()));
            }
        }
        var before = new HashMap<Id, Cause>();
        if (said.isEmpty()) {
            return before;
        }
        try (var statement = transaction.connection().prepareStatement(BEFORE)) {
            said.bind(statement);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    var event = events.get(row.getObject("event_id", UUID.class));
                    if (event != null) {
                        before.put(event, GapCodec.CAUSES.decode(row.getInt("cause")));
                    }
                }
            }
        }
        return before;
    }
}
