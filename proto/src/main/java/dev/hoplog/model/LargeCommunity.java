package dev.hoplog.model;

import java.util.Comparator;

/** RFC 8092: three numbers, 0 to 2^32 - 1 each. */
public record LargeCommunity(long globalAdministrator, long localData1, long localData2)
        implements Comparable<LargeCommunity> {
    private static final Comparator<LargeCommunity> ORDER = Comparator.comparingLong(
                    LargeCommunity::globalAdministrator)
            .thenComparingLong(LargeCommunity::localData1)
            .thenComparingLong(LargeCommunity::localData2);

    public LargeCommunity {
        Uint32.check("large community part", globalAdministrator);
        Uint32.check("large community part", localData1);
        Uint32.check("large community part", localData2);
    }

    /** Reads {@code 4200001000:0:100}. */
    public static LargeCommunity parse(String text) {
        var parts = text.split(":", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("not a large community: '" + Excerpt.of(text) + "'");
        }
        return new LargeCommunity(
                Uint32.parse("large community", parts[0]),
                Uint32.parse("large community", parts[1]),
                Uint32.parse("large community", parts[2]));
    }

    @Override
    public int compareTo(LargeCommunity other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return globalAdministrator + ":" + localData1 + ":" + localData2;
    }
}
