package dev.hoplog.ingest.parse.cilium;

import dev.hoplog.ingest.parse.ParsedOutput;
import dev.hoplog.ingest.parse.ParsedOutput.Facts;
import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.ingest.parse.UnplacedPeer;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.Excerpt;
import dev.hoplog.model.Observed;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.PeerSession;
import dev.hoplog.model.Row;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.SessionState;
import dev.hoplog.model.SourceTime;
import dev.hoplog.model.Table;
import java.util.ArrayList;
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
    private final Map<String, List<UnplacedPeer>> unplaced = new HashMap<>();

    void add(long routerAsn, AddressFamily family, PeerSession session, Optional<SourceTime> since) {
        var table = tables.computeIfAbsent(
                new TableName(CiliumListing.tableOf(routerAsn), family),
                name -> new Sessions(new HashMap<>(), new HashMap<>()));
        var without = unplaced.getOrDefault(CiliumListing.tableOf(routerAsn), List.of());
        if (table.rows().put(session.key(), session) != null
                || without.stream().anyMatch(other -> other.peer().equals(session.peer()))) {
            throw new IllegalArgumentException("the neighbour " + session.peer() + " comes twice");
        }
        since.ifPresent(time -> table.sourceTimes().put(session.key(), time));
    }

    /**
     * A neighbour of which no family is said.
     *
     * @param state empty where it has none
     */
    void addUnplaced(
            long routerAsn,
            PeerId peer,
            Optional<String> label,
            Optional<SessionState> state,
            Optional<Long> remoteAsn) {
        var session = state.map(known -> new PeerSession(
                peer,
                label,
                known,
                remoteAsn,
                Optional.of(routerAsn),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
        var name = CiliumListing.tableOf(routerAsn);
        var ofRouter = unplaced.computeIfAbsent(name, router -> new ArrayList<>());
        boolean twice = ofRouter.stream().anyMatch(other -> other.peer().equals(peer))
                || tables.entrySet().stream()
                        .anyMatch(table -> table.getKey().name().equals(name)
                                && table.getValue().rows().containsKey(RowKey.of(peer)));
        if (twice) {
            throw new IllegalArgumentException("the neighbour " + peer + " comes twice");
        }
        ofRouter.add(new UnplacedPeer(peer, session));
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

    CiliumNeighbours output(int unknownItems) {
        Map<TableName, Table> whole = new HashMap<>();
        tables.forEach((name, sessions) -> whole.put(
                name, new Table(Observed.of(), List.copyOf(sessions.rows().values()), sessions.sourceTimes())));
        return new CiliumNeighbours(new ParsedOutput(whole, Facts.none(), unknownItems), unplaced);
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
