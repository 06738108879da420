package dev.hoplog.ingest.parse.frr;

import dev.hoplog.ingest.parse.JsonObject;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.IpAddress;
import dev.hoplog.model.NextHop;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The list {@code nexthops} of a path. A path learnt with a global and a link-local next hop has both. On an unnumbered
 * session both entries may carry the same link-local address, the first labelled {@code "scope":"global"} by 8.4 to 10.3:
 * the label is not to be trusted, and the two are one next hop. The interface stands in the link-local entry from 10.3 on.
 */
final class FrrNextHops {
    private static final Set<String> KNOWN = Set.of(
            "ip",
            "hostname",
            "afi",
            "scope",
            "metric",
            "accessible",
            "used",
            "interface",
            "importCheckEnabled",
            "linkLocalOnly",
            "length");

    private final Map<IpAddress, Optional<String>> interfaces = new LinkedHashMap<>();
    private int unknown;

    static FrrNextHops of(JsonObject path) throws UnusableOutput {
        var result = new FrrNextHops();
        for (var entry : path.objects("nexthops")) {
            result.unknown += entry.unknownKeys(KNOWN);
            var ip = entry.text("ip");
            if (ip.isEmpty()) {
                result.unknown++;
                continue;
            }
            var address = IpAddress.parse(ip.get());
            var named = entry.text("interface").filter(name -> address.isLinkLocal());
            result.interfaces.merge(address, named, (earlier, later) -> earlier.or(() -> later));
        }
        return result;
    }

    /** The interface behind a link-local address, as far as the list says it. */
    Optional<String> interfaceOf(IpAddress address) {
        return interfaces.getOrDefault(address, Optional.empty());
    }

    /** All of them; a link-local one without interface lies behind the peer's. */
    List<NextHop> list(Optional<String> peerInterface) {
        List<NextHop> nextHops = new ArrayList<>();
        interfaces.forEach((address, named) -> {
            var interfaceName = named.or(() -> peerInterface.filter(i -> address.isLinkLocal()));
            nextHops.add(new NextHop(Optional.of(address), interfaceName, Optional.empty()));
        });
        return nextHops;
    }

    int unknown() {
        return unknown;
    }
}
