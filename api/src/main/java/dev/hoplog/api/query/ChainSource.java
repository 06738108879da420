package dev.hoplog.api.query;

import dev.hoplog.chain.ChainTimeline;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.model.Id;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Where the versions of chains come from. */
interface ChainSource {
    /** As the log has them. */
    ChainSource PROJECTED = new ChainSource() {
        @Override
        public ChainTimeline timeline(ReadTransaction transaction, String network) {
            return ChainTimeline.of(List.of());
        }

        @Override
        public Optional<ChainVersion> version(ReadTransaction transaction, String network, Id id) {
            return Optional.empty();
        }
    };

    /** Those of a network; an empty timeline: none was ever published. */
    ChainTimeline timeline(ReadTransaction transaction, String network) throws SQLException;

    /** One of them, whether or not it is in force at any time. */
    Optional<ChainVersion> version(ReadTransaction transaction, String network, Id id) throws SQLException;
}
