package dev.hoplog.ingest.parse.bgp;

import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.IpAddress;
import dev.hoplog.model.IpVersion;
import java.util.Arrays;

/**
 * A stretch of octets in network order, read from its start to its end. Where octets are missing, an {@link
 * UnusableOutput} says of what, and at which octet of the whole.
 */
public final class Octets {
    private final byte[] octets;
    private final int end;
    private final String what;
    private int at;

    private Octets(byte[] octets, int at, int end, String what) {
        this.octets = octets;
        this.at = at;
        this.end = end;
        this.what = what;
    }

    /** All of them. They must not change while they are read. */
    public static Octets of(byte[] octets, String what) {
        return new Octets(octets, 0, octets.length, what);
    }

    public boolean isEmpty() {
        return at == end;
    }

    int left() {
        return end - at;
    }

    int uint8() throws UnusableOutput {
        return octets[skip(1)] & 0xFF;
    }

    int uint16() throws UnusableOutput {
        return uint8() << 8 | uint8();
    }

    long uint32() throws UnusableOutput {
        return (long) uint16() << 16 | uint16();
    }

    IpAddress address(IpVersion version) throws UnusableOutput {
        return IpAddress.ofOctets(take(version.octets()));
    }

    byte[] take(int length) throws UnusableOutput {
        int from = skip(length);
        return Arrays.copyOfRange(octets, from, from + length);
    }

    /** The next ones, as a stretch of its own. */
    Octets part(int length, String name) throws UnusableOutput {
        int from = skip(length);
        return new Octets(octets, from, from + length, name);
    }

    /** Checks that what is left consists of whole items, and of at least one. */
    void checkItems(int length) throws UnusableOutput {
        if (isEmpty() || left() % length != 0) {
            throw malformed("a length of " + left() + ", which is no multiple of " + length);
        }
    }

    void checkLength(int length) throws UnusableOutput {
        if (left() != length) {
            throw malformed("a length of " + left() + " in place of " + length);
        }
    }

    UnusableOutput malformed(String problem) {
        return new UnusableOutput(FailureReason.UNPARSABLE, what + ", at octet " + at + ": " + problem);
    }

    private int skip(int length) throws UnusableOutput {
        if (length > left()) {
            throw malformed(length + " octets should follow, and " + left() + " do");
        }
        int from = at;
        at += length;
        return from;
    }
}
