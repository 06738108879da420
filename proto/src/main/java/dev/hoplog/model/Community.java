package dev.hoplog.model;

import java.util.Map;
import java.util.Optional;

/** RFC 1997: 32 bits, written as two halves. Ordered as an unsigned number. */
public record Community(long value) implements Comparable<Community> {
    /** The names that daemons print in place of the numbers, in lower case and without hyphens (RFC 1997 and IANA). */
    private static final Map<String, Long> WELL_KNOWN = Map.ofEntries(
            Map.entry("gracefulshutdown", 0xFFFF0000L),
            Map.entry("acceptown", 0xFFFF0001L),
            Map.entry("routefiltertranslatedv4", 0xFFFF0002L),
            Map.entry("routefilterv4", 0xFFFF0003L),
            Map.entry("routefiltertranslatedv6", 0xFFFF0004L),
            Map.entry("routefilterv6", 0xFFFF0005L),
            Map.entry("llgrstale", 0xFFFF0006L),
            Map.entry("nollgr", 0xFFFF0007L),
            Map.entry("acceptownnexthop", 0xFFFF0008L),
            Map.entry("blackhole", 0xFFFF029AL),
            Map.entry("noexport", 0xFFFFFF01L),
            Map.entry("noadvertise", 0xFFFFFF02L),
            Map.entry("localas", 0xFFFFFF03L),
            Map.entry("noexportsubconfed", 0xFFFFFF03L),
            Map.entry("nopeer", 0xFFFFFF04L),
            Map.entry("internet", 0L));

    public Community {
        Uint32.check("community", value);
    }

    /** Reads {@code 65010:100} or a well-known name in any daemon's spelling; empty if it is neither. */
    public static Optional<Community> parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            var name = text.replace("-", "").replace("_", "").toLowerCase(java.util.Locale.ROOT);
            return Optional.ofNullable(WELL_KNOWN.get(name)).map(Community::new);
        }
        var high = text.substring(0, colon);
        var low = text.substring(colon + 1);
        if (!isHalf(high) || !isHalf(low)) {
            return Optional.empty();
        }
        return Optional.of(new Community(Long.parseLong(high) << 16 | Long.parseLong(low)));
    }

    private static boolean isHalf(String digits) {
        return !digits.isEmpty()
                && digits.length() <= 5
                && digits.chars().allMatch(c -> c >= '0' && c <= '9')
                && Integer.parseInt(digits) <= 0xFFFF;
    }

    @Override
    public int compareTo(Community other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return (value >>> 16) + ":" + (value & 0xFFFF);
    }
}
