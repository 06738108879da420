package dev.hoplog.model;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What identifies a row within its RIB: the NLRI octets of a prefix (RFC 4271 section 4.3), or, in a session table,
 * {@code 'p'} and the peer's text, or {@code 'd'} alone for the daemon.
 *
 * <p>Ordered bytewise, unsigned: the canonical order of rows.
 */
public final class RowKey implements Comparable<RowKey> {
    private static final byte PEER = 'p';
    private static final RowKey DAEMON = new RowKey(new byte[] {'d'});

    private final byte[] octets;

    private RowKey(byte[] octets) {
        this.octets = octets;
    }

    public static RowKey of(Prefix prefix) {
        return new RowKey(prefix.nlri());
    }

    public static RowKey of(PeerId peer) {
        var text = peer.toString().getBytes(StandardCharsets.UTF_8);
        var octets = new byte[text.length + 1];
        octets[0] = PEER;
        System.arraycopy(text, 0, octets, 1, text.length);
        return new RowKey(octets);
    }

    public static RowKey daemon() {
        return DAEMON;
    }

    public static RowKey ofOctets(byte[] octets) {
        return new RowKey(octets.clone());
    }

    public byte[] octets() {
        return octets.clone();
    }

    /**
     * The leaf that holds the row: the upper 16 bits of its Murmur3 hash (x86, 32 bits, seed 0), 0 to 65535. The same
     * for every RIB for ever: it is part of the wire format.
     */
    public int leaf() {
        return hashCode() >>> 16;
    }

    @Override
    public int compareTo(RowKey other) {
        return Arrays.compareUnsigned(octets, other.octets);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RowKey key && Arrays.equals(octets, key.octets);
    }

    /** The hash that leaves go by: neighbouring prefixes differ in few bits, which a plainer one would not spread. */
    @Override
    public int hashCode() {
        return Hashing.murmur3_32_fixed().hashBytes(octets).asInt();
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(octets);
    }
}
