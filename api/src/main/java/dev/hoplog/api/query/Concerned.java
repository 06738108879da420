package dev.hoplog.api.query;

import dev.hoplog.api.db.Columns;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.chain.PrefixRange;
import dev.hoplog.model.Prefix;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The prefixes that a chain should carry and that any of its hops ever had. */
final class Concerned {
    /** An answer about more of them would take too long. */
    static final int MOST = 10_000;

    private static final String SQL = """
            SELECT DISTINCT p.prefix::text AS prefix
            FROM unnest(?::cidr[], ?::int4[], ?::int4[]) AS carried (within, least, most)
            JOIN prefix p ON p.prefix <<= carried.within AND masklen(p.prefix) BETWEEN carried.least AND carried.most
            WHERE p.prefix <<= coalesce(CAST(? AS cidr), p.prefix)
                AND EXISTS (SELECT FROM presence WHERE presence.prefix_id = p.id AND presence.rib_id = ANY (?))
            LIMIT ?
            """;

    private Concerned() {}

    /**
     * Finds them.
     *
     * @param within only those inside; empty: all
     * @throws QueryFailure.TooMuch if there are too many
     */
    static SortedSet<Prefix> find(
            ReadTransaction transaction,
            Collection<ChainVersion> versions,
            Collection<KnownTable> deciding,
            Optional<Prefix> within)
            throws SQLException {
        var ranges = new Columns("cidr", "int4", "int4");
        versions.stream()
                .flatMap(version -> version.chain().edges().stream())
                .flatMap(edge -> edge.carries().stream())
                .map(carried -> carried.range())
                .distinct()
                .forEach(range -> row(ranges, range));
        var found = new TreeSet<Prefix>();
        if (ranges.isEmpty()) {
            return found;
        }
        try (var statement = transaction.connection().prepareStatement(SQL)) {
            ranges.bind(statement);
            statement.setString(4, within.map(Prefix::toString).orElse(null));
            statement.setArray(5, Parameters.ids(statement, deciding));
            statement.setInt(6, MOST + 1);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(Prefix.parse(row.getString("prefix")));
                }
            }
        }
        if (found.size() > MOST) {
            throw new QueryFailure.TooMuch("the chain should carry more than " + MOST
                    + " prefixes" + within.map(outer -> " within " + outer).orElse("")
                    + ": ask about one, or about those within a shorter one");
        }
        return found;
    }

    private static void row(Columns ranges, PrefixRange range) {
        ranges.row(range.within().toString(), range.minLength(), range.maxLength());
    }
}
