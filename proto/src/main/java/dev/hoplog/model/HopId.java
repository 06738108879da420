package dev.hoplog.model;

/**
 * A routing process on a node, in one VRF or table: {@code pve02/frr/vrf_evpnz1}, {@code pve02/kernel/main}.
 *
 * @param node the host
 * @param daemon the kind of process: frr, bird, gobgp, cilium, talos, kernel
 * @param table the VRF or table inside it
 */
public record HopId(String node, String daemon, String table) implements Comparable<HopId> {
    public HopId {
        Name.check("node", node);
        Name.check("daemon", daemon);
        Name.check("table", table);
    }

    /**
     * Reads {@code node/daemon/table}.
     *
     * @throws IllegalArgumentException if it is not of that form
     */
    public static HopId parse(String text) {
        var parts = text.split("/", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException(
                    "not a hop: '" + Excerpt.of(text) + "' (expected node/daemon/table, such as pve02/frr/vrf_evpnz1)");
        }
        return new HopId(parts[0], parts[1], parts[2]);
    }

    @Override
    public int compareTo(HopId other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return node + "/" + daemon + "/" + table;
    }
}
