package dev.hoplog.ingest.parse.cilium;

import dev.hoplog.ingest.parse.ParsedOutput;
import dev.hoplog.ingest.parse.UnplacedPeer;
import java.util.List;
import java.util.Map;

/**
 * The sessions of one answer.
 *
 * @param output by virtual router and family
 * @param unplaced by virtual router, those of which the answer says no family
 */
public record CiliumNeighbours(ParsedOutput output, Map<String, List<UnplacedPeer>> unplaced) {
    public CiliumNeighbours {
        unplaced = Map.copyOf(unplaced);
    }
}
