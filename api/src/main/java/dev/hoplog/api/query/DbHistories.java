package dev.hoplog.api.query;

import dev.hoplog.gap.Histories;
import dev.hoplog.history.Readers;
import dev.hoplog.history.RouteHistory;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.RibId;
import dev.hoplog.model.RowKey;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the projection knows of some prefixes at the hops of a chain, read at once. Each partition of the log is projected
 * at its own pace, so what is settled depends on the prefix.
 */
final class DbHistories {
    private final ReadTransaction transaction;
    private final ChainTables tables;
    private final Map<RibId, Map<Prefix, List<RouteEvent>>> routes;

    private DbHistories(
            ReadTransaction transaction, ChainTables tables, Map<RibId, Map<Prefix, List<RouteEvent>>> routes) {
        this.transaction = transaction;
        this.tables = tables;
        this.routes = routes;
    }

    /**
     * Reads the routes of some prefixes in some tables; of others nothing will be known but when they were observed.
     *
     * @throws QueryFailure.TooMuch if there are too many events
     */
    static DbHistories read(
            ReadTransaction transaction, ChainTables tables, Collection<KnownTable> of, Collection<Prefix> prefixes)
            throws SQLException {
        return new DbHistories(transaction, tables, new Events(transaction, of).of(prefixes, of));
    }

    /** All that bears on one of the prefixes. */
    Histories of(Prefix prefix) {
        int partition = transaction.partitionOf(prefix);
        return new Histories() {
            @Override
            public RouteHistory of(RibId rib, RowKey row) {
                var events = routes.getOrDefault(rib, Map.of()).getOrDefault(prefix, List.of());
                return tables.history(rib, row, events, partition);
            }

            @Override
            public Optional<Instant> settledTo(RibId rib) {
                return tables.settledTo(rib, partition);
            }

            @Override
            public Readers readBy(RibId rib) {
                return tables.readBy(rib);
            }
        };
    }
}
