package dev.hoplog.api.query;

import dev.hoplog.api.history.BlindSpells;
import dev.hoplog.api.history.BlindSpells.BlindSpell;
import dev.hoplog.api.history.Why;
import dev.hoplog.api.history.Window;
import dev.hoplog.history.RouteHistory;
import dev.hoplog.history.Truth;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.RibId;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** What differs in a table between two times. */
public final class RibDiff {
    private final DataSource dataSource;

    public RibDiff(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** What is asked; {@code from} is earlier than {@code to}. */
    public record Question(String network, RibSelector rib, Instant from, Instant to) {
        public Question {
            if (!from.isBefore(to)) {
                throw new QueryFailure.Invalid("from is " + from + " and to is " + to + ": from must be earlier");
            }
        }
    }

    /**
     * What is said before any row.
     *
     * @param unknownBecause empty: the table was observed at both instants
     * @param blind between them
     */
    public record Header(
            RibId rib, Optional<String> unknownBecause, List<BlindSpell> blind, Completeness completeness) {}

    /**
     * A row that changed between the two instants, or may have, even if it is as it was.
     *
     * @param lastSeen what was last seen of it up to the second instant, or around it
     * @param changes whose bounds meet the time between
     */
    public record Difference(Truth before, Truth after, Seen lastSeen, int changes) {}

    /** Takes the answer, piece by piece, at its own pace. */
    public interface Client {
        void header(Header header);

        void row(RibId rib, Difference difference);
    }

    public void ask(Question question, Duration limit, Client client) throws SQLException {
        try (var transaction = ReadTransaction.begin(dataSource, limit)) {
            var asked = AskedTable.find(transaction, question.network(), question.rib());
            var table = asked.table();
            var covered = asked.covered();
            var unobserved = List.of(question.from(), question.to()).stream()
                    .filter(instant -> !covered.contains(instant))
                    .findFirst();
            var window = new Window(Optional.of(question.from()), Optional.of(question.to()));
            client.header(new Header(
                    table.rib(),
                    unobserved.map(instant -> "at " + instant + " " + Why.notObserved(instant, covered, asked.blind())),
                    BlindSpells.in(window, covered, asked.blind(), Optional.empty()),
                    asked.completeness()));
            if (unobserved.isEmpty()) {
                var view = table.rib().view();
                new RowsAround(transaction, table)
                        .between(
                                question.from(),
                                question.to(),
                                (before, after, changes) -> client.row(
                                        table.rib(),
                                        new Difference(
                                                new RouteHistory(view, before, covered).at(question.from()),
                                                new RouteHistory(view, after, covered).at(question.to()),
                                                lastSeen(after),
                                                changes)));
            }
        }
    }

    /** A row that changed between the two instants has a change up to the second one, or around it. */
    private static Seen lastSeen(List<RouteEvent> after) {
        var last = after.getLast().change();
        return last.after().or(last::before).orElseThrow();
    }
}
