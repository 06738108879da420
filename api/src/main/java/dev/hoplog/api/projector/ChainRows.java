package dev.hoplog.api.projector;

import dev.hoplog.api.db.Columns;
import dev.hoplog.api.db.Ids;
import dev.hoplog.api.db.Times;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.log.LogEntry.ChainPublished;
import dev.hoplog.model.Id;
import dev.hoplog.wire.ChainCodec;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;

/** Chains as they were published: table {@code chain_version}. One that is published again holds from its last publication. */
final class ChainRows implements Rows {
    private static final String[] TYPES = {"text", "uuid", "timestamptz", "timestamptz", "bytea"};
    private static final String UPSERT =
            "INSERT INTO chain_version (network, version_id, in_force_from, published_at, octets) SELECT * FROM "
                    + Columns.unnest(TYPES)
                    + """
                     ON CONFLICT (network, version_id) DO UPDATE
                    SET published_at = excluded.published_at, octets = excluded.octets
                    WHERE excluded.published_at > chain_version.published_at
                    """;

    @Override
    public void write(Connection connection, Batch batch, Surrogates surrogates) throws SQLException {
        var last = new LinkedHashMap<Id, ChainVersion>();
        for (var logged : batch.multicast(ChainPublished.class)) {
            var version = logged.entry().version();
            last.merge(
                    version.id(),
                    version,
                    (one, other) -> other.publishedAt().isAfter(one.publishedAt()) ? other : one);
        }
        var rows = new Columns(TYPES);
        last.values()
                .forEach(version -> rows.row(
                        version.network(),
                        Ids.uuid(version.id()),
                        version.inForceFrom().map(Times::text).orElse(Times.OPEN),
                        Times.text(version.publishedAt()),
                        ChainCodec.encode(version)));
        rows.update(connection, UPSERT);
    }
}
