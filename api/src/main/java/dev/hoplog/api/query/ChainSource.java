package dev.hoplog.api.query;

import dev.hoplog.chain.ChainTimeline;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.model.Id;
import java.sql.SQLException;
import java.util.Optional;

/** Where the versions of chains come from. */
interface ChainSource {
    /** As the log has them. */
    ChainSource PROJECTED = new ChainSource() {
        @Override
        public ChainTimeline timeline(ReadTransaction transaction, String network) throws SQLException {
            return Chains.of(transaction, network);
        }

        @Override
        public Optional<ChainVersion> version(ReadTransaction transaction, String network, Id id) throws SQLException {
            return Chains.version(transaction, network, id);
        }
    };

    /** Those of a network; an empty timeline: none was ever published. */
    ChainTimeline timeline(ReadTransaction transaction, String network) throws SQLException;

    /** One of them, whether or not it is in force at any time. */
    Optional<ChainVersion> version(ReadTransaction transaction, String network, Id id) throws SQLException;
}
