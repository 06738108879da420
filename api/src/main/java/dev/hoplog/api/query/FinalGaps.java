package dev.hoplog.api.query;

import dev.hoplog.api.db.Columns;
import dev.hoplog.api.db.Ids;
import dev.hoplog.api.db.Times;
import dev.hoplog.api.projector.GapBatch;
import dev.hoplog.api.projector.Logged;
import dev.hoplog.api.query.ExplainedGap.ExplainedCause;
import dev.hoplog.chain.ChainTimeline;
import dev.hoplog.gap.Break;
import dev.hoplog.gap.Cause;
import dev.hoplog.gap.Explanation;
import dev.hoplog.gap.Gap;
import dev.hoplog.gap.GapEvent;
import dev.hoplog.log.GapEntry;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Id;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.TimeSpan;
import dev.hoplog.model.TimeSpans;
import dev.hoplog.wire.GapCodec;
import dev.hoplog.wire.MalformedRecord;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** What is said of gaps for good, as it is projected. */
public final class FinalGaps {
    /** So many are read at once. */
    private static final int CHUNK = 256;

    private static final String HEAD =
            "g.gap_id, g.network, g.prefix::text AS prefix, g.hop, g.kind, g.opened_after, g.opened_at_or_before,"
                    + " g.chain_version_id, ARRAY(SELECT hop FROM gap_affected a WHERE a.gap_id = g.gap_id) AS affected";

    private static final String OPEN = "SELECT " + HEAD + ", (SELECT suspended_from FROM gap_suspension s"
            + " WHERE s.gap_id = g.gap_id AND s.resumed_from IS NULL) AS suspended_from"
            + " FROM gap g WHERE g.network = ? AND g.ending IS NULL ORDER BY g.opened_at_or_before, g.prefix, g.hop";

    private static final String BREAKS =
            "SELECT gap_id, hops FROM gap_break WHERE gap_id = ANY (?) ORDER BY gap_id, ordinal";

    private static final String CAUSES =
            "SELECT DISTINCT ON (gap_id, break_ordinal) gap_id, octets FROM gap_explanation"
                    + " WHERE gap_id = ANY (?) ORDER BY gap_id, break_ordinal, explained_from DESC";

    /** What is said of a prefix is in the order of time: of an instant before this one nothing more will be. */
    private static final String SAID_TO = """
            SELECT g.prefix::text AS prefix, greatest(
                max(g.certain_at),
                max(g.ended_at_or_before),
                max((SELECT max(greatest(s.suspended_from, s.resumed_from)) FROM gap_suspension s WHERE s.gap_id = g.gap_id)))
                AS said_to
            FROM gap g WHERE g.network = ? AND g.prefix = ANY (?::cidr[]) GROUP BY g.prefix
            """;

    private static final String[] PLACE = {"uuid", "int8"};
    /** Only where the log has an event first: whatever stands further on is a repetition. */
    private static final String SAID = "SELECT e.event_id, " + HEAD + " FROM " + Columns.unnest(PLACE)
            + " AS said (event_id, log_offset) JOIN gap_event e USING (event_id, log_offset) JOIN gap g USING (gap_id)";

    private final DataSource dataSource;
    private final Duration limit;

    /** @param limit for each question */
    public FinalGaps(DataSource dataSource, Duration limit) {
        this.dataSource = dataSource;
        this.limit = limit;
    }

    /** What never changes of a gap. */
    public record Head(Id id, Gap.Kind kind, Prefix prefix, HopId hop, Bounds opened, Id chainVersion) {}

    /**
     * A gap that has not ended.
     *
     * @param affected by name
     * @param causes the last that was said of each break
     * @param ceased where that is that nothing is proven: what was before; by break
     * @param suspendedFrom since when an end of it is not observed; empty: both are
     */
    public record Open(
            Head head,
            List<Break> breaks,
            SortedSet<HopId> affected,
            List<ExplainedCause> causes,
            Map<Break, Cause> ceased,
            Optional<Instant> suspendedFrom) {}

    /**
     * What happened to a gap.
     *
     * @param cause what an explanation says
     * @param ceased where that is that nothing is proven from then on: what was before
     */
    public record Said(Head head, GapEntry entry, Optional<ExplainedCause> cause, Optional<Cause> ceased) {}

    /** A head, and what it takes to say whether a scope has it. */
    private record Found(Head head, SortedSet<HopId> affected) {
        boolean isOf(Scope scope) {
            var target = Target.of(scope.target());
            return target.includes(head.hop()) || affected.stream().anyMatch(target::includes);
        }
    }

    /** By partition: the first offset of the log of gaps that is not projected. */
    static SortedMap<Integer, Long> positions(ReadTransaction transaction, Collection<Integer> partitions)
            throws SQLException {
        var positions = known(transaction, partitions);
        partitions.forEach(partition -> positions.putIfAbsent(partition, 0L));
        return positions;
    }

    /** The same of those partitions that were ever looked at. */
    static SortedMap<Integer, Long> known(ReadTransaction transaction, Collection<Integer> partitions)
            throws SQLException {
        var positions = new TreeMap<Integer, Long>();
        try (var statement = transaction
                .connection()
                .prepareStatement(
                        "SELECT log_partition, next_offset FROM gap_position WHERE log_partition = ANY (?)")) {
            statement.setArray(1, Parameters.ints(statement, partitions));
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    positions.put(row.getInt("log_partition"), row.getLong("next_offset"));
                }
            }
        }
        return positions;
    }

    /** Of those that were said to have opened: whether they were said to have ended. */
    static Map<Id, Boolean> ended(ReadTransaction transaction, Collection<Gap> of) throws SQLException {
        var ended = new HashMap<Id, Boolean>();
        try (var statement = transaction
                .connection()
                .prepareStatement("SELECT gap_id, ending IS NOT NULL AS ended FROM gap WHERE gap_id = ANY (?)")) {
            statement.setArray(1, ids(transaction, of.stream().map(Gap::id).toList()));
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    ended.put(id(row, "gap_id"), row.getBoolean("ended"));
                }
            }
        }
        return ended;
    }

    /** Of some prefixes the last instant of which something is said of a gap, as far as that goes. */
    static Map<Prefix, Instant> saidTo(ReadTransaction transaction, String network, Collection<Prefix> prefixes)
            throws SQLException {
        var saidTo = new HashMap<Prefix, Instant>();
        try (var statement = transaction.connection().prepareStatement(SAID_TO)) {
            statement.setString(1, network);
            statement.setArray(
                    2,
                    transaction
                            .connection()
                            .createArrayOf(
                                    "text",
                                    prefixes.stream().map(Prefix::toString).toArray(String[]::new)));
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    saidTo.put(Prefix.parse(row.getString("prefix")), Times.instant(row, "said_to"));
                }
            }
        }
        return saidTo;
    }

    /** Tells those of a scope that are open, by when they opened. */
    static void open(ReadTransaction transaction, Scope scope, Consumer<Open> told) throws SQLException {
        var found = new LinkedHashMap<Found, Optional<Instant>>();
        try (var statement = transaction.connection().prepareStatement(OPEN)) {
            statement.setString(1, scope.network());
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    var one = found(row);
                    if (scope.covers(one.head().prefix()) && one.isOf(scope)) {
                        found.put(one, Times.optionalInstant(row, "suspended_from"));
                    }
                }
            }
        }
        var chains = found.isEmpty() ? ChainTimeline.of(List.of()) : Chains.of(transaction, scope.network());
        var all = List.copyOf(found.keySet());
        for (int from = 0; from < all.size(); from += CHUNK) {
            var some = all.subList(from, Math.min(all.size(), from + CHUNK));
            var breaks = breaks(transaction, some);
            var explained = explained(transaction, some);
            var before = CeasedCauses.before(
                    transaction,
                    explained.values().stream().flatMap(List::stream).toList());
            for (var one : some) {
                var said = explained.getOrDefault(one.head().id(), List.of());
                told.accept(new Open(
                        one.head(),
                        breaks.getOrDefault(one.head().id(), List.of()),
                        one.affected(),
                        said.stream()
                                .flatMap(entry -> cause(entry, chains).stream())
                                .toList(),
                        ceased(said, before),
                        found.getOrDefault(one, Optional.empty())));
            }
        }
    }

    private static Map<Id, List<Break>> breaks(ReadTransaction transaction, List<Found> of) throws SQLException {
        var breaks = new HashMap<Id, List<Break>>();
        try (var statement = transaction.connection().prepareStatement(BREAKS)) {
            statement.setArray(1, ids(transaction, ids(of)));
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    breaks.computeIfAbsent(id(row, "gap_id"), gap -> new ArrayList<>())
                            .add(new Break(hops(row, "hops")));
                }
            }
        }
        return breaks;
    }

    /** The last that was said of each break, by gap. */
    private static Map<Id, List<GapEntry>> explained(ReadTransaction transaction, List<Found> of) throws SQLException {
        var said = new HashMap<Id, List<GapEntry>>();
        try (var statement = transaction.connection().prepareStatement(CAUSES)) {
            statement.setArray(1, ids(transaction, ids(of)));
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    var entry = GapCodec.decode(row.getBytes("octets"));
                    said.computeIfAbsent(entry.event().gap(), gap -> new ArrayList<>())
                            .add(entry);
                }
            }
        } catch (MalformedRecord e) {
            throw new IllegalStateException("an explanation that was projected does not decode: " + e.problem(), e);
        }
        return said;
    }

    private static Map<Break, Cause> ceased(List<GapEntry> said, Map<Id, Cause> before) {
        var ceased = new HashMap<Break, Cause>();
        for (var entry : said) {
            var cause = before.get(entry.id());
            if (cause != null && entry.event() instanceof GapEvent.Explained explained) {
                ceased.put(explained.at(), cause);
            }
        }
        return ceased;
    }

    private static Optional<ExplainedCause> cause(GapEntry entry, ChainTimeline chains) {
        if (!(entry.event() instanceof GapEvent.Explained said)) {
            return Optional.empty();
        }
        var explanation = new Explanation(
                said.at(),
                said.cause(),
                TimeSpans.of(new TimeSpan(said.from(), Instant.MAX)),
                said.evidence(),
                said.lacking(),
                said.onward());
        return Optional.of(new ExplainedCause(
                explanation, ExplainedGap.required(chains.at(said.from()), entry.prefix(), explanation, said.from())));
    }

    /**
     * What of a stretch of the log of gaps is to be told: of a scope, and for the first time.
     *
     * @param scope of a network
     * @return by offset; empty: the projection has not come so far, so nobody can say
     */
    public Optional<SortedMap<Long, Said>> said(Scope scope, GapBatch batch) throws SQLException {
        var said = new TreeMap<Long, Said>();
        var places = new Columns(PLACE);
        var entries = new HashMap<UUID, Logged<GapEntry>>();
        batch.entries().stream().filter(logged -> scope.covers(logged.entry())).forEach(logged -> {
            var event = Ids.uuid(logged.entry().id());
            entries.putIfAbsent(event, logged);
            places.row(event, logged.offset());
        });
        if (places.isEmpty()) {
            return Optional.of(said);
        }
        try (var transaction = ReadTransaction.begin(dataSource, limit)) {
            if (positions(transaction, List.of(batch.partition())).getOrDefault(batch.partition(), 0L) < batch.to()) {
                return Optional.empty();
            }
            var chains = Chains.of(transaction, scope.network());
            var before = CeasedCauses.before(
                    transaction, entries.values().stream().map(Logged::entry).toList());
            try (var statement = transaction.connection().prepareStatement(SAID)) {
                places.bind(statement);
                try (var row = statement.executeQuery()) {
                    while (row.next()) {
                        var found = found(row);
                        var logged = entries.get(row.getObject("event_id", UUID.class));
                        if (logged != null && found.isOf(scope)) {
                            said.put(
                                    logged.offset(),
                                    new Said(
                                            found.head(),
                                            logged.entry(),
                                            cause(logged.entry(), chains),
                                            Optional.ofNullable(
                                                    before.get(logged.entry().id()))));
                        }
                    }
                }
            }
        }
        return Optional.of(said);
    }

    private static Found found(ResultSet row) throws SQLException {
        var head = new Head(
                id(row, "gap_id"),
                GapCodec.KINDS.decode(row.getInt("kind")),
                Prefix.parse(row.getString("prefix")),
                HopId.parse(row.getString("hop")),
                new Bounds(
                        Times.open(row, "opened_after"), Times.instant(row, "opened_at_or_before"), Optional.empty()),
                id(row, "chain_version_id"));
        return new Found(head, new TreeSet<>(hops(row, "affected")));
    }

    private static Id id(ResultSet row, String column) throws SQLException {
        return Ids.id(row.getObject(column, UUID.class));
    }

    private static List<HopId> hops(ResultSet row, String column) throws SQLException {
        return Arrays.stream((String[]) row.getArray(column).getArray())
                .map(HopId::parse)
                .toList();
    }

    private static List<Id> ids(List<Found> of) {
        return of.stream().map(one -> one.head().id()).toList();
    }

    private static Array ids(ReadTransaction transaction, List<Id> of) throws SQLException {
        return transaction
                .connection()
                .createArrayOf("uuid", of.stream().map(Ids::uuid).toArray(UUID[]::new));
    }
}
