package dev.hoplog.api.query;

import dev.hoplog.api.history.Why;
import dev.hoplog.history.RouteHistory;
import dev.hoplog.history.Truth;
import dev.hoplog.model.RibId;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;

/** A whole table, now or as of a time. */
public final class RibDump {
    private final DataSource dataSource;

    public RibDump(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * What is asked.
     *
     * @param asOf empty: the end of what is known of the table
     */
    public record Question(String network, RibSelector rib, Optional<Instant> asOf) {}

    /**
     * What is said before any row.
     *
     * @param asOf the instant that the answer is about; empty: nothing is known of the table
     * @param unknownBecause empty: the table was observed at that instant
     */
    public record Header(
            RibId rib, Optional<Instant> asOf, Optional<String> unknownBecause, Completeness completeness) {}

    /** Takes the answer, piece by piece, at its own pace. */
    public interface Client {
        void header(Header header);

        /** A row that was there, or may have been: present or undecided. */
        void row(RibId rib, Truth truth);
    }

    public void ask(Question question, Duration limit, Client client) throws SQLException {
        try (var transaction = ReadTransaction.begin(dataSource, limit)) {
            var asked = AskedTable.find(transaction, question.network(), question.rib());
            var table = asked.table();
            var covered = asked.covered();
            var asOf = question.asOf().or(() -> Knowledge.end(covered));
            var observed = asOf.filter(covered::contains);
            client.header(new Header(
                    table.rib(),
                    asOf,
                    observed.isPresent()
                            ? Optional.empty()
                            : Optional.of(Why.notObserved(asOf.orElse(Instant.MAX), covered, asked.blind())),
                    asked.completeness()));
            if (observed.isPresent()) {
                new RowsAround(transaction, table).at(observed.get(), (events, none, changes) -> {
                    var truth = new RouteHistory(table.rib().view(), events, covered).at(observed.get());
                    if (!(truth instanceof Truth.Absent)) {
                        client.row(table.rib(), truth);
                    }
                });
            }
        }
    }
}
