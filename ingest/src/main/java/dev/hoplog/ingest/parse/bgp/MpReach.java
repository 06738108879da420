package dev.hoplog.ingest.parse.bgp;

import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.IpAddress;
import dev.hoplog.model.IpVersion;
import dev.hoplog.model.Prefix;
import java.util.List;
import java.util.stream.Stream;

/**
 * MP_REACH_NLRI (RFC 4760), for unicast.
 *
 * @param nextHops an address of either version (RFC 8950 sends IPv4 prefixes to an IPv6 next hop); two are a global and a
 *     link-local one (RFC 2545)
 */
public record MpReach(AddressFamily family, List<IpAddress> nextHops, List<Nlri> nlri) {
    static MpReach read(Octets in, boolean addPath) throws UnusableOutput {
        int afi = in.uint16();
        int safi = in.uint8();
        var family = Stream.of(AddressFamily.values())
                .filter(known -> known.afi() == afi && known.safi() == safi)
                .findFirst()
                .orElseThrow(() -> in.malformed("the address family " + afi + "/" + safi + ", which nobody asked for"));
        var nextHops = nextHops(in.part(in.uint8(), "the next hop of MP_REACH_NLRI"));
        in.take(1); // reserved
        return new MpReach(family, nextHops, Nlri.readAll(in, family.version(), addPath));
    }

    private static List<IpAddress> nextHops(Octets in) throws UnusableOutput {
        return switch (in.left()) {
            case 4 -> List.of(in.address(IpVersion.V4));
            case 16 -> List.of(in.address(IpVersion.V6));
            case 32 -> List.of(in.address(IpVersion.V6), in.address(IpVersion.V6));
            default -> throw in.malformed("a next hop of " + in.left() + " octets");
        };
    }

    /** Whether one of its prefixes is that one, or it names none. */
    public boolean isOf(Prefix prefix) {
        return nlri.isEmpty() || nlri.stream().anyMatch(n -> n.prefix().equals(prefix));
    }
}
