package dev.hoplog.model;

import com.google.common.net.InetAddresses;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * An IPv4 or IPv6 address without zone.
 *
 * <p>The bits stand left-aligned in {@code high} and {@code low}; an IPv4 address uses the upper half of {@code high}.
 * An IPv4-mapped IPv6 address stays IPv6: a router that prints {@code ::ffff:192.0.2.1} means that.
 */
public record IpAddress(IpVersion version, long high, long low) implements Comparable<IpAddress> {
    public IpAddress {
        if (version == IpVersion.V4 && (low != 0 || (high & 0xFFFF_FFFFL) != 0)) {
            throw new IllegalArgumentException("bits beyond the 32 of an IPv4 address");
        }
    }

    /**
     * Reads the usual text forms, without a zone, a port or a mask.
     *
     * @throws IllegalArgumentException if the text is no IP address
     */
    public static IpAddress parse(String text) {
        if (text.indexOf('%') >= 0 || !InetAddresses.isInetAddress(text)) {
            throw new IllegalArgumentException("not an IP address: '" + Excerpt.of(text) + "'");
        }
        var octets = InetAddresses.forString(text).getAddress();
        boolean mapped = octets.length == 4 && text.indexOf(':') >= 0;
        return mapped
                ? new IpAddress(
                        IpVersion.V6,
                        0,
                        0xFFFF_0000_0000L | (ByteBuffer.wrap(octets).getInt() & 0xFFFF_FFFFL))
                : ofOctets(octets);
    }

    /** From 4 or 16 octets in network order. */
    public static IpAddress ofOctets(byte[] octets) {
        var version = IpVersion.ofOctets(octets.length);
        var buffer = ByteBuffer.wrap(octets);
        return version == IpVersion.V4
                ? new IpAddress(version, (long) buffer.getInt() << 32, 0)
                : new IpAddress(version, buffer.getLong(), buffer.getLong());
    }

    /** 4 or 16 octets in network order. */
    public byte[] octets() {
        return version == IpVersion.V4
                ? ByteBuffer.allocate(4).putInt((int) (high >>> 32)).array()
                : ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    }

    /** fe80::/10 (RFC 4291 section 2.5.6). */
    public boolean isLinkLocal() {
        return version == IpVersion.V6 && high >>> 54 == 0xFE80L >>> 6;
    }

    /** 0.0.0.0 or ::, by which routers say "my own". */
    public boolean isUnspecified() {
        return high == 0 && low == 0;
    }

    @Override
    public int compareTo(IpAddress other) {
        int byVersion = version.compareTo(other.version);
        int byHigh = Long.compareUnsigned(high, other.high);
        return byVersion != 0 ? byVersion : byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    /** The canonical text: dotted decimal, or RFC 5952. */
    @Override
    public String toString() {
        try {
            InetAddress address = version == IpVersion.V4
                    ? Inet4Address.getByAddress(octets())
                    : Inet6Address.getByAddress(null, octets(), -1);
            return InetAddresses.toAddrString(address);
        } catch (UnknownHostException e) {
            throw new AssertionError("octets() has 4 or 16 octets", e);
        }
    }
}
