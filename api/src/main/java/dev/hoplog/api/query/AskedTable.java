package dev.hoplog.api.query;

import dev.hoplog.log.LogEntry.BlindMark;
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
        var table = rib.among(Tables.find(transaction, network, rib.hop()).tables());
        var partitions = transaction.allPartitions();
        var knowledge = Knowledge.of(transaction, List.of(table), partitions);
        var covered = knowledge.covered(table, partitions);
        return new AskedTable(
                table,
                covered,
                knowledge.blind(table),
                new Completeness(Knowledge.end(covered), transaction.positions(partitions)));
    }
}
