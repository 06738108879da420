package dev.hoplog.ingest.parse.bgp;

import dev.hoplog.ingest.parse.UnusableOutput;

/** How many octets an AS number has: nothing in the octets says so (RFC 6793 section 4.1). */
public enum AsnWidth {
    TWO,
    FOUR;

    int octets() {
        return this == TWO ? 2 : 4;
    }

    long read(Octets in) throws UnusableOutput {
        return this == TWO ? in.uint16() : in.uint32();
    }
}
