package dev.hoplog.ingest.parse.cilium;

import dev.hoplog.ingest.parse.ParsedOutput;
import dev.hoplog.ingest.parse.ParsedOutput.Facts;
import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.Excerpt;
import dev.hoplog.model.Observed;
import dev.hoplog.model.PeerSession;
import dev.hoplog.model.Row;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.SessionState;
import dev.hoplog.model.SourceTime;
import dev.hoplog.model.Table;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Collects the session tables of one answer: one for each virtual router and family. */
final class CiliumSessions {
    private record Sessions(Map<RowKey, Row> rows, Map<RowKey, SourceTime> sourceTimes) {}

    private final Map<TableName, Sessions> tables = new LinkedHashMap<>();

    void add(long routerAsn, AddressFamily family, PeerSession session, Optional<SourceTime> since) {
        var table = tables.computeIfAbsent(
                new TableName(CiliumListing.tableOf(routerAsn), family),
                name -> new Sessions(new HashMap<>(), new HashMap<>()));
        if (table.rows().put(session.key(), session) != null) {
            throw new IllegalArgumentException("the neighbour " + session.peer() + " comes twice");
        }
        since.ifPresent(time -> table.sourceTimes().put(session.key(), time));
    }

    /** A router that is there, and has no neighbour of any family: its tables are empty. */
    void addRouter(long routerAsn) {
        var name = CiliumListing.tableOf(routerAsn);
        if (tables.keySet().stream().noneMatch(table -> table.name().equals(name))) {
            for (var family : AddressFamily.values()) {
                tables.put(new TableName(name, family), new Sessions(new HashMap<>(), new HashMap<>()));
            }
        }
    }

    ParsedOutput output(int unknownItems) {
        Map<TableName, Table> whole = new HashMap<>();
        tables.forEach((name, sessions) -> whole.put(
                name, new Table(Observed.of(), List.copyOf(sessions.rows().values()), sessions.sourceTimes())));
        return new ParsedOutput(whole, Facts.none(), unknownItems);
    }

    /** Cilium's word, in lower case: {@code open_sent}. {@code unknown} is one of its words, and no state. */
    static SessionState state(String text) {
        return switch (text.toLowerCase(Locale.ROOT).replaceAll("[_ -]", "")) {
            case "idle" -> SessionState.IDLE;
            case "connect" -> SessionState.CONNECT;
            case "active" -> SessionState.ACTIVE;
            case "opensent" -> SessionState.OPEN_SENT;
            case "openconfirm" -> SessionState.OPEN_CONFIRM;
            case "established" -> SessionState.ESTABLISHED;
            default -> throw new IllegalArgumentException("no state of a session: '" + Excerpt.of(text) + "'");
        };
    }
}
