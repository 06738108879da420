package dev.hoplog.api.query;

import dev.hoplog.api.history.Why;
import dev.hoplog.log.LogEntry.BlindMark;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.Excerpt;
import dev.hoplog.model.HopId;
import dev.hoplog.model.RibId;
import dev.hoplog.model.TimeSpans;
import dev.hoplog.model.View;
import dev.hoplog.wire.Topics;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * The last that the log had of everything in a scope, and how far it was read. Not the state at an instant: partitions are
 * read at their own paces, and whoever goes on from these positions must have all that stands before them.
 */
public final class CurrentState {
    private static final int FETCH = 1_000;

    private static final String ROUTES =
            """
            SELECT <columns> FROM presence stay
            JOIN prefix p ON p.id = stay.prefix_id
            CROSS JOIN LATERAL (SELECT * FROM route_event
                WHERE prefix_id = stay.prefix_id AND rib_id = stay.rib_id ORDER BY at_or_before DESC LIMIT 1) AS e
            <dictionaries>
            WHERE stay.rib_id = ? AND stay.ended_at_or_before IS NULL AND <range>
            ORDER BY p.prefix
            """.replace("<columns>", Events.COLUMNS).replace("<dictionaries>", Events.DICTIONARIES);

    private final DataSource dataSource;

    public CurrentState(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * How far the logs are read: by partition, the first offset that is not in the state, of all partitions that have
     * anything of the scope.
     *
     * @param log of tables
     * @param gaps of what is said of gaps
     */
    public record Positions(SortedMap<Integer, Long> log, SortedMap<Integer, Long> gaps) {}

    /**
     * What is said first.
     *
     * @param network the one that was asked for, or the only one
     */
    public record Header(String network, Positions positions) {}

    /**
     * What is known of a table, before its rows.
     *
     * @param covered in every partition that has anything of it
     * @param unknownBecause why nothing is known after that; empty: nothing failed since
     */
    public record Table(RibId rib, TimeSpans covered, String unknownBecause) {}

    /** Takes the state, piece by piece, at its own pace. */
    public interface Client {
        void header(Header header);

        void table(Table table);

        /** A row of the last table: the last that happened to it, after which it is there. */
        void row(RouteEvent last);

        /** After all tables. */
        void openGap(FinalGaps.Open gap);
    }

    /**
     * Tells all of it.
     *
     * @return the header, once more
     * @throws QueryFailure.NotFound if nobody ever scraped what the scope names
     */
    public Header ask(Scope scope, Duration limit, Client client) throws SQLException {
        try (var transaction = ReadTransaction.begin(dataSource, limit)) {
            var found = Tables.find(transaction, scope.network(), scope.target());
            refuseAlias(scope, found);
            var resolved = scope.in(found.network());
            var tables = found.tables().stream()
                    .filter(table -> resolved.covers(table.rib()))
                    .toList();
            int partitions = transaction.allPartitions().size();
            var ofRoutes = resolved.routePartitions(partitions);
            var all = resolved.partitions(partitions);
            var header = new Header(
                    found.network(),
                    new Positions(transaction.positions(all), FinalGaps.positions(transaction, ofRoutes)));
            client.header(header);
            var knowledge = Knowledge.of(transaction, tables, all);
            for (var table : tables) {
                boolean isSessions = table.rib().view() == View.SESSIONS;
                var covered = knowledge.covered(table, isSessions ? Set.of(Topics.SPOKESMAN) : ofRoutes);
                client.table(new Table(table.rib(), covered, unknownBecause(covered, knowledge.blind(table))));
                if (isSessions) {
                    new SessionEvents(transaction)
                            .last(table).stream()
                                    .filter(event -> event.change().after().isPresent())
                                    .forEach(client::row);
                } else {
                    routes(transaction, table, resolved, client);
                }
            }
            FinalGaps.open(transaction, resolved, client::openGap);
            return header;
        }
    }

    /**
     * A watch goes on without the database, and so without the chain that knows the other names of a node: it is of the one that
     * it names.
     */
    private static void refuseAlias(Scope scope, Tables.Found found) {
        var hops = found.tables().stream().map(table -> table.rib().hop()).toList();
        if (hops.stream().noneMatch(Target.of(scope.target())::includes)) {
            throw new QueryFailure.Invalid("'" + Excerpt.of(scope.target()) + "' is another name of "
                    + hops.stream().map(HopId::node).distinct().collect(Collectors.joining(" and of "))
                    + ", by which it was scraped: watch it by that one");
        }
    }

    private static String unknownBecause(TimeSpans covered, List<BlindMark> marks) {
        var end = Knowledge.end(covered);
        var failed = marks.stream()
                .map(BlindMark::lastFailedAt)
                .max(Comparator.naturalOrder())
                .filter(at -> end.map(at::isAfter).orElse(true));
        return failed.isEmpty() && end.isPresent() ? "" : Why.notObserved(failed.orElse(Instant.MAX), covered, marks);
    }

    private static void routes(ReadTransaction transaction, KnownTable table, Scope scope, Client client)
            throws SQLException {
        var events = new Events(transaction, List.of(table));
        var range = scope.range().map(CurrentState::condition).orElse("true");
        try (var statement = transaction.connection().prepareStatement(ROUTES.replace("<range>", range))) {
            statement.setFetchSize(FETCH);
            statement.setInt(1, table.id());
            if (scope.range().isPresent()) {
                statement.setString(2, scope.range().get().prefix().toString());
            }
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    client.row(events.event(row));
                }
            }
        }
    }

    private static String condition(Scope.Range range) {
        return switch (range.match()) {
            case EXACT -> "p.prefix = CAST(? AS cidr)";
            case MORE_SPECIFIC -> "p.prefix <<= CAST(? AS cidr)";
            case LESS_SPECIFIC, LONGEST -> "p.prefix >>= CAST(? AS cidr)";
        };
    }
}
