package dev.hoplog.api.projector;

import dev.hoplog.api.db.Columns;
import dev.hoplog.api.db.Ids;
import dev.hoplog.api.db.Times;
import dev.hoplog.gap.Break;
import dev.hoplog.gap.GapEvent;
import dev.hoplog.gap.GapEvent.Affected;
import dev.hoplog.gap.GapEvent.BrokenAlso;
import dev.hoplog.gap.GapEvent.Closed;
import dev.hoplog.gap.GapEvent.Explained;
import dev.hoplog.gap.GapEvent.Opened;
import dev.hoplog.gap.GapEvent.Resumed;
import dev.hoplog.gap.GapEvent.Suspended;
import dev.hoplog.log.GapEntry;
import dev.hoplog.model.Id;
import dev.hoplog.wire.GapCodec;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What happens to gaps, as rows. Tables are written parents first: an event of a gap that is not there is refused. */
final class GapRows {
    private static final String[] EVENT = {"uuid", "uuid", "int8"};
    /** Of several in a batch the first is taken. */
    private static final String NEW = "INSERT INTO gap_event (event_id, gap_id, log_offset) SELECT * FROM "
            + Columns.unnest(EVENT) + " ON CONFLICT (event_id) DO NOTHING RETURNING event_id";

    private static final String[] GAP = {
        "uuid", "text", "cidr", "text", "int2", "timestamptz", "timestamptz", "timestamptz", "uuid"
    };
    private static final String[] BREAK = {"uuid", "text", "timestamptz", "int4"};
    /** Breaks that come up later go on counting. */
    private static final String INSERT_BREAKS = "INSERT INTO gap_break (gap_id, ordinal, hops, broken_from)"
            + " SELECT gap_id, coalesce((SELECT max(ordinal) FROM gap_break b WHERE b.gap_id = said.gap_id), 0)"
            + " + row_number() OVER (PARTITION BY gap_id ORDER BY place), hops::text[], broken_from FROM "
            + Columns.unnest(BREAK) + " AS said (gap_id, hops, broken_from, place)";

    private static final String[] EXPLANATION = {"uuid", "text", "timestamptz", "int2", "text", "text", "bytea"};
    /** A break that is not there leaves its ordinal null, which the table refuses. */
    private static final String INSERT_EXPLANATIONS =
            "INSERT INTO gap_explanation (gap_id, break_ordinal, explained_from, cause, lacking, onward, octets)"
                    + " SELECT said.gap_id, b.ordinal, explained_from, cause, lacking::text[], onward::text[], octets FROM "
                    + Columns.unnest(EXPLANATION)
                    + " AS said (gap_id, hops, explained_from, cause, lacking, onward, octets)"
                    + " LEFT JOIN gap_break b ON b.gap_id = said.gap_id AND b.hops = said.hops::text[]";

    private static final String[] ENDING = {"uuid", "int2", "timestamptz", "timestamptz"};

    private final Columns gaps = new Columns(GAP);
    private final Columns breaks = new Columns(BREAK);
    private final Columns affected = new Columns("uuid", "text", "timestamptz");
    private final Columns explanations = new Columns(EXPLANATION);
    private final Columns endings = new Columns(ENDING);
    /** Ends of suspensions that began in an earlier batch. */
    private final Columns resumed = new Columns("uuid", "timestamptz");

    private final Map<Id, List<Suspension>> suspensions = new LinkedHashMap<>();

    private record Suspension(Instant from, Optional<Instant> to) {}

    private GapRows() {}

    static void write(Connection connection, List<Logged<GapEntry>> logged) throws SQLException {
        var fresh = fresh(connection, logged);
        var rows = new GapRows();
        logged.stream()
                .map(Logged::entry)
                .filter(entry -> fresh.remove(Ids.uuid(entry.id())))
                .forEach(rows::add);
        rows.write(connection);
    }

    /** Those that are not here yet. */
    private static Collection<UUID> fresh(Connection connection, List<Logged<GapEntry>> logged) throws SQLException {
        var fresh = new HashSet<UUID>();
        if (logged.isEmpty()) {
            return fresh;
        }
        var ids = new Columns(EVENT);
        logged.forEach(one ->
                ids.row(Ids.uuid(one.entry().id()), Ids.uuid(one.entry().event().gap()), one.offset()));
        try (var statement = connection.prepareStatement(NEW)) {
            ids.bind(statement);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    fresh.add(row.getObject(1, UUID.class));
                }
            }
        }
        return fresh;
    }

    private void add(GapEntry entry) {
        switch (entry.event()) {
            case Opened opened -> open(entry, opened);
            case BrokenAlso also -> breakAt(also.gap(), also.way(), also.from());
            case Affected behind -> affected.row(Ids.uuid(behind.gap()), behind.hop(), Times.text(behind.from()));
            case Suspended suspended -> of(suspended).add(new Suspension(suspended.from(), Optional.empty()));
            case Resumed back -> resume(back);
            case Explained explained -> explain(entry, explained);
            case Closed closed ->
                endings.row(
                        Ids.uuid(closed.gap()),
                        (short) GapCodec.ENDS.encode(closed.end()).getNumber(),
                        Times.after(closed.bounds()),
                        Times.text(closed.bounds().atOrBefore()));
        }
    }

    private void open(GapEntry entry, Opened opened) {
        gaps.row(
                Ids.uuid(opened.gap()),
                entry.network(),
                entry.prefix(),
                opened.breaks().getFirst().hop(),
                (short) GapCodec.KINDS.encode(opened.kind()).getNumber(),
                Times.after(opened.bounds()),
                Times.text(opened.bounds().atOrBefore()),
                Times.text(opened.certainAt()),
                Ids.uuid(opened.chainVersion()));
        opened.breaks().forEach(way -> breakAt(opened.gap(), way, opened.certainAt()));
    }

    private void breakAt(Id gap, Break way, Instant from) {
        breaks.row(Ids.uuid(gap), array(way.hops()), Times.text(from), breaks.size());
    }

    private void resume(Resumed back) {
        var known = of(back);
        if (known.isEmpty() || known.getLast().to().isPresent()) {
            resumed.row(Ids.uuid(back.gap()), Times.text(back.from()));
        } else {
            known.add(new Suspension(known.removeLast().from(), Optional.of(back.from())));
        }
    }

    private List<Suspension> of(GapEvent event) {
        return suspensions.computeIfAbsent(event.gap(), _ -> new ArrayList<>());
    }

    private void explain(GapEntry entry, Explained explained) {
        var lacking = explained.lacking();
        explanations.row(
                Ids.uuid(explained.gap()),
                array(explained.at().hops()),
                Times.text(explained.from()),
                (short) GapCodec.CAUSES.encode(explained.cause()).getNumber(),
                array(Stream.concat(lacking.standard().stream(), lacking.large().stream())
                        .toList()),
                array(explained.onward()),
                GapCodec.encode(entry));
    }

    private void write(Connection connection) throws SQLException {
        gaps.update(
                connection,
                "INSERT INTO gap (gap_id, network, prefix, hop, kind, opened_after, opened_at_or_before, certain_at,"
                        + " chain_version_id) SELECT * FROM " + Columns.unnest(GAP));
        breaks.update(connection, INSERT_BREAKS);
        affected.update(
                connection,
                "INSERT INTO gap_affected (gap_id, hop, affected_from) SELECT * FROM "
                        + Columns.unnest("uuid", "text", "timestamptz"));
        explanations.update(connection, INSERT_EXPLANATIONS);
        suspend(connection);
        all(
                endings,
                endings.update(
                        connection,
                        "UPDATE gap SET ending = said.ending, ended_after = said.ended_after,"
                                + " ended_at_or_before = said.ended_at_or_before FROM " + Columns.unnest(ENDING)
                                + " AS said (gap_id, ending, ended_after, ended_at_or_before)"
                                + " WHERE gap.gap_id = said.gap_id AND gap.ending IS NULL"),
                "a gap ends that is not open");
    }

    /** What was open is ended first: no two suspensions of a gap are ever open at once. */
    private void suspend(Connection connection) throws SQLException {
        all(
                resumed,
                resumed.update(
                        connection,
                        "UPDATE gap_suspension s SET resumed_from = said.resumed_from FROM "
                                + Columns.unnest("uuid", "timestamptz") + " AS said (gap_id, resumed_from)"
                                + " WHERE s.gap_id = said.gap_id AND s.resumed_from IS NULL"),
                "a gap goes on that was not suspended");
        var rows = new Columns("uuid", "timestamptz", "timestamptz");
        suspensions.forEach((gap, stretches) -> stretches.forEach(stretch ->
                rows.row(Ids.uuid(gap), Times.text(stretch.from()), stretch.to().map(Times::text))));
        rows.update(
                connection,
                "INSERT INTO gap_suspension (gap_id, suspended_from, resumed_from) SELECT * FROM "
                        + Columns.unnest("uuid", "timestamptz", "timestamptz"));
    }

    private static void all(Columns said, int done, String what) {
        if (done != said.size()) {
            throw new IllegalArgumentException(what + ": " + (said.size() - done) + " of " + said.size());
        }
    }

    /** The literal of a text[]. */
    private static String array(Collection<?> values) {
        return values.stream()
                .map(value -> '"' + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }
}
