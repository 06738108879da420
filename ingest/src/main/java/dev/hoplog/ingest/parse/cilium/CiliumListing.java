package dev.hoplog.ingest.parse.cilium;

import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.Table;
import java.util.Map;
import java.util.Optional;

/**
 * The routes of one answer, by virtual router, and of an adj-rib by neighbour: an answer may be of several.
 *
 * @param unknownItems keys that the parser did not know and passed over
 */
public record CiliumListing(Map<Key, Table> tables, int unknownItems) {
    /** @param neighbor present exactly in an adj-rib */
    public record Key(TableName table, Optional<PeerId> neighbor) {}

    public CiliumListing {
        tables = Map.copyOf(tables);
    }

    /** A virtual router goes by its AS number, in decimal: the one name that routes, peers and status share. */
    public static String tableOf(long routerAsn) {
        return Long.toString(routerAsn);
    }
}
