package dev.hoplog.api.query;

import dev.hoplog.log.LogEntry.BlindMark;
import dev.hoplog.model.Excerpt;
import dev.hoplog.model.TimeSpans;
import java.sql.SQLException;
import java.util.List;

/**
 * The one table that a question is about, and what is known of the whole of it.
 *
 * @param covered in every partition of the log
 */
record AskedTable(KnownTable table, TimeSpans covered, List<BlindMark> blind, Completeness completeness) {
    static AskedTable find(ReadTransaction transaction, String network, RibSelector rib) throws SQLException {
        var table = rib.among(ofOneHop(rib.hop(), Tables.find(transaction, network, rib.hop())));
        var partitions = transaction.allPartitions();
        var knowledge = Knowledge.of(transaction, List.of(table), partitions);
        var covered = knowledge.covered(table, partitions);
        return new AskedTable(
                table,
                covered,
                knowledge.blind(table),
                new Completeness(Knowledge.end(covered), transaction.positions(partitions)));
    }

    /** Those of the hop of that very name or, if there is none, of the one that was scraped by another name of its node. */
    private static List<KnownTable> ofOneHop(String hop, Tables.Found found) {
        var named = Target.of(hop).among(found.tables());
        if (!named.isEmpty()) {
            return named;
        }
        var hops = found.tables().stream()
                .map(table -> table.rib().hop().toString())
                .distinct()
                .toList();
        if (hops.size() > 1) {
            throw new QueryFailure.Invalid("nothing was scraped as " + Excerpt.of(hop)
                    + ", and under other names of its node there is more than one: name one of "
                    + String.join(", ", hops));
        }
        return found.tables();
    }
}
