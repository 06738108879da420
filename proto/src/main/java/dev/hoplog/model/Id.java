package dev.hoplog.model;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** 16 octets of a hash that name a snapshot or an event: the same whenever the same input is read. */
public record Id(long high, long low) {
    public static final int OCTETS = 16;

    /**
     * Takes the first 16 octets.
     *
     * @throws IllegalArgumentException if there are fewer than 16 octets
     */
    public static Id ofOctets(byte[] octets) {
        if (octets.length < OCTETS) {
            throw new IllegalArgumentException("an id has " + OCTETS + " octets, not " + octets.length);
        }
        var words = ByteBuffer.wrap(octets);
        return new Id(words.getLong(), words.getLong());
    }

    public byte[] octets() {
        return ByteBuffer.allocate(OCTETS).putLong(high).putLong(low).array();
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(octets());
    }
}
