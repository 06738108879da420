package dev.hoplog.model;

import java.util.Arrays;

/** AFI and SAFI (RFC 4760), for the families that Hoplog knows. */
public enum AddressFamily {
    IPV4_UNICAST(1, 1, IpVersion.V4, "ipv4-unicast"),
    IPV6_UNICAST(2, 1, IpVersion.V6, "ipv6-unicast");

    private final int afi;
    private final int safi;
    private final IpVersion version;
    private final String text;

    AddressFamily(int afi, int safi, IpVersion version, String text) {
        this.afi = afi;
        this.safi = safi;
        this.version = version;
        this.text = text;
    }

    public int afi() {
        return afi;
    }

    public int safi() {
        return safi;
    }

    /** The version of its prefixes. Next hops may differ (RFC 8950). */
    public IpVersion version() {
        return version;
    }

    /** The unicast family of an IP version. */
    public static AddressFamily unicast(IpVersion version) {
        return version == IpVersion.V4 ? IPV4_UNICAST : IPV6_UNICAST;
    }

    public static AddressFamily of(int afi, int safi) {
        return Arrays.stream(values())
                .filter(f -> f.afi == afi && f.safi == safi)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown address family " + afi + "/" + safi));
    }

    public static AddressFamily parse(String text) {
        return Arrays.stream(values())
                .filter(f -> f.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown address family '" + Excerpt.of(text) + "'"));
    }

    @Override
    public String toString() {
        return text;
    }
}
