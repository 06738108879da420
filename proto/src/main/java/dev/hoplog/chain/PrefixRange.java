package dev.hoplog.chain;

import dev.hoplog.model.Prefix;

/**
 * The prefixes inside one that have certain lengths, as a prefix list's {@code ge} and {@code le} say it.
 *
 * @param minLength inclusive, at least the length of {@code within}
 * @param maxLength inclusive
 */
public record PrefixRange(Prefix within, int minLength, int maxLength) implements Comparable<PrefixRange> {
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

    @Override
    public int compareTo(PrefixRange other) {
        int byPrefix = within.compareTo(other.within);
        int byMin = Integer.compare(minLength, other.minLength);
        return byPrefix != 0 ? byPrefix : byMin != 0 ? byMin : Integer.compare(maxLength, other.maxLength);
    }

    @Override
    public String toString() {
        return minLength == within.length() && maxLength == within.length()
                ? within.toString()
                : within + " ge " + minLength + " le " + maxLength;
    }
}
