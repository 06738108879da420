package dev.hoplog.api.query;

import dev.hoplog.chain.ChainVersion;
import dev.hoplog.gap.EdgeUses;
import dev.hoplog.gap.EdgeUses.EdgeUse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** How a chain, published or not, fits what was ever observed in its network. */
public final class ChainCheck {
    private final DataSource dataSource;

    public ChainCheck(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Each edge, in the order of the chain. */
    public record Answer(String network, List<EdgeUse> edges, Completeness completeness) {}

    /**
     * Judges all that was observed by it, whatever it says of when it holds.
     *
     * @throws QueryFailure.TooMuch if there are too many prefixes that it should carry
     */
    public Answer ask(ChainVersion version, Duration limit) throws SQLException {
        try (var transaction = ReadTransaction.begin(dataSource, limit)) {
            var found = Tables.find(transaction, version.network(), "");
            var search = GapSearch.as(transaction, version, found.tables());
            var prefixes = Concerned.find(
                    transaction, List.of(version), search.tables().deciding(), Optional.empty());
            prefixes.addAll(EdgeUses.probes(version.chain()));
            var uses = new EdgeUses(version.chain());
            search.tally(prefixes, uses);
            return new Answer(found.network(), uses.all(), search.completeness(prefixes));
        }
    }
}
