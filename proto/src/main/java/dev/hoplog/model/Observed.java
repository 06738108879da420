package dev.hoplog.model;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The attributes that an output shows for every one of its rows, as the bits of {@link Attribute#bit}. */
public record Observed(long bits) {
    private static final long KNOWN = bitsOf(EnumSet.allOf(Attribute.class));

    public Observed {
        if ((bits & ~KNOWN) != 0) {
            throw new IllegalArgumentException("unknown attributes in " + Long.toBinaryString(bits));
        }
    }

    public static Observed all() {
        return new Observed(KNOWN);
    }

    public static Observed of(Attribute... attributes) {
        return new Observed(bitsOf(Arrays.asList(attributes)));
    }

    public static Observed allBut(Attribute... attributes) {
        return new Observed(KNOWN & ~bitsOf(Arrays.asList(attributes)));
    }

    private static long bitsOf(Iterable<Attribute> attributes) {
        long bits = 0;
        for (var attribute : attributes) {
            bits |= 1L << attribute.bit();
        }
        return bits;
    }

    public boolean includes(Attribute attribute) {
        return (bits >>> attribute.bit() & 1) == 1;
    }

    /** What both show: all that may be compared between the two. */
    public Observed and(Observed other) {
        return new Observed(bits & other.bits);
    }

    public Set<Attribute> attributes() {
        return Arrays.stream(Attribute.values()).filter(this::includes).collect(Collectors.toUnmodifiableSet());
    }
}
