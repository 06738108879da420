package dev.hoplog.model;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * An IP prefix without host bits: {@code fd00:101:224::/64}, {@code 192.0.2.0/24}.
 *
 * <p>Ordered by version, address, length: a prefix stands before the more specific ones inside it.
 */
public record Prefix(IpAddress address, int length) implements Comparable<Prefix> {
    public Prefix {
        if (length < 0 || length > address.version().bits()) {
            throw new IllegalArgumentException("a prefix length of " + length + " does not fit the address " + address
                    + ": 0 to " + address.version().bits());
        }
        var network = masked(address, length);
        if (!network.equals(address)) {
            throw new IllegalArgumentException("host bits are set in " + address + "/" + length + ": did you mean "
                    + network + "/" + length + "?");
        }
    }

    /** The prefix of that length around the address, host bits cleared. */
    public static Prefix around(IpAddress address, int length) {
        if (length < 0 || length > address.version().bits()) {
            throw new IllegalArgumentException("a prefix length of " + length + " does not fit the address " + address
                    + ": 0 to " + address.version().bits());
        }
        return new Prefix(masked(address, length), length);
    }

    /** The address alone, as a prefix of full length. */
    public static Prefix host(IpAddress address) {
        return new Prefix(address, address.version().bits());
    }

    /**
     * Reads {@code address/length}.
     *
     * @throws IllegalArgumentException if it is not of that form, or has host bits; the message shows the mended form
     */
    public static Prefix parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(
                    "not a prefix: '" + Excerpt.of(text) + "' (expected address/length, such as fd00:101::/64)");
        }
        return new Prefix(IpAddress.parse(text.substring(0, slash)), lengthOf(text, slash));
    }

    private static int lengthOf(String text, int slash) {
        var digits = text.substring(slash + 1);
        if (digits.isEmpty() || digits.length() > 3 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("not a prefix length in '" + Excerpt.of(text) + "'");
        }
        return Integer.parseInt(digits);
    }

    /**
     * Reads the NLRI encoding (RFC 4271 section 4.3): a length octet, then as many octets as the length needs.
     *
     * @throws IllegalArgumentException if octets are missing or too many, or host bits are set
     */
    public static Prefix ofNlri(IpVersion version, byte[] nlri) {
        if (nlri.length == 0) {
            throw new IllegalArgumentException("an NLRI has at least its length octet");
        }
        int length = nlri[0] & 0xFF;
        if (length > version.bits() || nlri.length != 1 + (length + 7) / 8) {
            throw new IllegalArgumentException("an NLRI of /" + length + " in " + nlri.length + " octets");
        }
        return new Prefix(
                IpAddress.ofOctets(Arrays.copyOf(Arrays.copyOfRange(nlri, 1, nlri.length), version.octets())), length);
    }

    /** The NLRI encoding (RFC 4271 section 4.3), which does not say the version. */
    public byte[] nlri() {
        int significant = (length + 7) / 8;
        return ByteBuffer.allocate(1 + significant)
                .put((byte) length)
                .put(address.octets(), 0, significant)
                .array();
    }

    /** Whether every address of the other prefix lies in this one; a prefix contains itself. */
    public boolean contains(Prefix other) {
        return other.length >= length
                && other.address.version() == address.version()
                && masked(other.address, length).equals(address);
    }

    private static IpAddress masked(IpAddress address, int length) {
        long high = length >= 64 ? -1L : length == 0 ? 0 : -1L << (64 - length);
        long low = length <= 64 ? 0 : -1L << (128 - length);
        return new IpAddress(address.version(), address.high() & high, address.low() & low);
    }

    @Override
    public int compareTo(Prefix other) {
        int byAddress = address.compareTo(other.address);
        return byAddress != 0 ? byAddress : Integer.compare(length, other.length);
    }

    @Override
    public String toString() {
        return address + "/" + length;
    }
}
