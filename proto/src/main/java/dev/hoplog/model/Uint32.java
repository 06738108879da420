package dev.hoplog.model;

/** The range of almost every number in BGP. */
public final class Uint32 {
    public static final long MAX = 0xFFFF_FFFFL;

    private Uint32() {}

    /**
     * Returns the number itself.
     *
     * @throws IllegalArgumentException if it is not in 0 to 2^32 - 1
     */
    public static long check(String what, long number) {
        if (number < 0 || number > MAX) {
            throw new IllegalArgumentException(what + " " + number + " does not fit 32 bits");
        }
        return number;
    }

    /**
     * Reads decimal digits.
     *
     * @throws IllegalArgumentException if it is something else, or too large
     */
    public static long parse(String what, String digits) {
        if (digits.isEmpty() || digits.length() > 10 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("not a number for " + what + ": '" + Excerpt.of(digits) + "'");
        }
        return check(what, Long.parseLong(digits));
    }
}
