package dev.hoplog.ingest.read;

import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.HopId;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.RibId;
import dev.hoplog.model.View;
import java.util.Optional;

/**
 * A RIB within its daemon, before anybody says which network and node that daemon is in.
 *
 * @param peer the neighbour; present exactly for the adj views
 */
public record RibName(String table, AddressFamily family, View view, Optional<PeerId> peer) {
    public RibName {
        if (view.isAdj() != peer.isPresent()) {
            throw new IllegalArgumentException("the view " + view + (view.isAdj() ? " needs a peer" : " has no peer"));
        }
    }

    /** A table that belongs to no single neighbour. */
    static RibName of(TableName table, View view) {
        return new RibName(table.name(), table.family(), view, Optional.empty());
    }

    static RibName adj(TableName table, View view, PeerId peer) {
        return new RibName(table.name(), table.family(), view, Optional.of(peer));
    }

    RibId in(String network, String node, String daemon) {
        return new RibId(network, new HopId(node, daemon, table), family, Optional.empty(), view, peer);
    }
}
