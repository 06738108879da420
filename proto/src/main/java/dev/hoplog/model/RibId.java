package dev.hoplog.model;

import java.util.Optional;

/**
 * The unit that is scraped, ordered and diffed: one table of one hop.
 *
 * @param network the namespace of everything else: one cluster or site, or one replayed capture
 * @param routeDistinguisher RFC 4364 text form, where the table has one
 * @param peer the neighbour; present exactly for the adj views
 */
public record RibId(
        String network,
        HopId hop,
        AddressFamily family,
        Optional<String> routeDistinguisher,
        View view,
        Optional<PeerId> peer)
        implements Comparable<RibId> {
    public RibId {
        Name.check("network", network);
        routeDistinguisher.ifPresent(rd -> Name.check("route distinguisher", rd));
        if (view.isAdj() != peer.isPresent()) {
            throw new IllegalArgumentException("the view " + view + (view.isAdj() ? " needs a peer" : " has no peer"));
        }
    }

    /** A table that belongs to no single neighbour and has no route distinguisher. */
    public static RibId of(String network, HopId hop, AddressFamily family, View view) {
        return new RibId(network, hop, family, Optional.empty(), view, Optional.empty());
    }

    public static RibId adj(String network, HopId hop, AddressFamily family, View view, PeerId peer) {
        return new RibId(network, hop, family, Optional.empty(), view, Optional.of(peer));
    }

    /** The key in every topic and store: {@code lab/pve02/frr/vrf_evpnz1/ipv6-unicast/loc-rib}, then peer and RD. */
    public String key() {
        return network + "/" + hop + "/" + family + "/" + view
                + peer.map(p -> "/peer=" + p).orElse("")
                + routeDistinguisher.map(rd -> "/rd=" + rd).orElse("");
    }

    @Override
    public int compareTo(RibId other) {
        return key().compareTo(other.key());
    }

    @Override
    public String toString() {
        return key();
    }
}
