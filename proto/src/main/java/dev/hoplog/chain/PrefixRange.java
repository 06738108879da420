package dev.hoplog.chain;

import dev.hoplog.model.Prefix;
import java.util.Comparator;

/**
 * The prefixes inside one that have certain lengths, as a prefix list's {@code ge} and {@code le} say it.
 *
 * @param minLength inclusive, at least the length of {@code within}
 * @param maxLength inclusive
 */
public record PrefixRange(Prefix within, int minLength, int maxLength) implements Comparable<PrefixRange> {
    private static final Comparator<PrefixRange> ORDER = Comparator.comparing(PrefixRange::within)
            .thenComparingInt(PrefixRange::minLength)
            .thenComparingInt(PrefixRange::maxLength);

    public PrefixRange {
        int bits = within.address().version().bits();
        if (minLength < within.length() || maxLength < minLength || maxLength > bits) {
            throw new IllegalArgumentException("lengths " + minLength + " to " + maxLength + " do not fit " + within
                    + ": expected " + within.length() + " <= ge <= le <= " + bits);
        }
    }

    /** That prefix alone. */
    public static PrefixRange exactly(Prefix prefix) {
        return new PrefixRange(prefix, prefix.length(), prefix.length());
    }

    public boolean contains(Prefix prefix) {
        return within.contains(prefix) && prefix.length() >= minLength && prefix.length() <= maxLength;
    }

    /** Whether some prefix is in both. */
    public boolean overlaps(PrefixRange other) {
        return (within.contains(other.within) || other.within.contains(within))
                && minLength <= other.maxLength
                && other.minLength <= maxLength;
    }

    @Override
    public int compareTo(PrefixRange other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return minLength == within.length() && maxLength == within.length()
                ? within.toString()
                : within + " ge " + minLength + " le " + maxLength;
    }
}
