package dev.hoplog.api.query;

import dev.hoplog.api.db.Times;
import dev.hoplog.api.history.BlindSpells.BlindSpell;
import dev.hoplog.chain.Chain;
import dev.hoplog.chain.ChainTimeline;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.history.Readers;
import dev.hoplog.history.RouteHistory;
import dev.hoplog.log.LogEntry.BlindMark;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.HopId;
import dev.hoplog.model.RibId;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.View;
import dev.hoplog.wire.Topics;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The tables of the hops of a chain, and all that is known of them apart from routes: when each was observed, on whose
 * clock, and what happened to the sessions that the chain names. For one answer.
 */
final class ChainTables {
    private static final String READERS = """
            SELECT rib_id, since, scraper, clock_error_us FROM table_reader
            WHERE rib_id = ANY (?) ORDER BY rib_id, since
            """;

    /** Those that say whether a hop has a prefix, and those that tell why not. */
    private static final Set<View> TELLING = Set.of(
            View.LOC_RIB,
            View.FIB,
            View.ADJ_RIB_IN_PRE,
            View.ADJ_RIB_IN_REJECTED,
            View.ADJ_RIB_OUT_POST,
            View.ADJ_RIB_OUT_REJECTED);

    private record Row(RibId rib, RowKey key) {}

    private final Map<RibId, KnownTable> tables = new HashMap<>();
    private final Set<HopId> hops = new HashSet<>();
    private final Set<RibId> deciding = new HashSet<>();
    private final Knowledge knowledge;
    private final Map<RibId, Readers> readers;
    private final Map<Row, List<RouteEvent>> sessions;

    private ChainTables(ReadTransaction transaction, List<KnownTable> all, ChainTimeline chains) throws SQLException {
        for (var version : chains.versions()) {
            hops.addAll(version.chain().hops());
        }
        all.stream().filter(table -> hops.contains(table.rib().hop())).forEach(table -> tables.put(table.rib(), table));
        for (var table : tables.values()) {
            var rib = table.rib();
            if (chains.versions().stream()
                    .map(ChainVersion::chain)
                    .anyMatch(chain -> chain.hops().contains(rib.hop()) && decides(chain, rib))) {
                deciding.add(rib);
            }
        }
        this.knowledge = Knowledge.of(transaction, tables.values(), transaction.allPartitions());
        this.readers = readers(transaction, tables.values());
        this.sessions = sessions(transaction, chains);
    }

    /** @param all the tables of the network */
    static ChainTables of(ReadTransaction transaction, List<KnownTable> all, ChainTimeline chains) throws SQLException {
        return new ChainTables(transaction, all, chains);
    }

    private static boolean decides(Chain chain, RibId rib) {
        return rib.view() == chain.viewOf(rib.hop()) && rib.routeDistinguisher().isEmpty();
    }

    /** Those that say whether a hop has a prefix. */
    List<KnownTable> deciding() {
        return tables.values().stream()
                .filter(table -> deciding.contains(table.rib()))
                .toList();
    }

    /** Those with routes that may decide a gap or tell its cause. */
    List<KnownTable> telling() {
        return tables.values().stream()
                .filter(table -> TELLING.contains(table.rib().view()))
                .toList();
    }

    /** Those of some hops. */
    List<KnownTable> of(Set<HopId> some) {
        return tables.values().stream()
                .filter(table -> some.contains(table.rib().hop()))
                .toList();
    }

    /** The end of what is known of all tables that decide and were ever observed; empty: none was. */
    Optional<Instant> knownTo(Collection<Integer> partitions) {
        return deciding().stream()
                .flatMap(table -> Knowledge.end(knowledge.covered(table, partitions)).stream())
                .min(Instant::compareTo);
    }

    /** What is known of a row, given all events of a route in the log's partition. */
    RouteHistory history(RibId rib, RowKey key, List<RouteEvent> routes, int partition) {
        var table = tables.get(rib);
        var events = rib.view() == View.SESSIONS ? sessions.getOrDefault(new Row(rib, key), List.of()) : routes;
        return new RouteHistory(
                rib.view(),
                events,
                table == null
                        ? dev.hoplog.model.TimeSpans.none()
                        : knowledge.covered(table, List.of(partition(rib, partition))));
    }

    /** See {@link dev.hoplog.gap.Histories#settledTo}. */
    Optional<Instant> settledTo(RibId rib, int partition) {
        var table = tables.get(rib);
        if (table == null) {
            return Optional.empty();
        }
        return Stream.concat(
                        Knowledge.end(knowledge.covered(table, List.of(partition(rib, partition)))).stream(),
                        knowledge.blind(table).stream().map(BlindMark::lastFailedAt))
                .max(Instant::compareTo);
    }

    /** Why a table was not observed from an instant on, as far as anybody tried. */
    BlindSpell blind(RibId rib, Instant from, Optional<Instant> to) {
        var mark = Optional.ofNullable(tables.get(rib)).stream()
                .flatMap(table -> knowledge.blind(table).stream())
                .filter(failed -> !failed.lastFailedAt().isBefore(from)
                        && to.filter(failed.firstFailedAt()::isAfter).isEmpty())
                .findFirst();
        return new BlindSpell(from, to, mark, mark.map(BlindMark::failures).orElse(0));
    }

    /** Whether nobody ever tried to read any table of a hop. */
    boolean isUnheardOf(HopId hop) {
        return tables.keySet().stream().noneMatch(rib -> rib.hop().equals(hop));
    }

    /** See {@link dev.hoplog.gap.Histories#readBy}. */
    Readers readBy(RibId rib) {
        return readers.getOrDefault(rib, Readers.none());
    }

    private static int partition(RibId rib, int own) {
        return rib.view() == View.SESSIONS ? Topics.SPOKESMAN : own;
    }

    private static Map<RibId, Readers> readers(ReadTransaction transaction, Collection<KnownTable> tables)
            throws SQLException {
        var rows = new HashMap<RibId, List<Readers.Since>>();
        try (var statement = transaction.connection().prepareStatement(READERS)) {
            statement.setArray(1, Parameters.ids(statement, tables));
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    rows.computeIfAbsent(KnownTable.rib(tables, row.getInt("rib_id")), _ -> new ArrayList<>())
                            .add(new Readers.Since(Times.instant(row, "since"), Times.readBy(row)));
                }
            }
        }
        var readers = new HashMap<RibId, Readers>();
        rows.forEach((rib, all) -> readers.put(rib, new Readers(all)));
        return readers;
    }

    private Map<Row, List<RouteEvent>> sessions(ReadTransaction transaction, ChainTimeline chains) throws SQLException {
        var asked = new HashSet<SessionEvents.RowAt>();
        for (var version : chains.versions()) {
            for (var edge : version.chain().edges()) {
                if (edge.link() instanceof dev.hoplog.chain.Link.Session session) {
                    ask(asked, edge.downstream(), RowKey.of(session.upstream()));
                    ask(asked, edge.upstream(), RowKey.of(session.downstream()));
                }
            }
        }
        var byRow = new HashMap<Row, List<RouteEvent>>();
        new SessionEvents(transaction)
                .of(asked)
                .forEach((at, events) -> byRow.put(new Row(at.table().rib(), at.row()), events));
        return byRow;
    }

    private void ask(Set<SessionEvents.RowAt> asked, HopId hop, RowKey row) {
        tables.values().stream()
                .filter(table ->
                        table.rib().view() == View.SESSIONS && table.rib().hop().equals(hop))
                .forEach(table -> asked.add(new SessionEvents.RowAt(table, row)));
    }
}
