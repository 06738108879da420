package dev.hoplog.api.query;

import dev.hoplog.api.db.Ids;
import dev.hoplog.chain.ChainTimeline;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.model.Id;
import dev.hoplog.wire.ChainCodec;
import dev.hoplog.wire.MalformedRecord;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The chains that were published. */
final class Chains {
    private Chains() {}

    /** All versions of a network, by when they hold. */
    static ChainTimeline of(ReadTransaction transaction, String network) throws SQLException {
        try (var statement =
                transaction.connection().prepareStatement("SELECT octets FROM chain_version WHERE network = ?")) {
            statement.setString(1, network);
            return ChainTimeline.of(versions(statement));
        }
    }

    /** One version of a network, whether or not it still holds at any time. */
    static Optional<ChainVersion> version(ReadTransaction transaction, String network, Id id) throws SQLException {
        try (var statement = transaction
                .connection()
                .prepareStatement("SELECT octets FROM chain_version WHERE network = ? AND version_id = ?")) {
            statement.setString(1, network);
            statement.setObject(2, Ids.uuid(id));
            return versions(statement).stream().findFirst();
        }
    }

    private static List<ChainVersion> versions(PreparedStatement statement) throws SQLException {
        var versions = new ArrayList<ChainVersion>();
        try (var row = statement.executeQuery()) {
            while (row.next()) {
                versions.add(ChainCodec.decode(row.getBytes("octets")));
            }
        } catch (MalformedRecord e) {
            throw new IllegalStateException("a chain that was projected does not decode: " + e.problem(), e);
        }
        return versions;
    }
}
