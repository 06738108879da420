package dev.hoplog.model;

/** The two address families of the Internet Protocol. */
public enum IpVersion {
    V4(32),
    V6(128);

    private final int bits;

    IpVersion(int bits) {
        this.bits = bits;
    }

    /** The length of an address in bits. */
    public int bits() {
        return bits;
    }

    /** The length of an address in octets. */
    public int octets() {
        return bits / 8;
    }

    static IpVersion ofOctets(int octets) {
        return switch (octets) {
            case 4 -> V4;
            case 16 -> V6;
            default -> throw new IllegalArgumentException("an IP address has 4 or 16 octets, not " + octets);
        };
    }
}
