package dev.hoplog.ingest.read;

import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.HopId;
import dev.hoplog.model.RibId;
import dev.hoplog.model.View;

/** A RIB within its daemon, before anybody says which network and node that daemon is in. */
public record RibName(String table, AddressFamily family, View view) {
    static RibName of(TableName table, View view) {
        return new RibName(table.name(), table.family(), view);
    }

    RibId in(String network, String node, String daemon) {
        return RibId.of(network, new HopId(node, daemon, table), family, view);
    }
}
