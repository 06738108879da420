package dev.hoplog.ingest.parse;

import dev.hoplog.model.IpAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Extended communities (RFC 4360) as routers print them, made alike: {@code rt:65010:100}, {@code soo:65010:1}, and for
 * the rest {@code type:value} in lower case. FRR prints {@code RT:65010:100 SoO:65010:1}; BIRD {@code (rt, 65010, 100)},
 * {@code (ro, 65010, 1)} for a site of origin, and {@code (generic, 0x43000000, 0x1)}.
 */
public final class ExtendedCommunityText {
    /** A word, what belongs to it after a comma, and FRR's {@code (10.000 Mbps)} after a link bandwidth. */
    private static final Pattern FRR = Pattern.compile("[^\\s(]\\S*(?<=,)(?: [^\\s(]\\S*)?|[^\\s(]\\S*|\\([^)]*\\)");

    private static final Pattern SEVEN_OCTETS = Pattern.compile("[A-Za-z0-9+/]{9}[AQgw]==");
    private static final Pattern DOTTED_AS = Pattern.compile("(\\d+\\.\\d+):(\\d+)");

    private ExtendedCommunityText() {}

    /** FRR's list, separated by spaces. */
    public static List<String> ofFrr(String text) {
        List<String> communities = new ArrayList<>();
        var found = FRR.matcher(text);
        while (found.find()) {
            // What a parenthesis says, the number before it has said.
            if (!found.group().startsWith("(")) {
                communities.add(found.group().replace(", ", ":").toLowerCase(Locale.ROOT));
            }
        }
        return communities;
    }

    /** What stands in one pair of BIRD's parentheses. */
    public static String ofBird(String inside) {
        var parts = inside.trim().toLowerCase(Locale.ROOT).split("\\s*,\\s*");
        parts[0] = parts[0].equals("ro") ? "soo" : parts[0].replaceFirst("^unknown ", "");
        return String.join(":", parts);
    }

    /** The eight octets themselves. What has no administrator that anybody could name stays hexadecimal. */
    public static String ofOctets(byte[] octets) {
        var in = ByteBuffer.wrap(octets);
        int type = in.get() & 0xFF;
        int subtype = in.get() & 0xFF;
        var value = switch (type & 0x3F) {
            case 0 -> (in.getShort() & 0xFFFF) + ":" + Integer.toUnsignedString(in.getInt());
            case 1 -> address(in) + ":" + (in.getShort() & 0xFFFF);
            case 2 -> Integer.toUnsignedString(in.getInt()) + ":" + (in.getShort() & 0xFFFF);
            default -> HexFormat.of().formatHex(octets, 2, octets.length);
        };
        return of(type, subtype, value);
    }

    private static IpAddress address(ByteBuffer in) {
        var octets = new byte[4];
        in.get(octets);
        return IpAddress.ofOctets(octets);
    }

    /**
     * GoBGP's type and subtype octets, and its text of the value: {@code 65010:100}, an AS number of four octets as {@code
     * 64086.60904}, and of what it has no text for the seven octets behind the type in base64.
     */
    public static String ofGobgp(long type, long subtype, String value) {
        if (SEVEN_OCTETS.matcher(value).matches()) {
            var octets = Base64.getDecoder().decode(value);
            return of(type, octets[0] & 0xFF, HexFormat.of().formatHex(octets, 1, octets.length));
        }
        var as = DOTTED_AS.matcher(value);
        return (type & 0x3F) == 2 && as.matches()
                ? of(type, subtype, AsPathText.asn(as.group(1)) + ":" + as.group(2))
                : of(type, subtype, value);
    }

    private static String of(long type, long subtype, String value) {
        boolean hasGlobalAdministrator = (type & 0x3F) <= 2;
        if (hasGlobalAdministrator && (subtype == 2 || subtype == 3)) {
            return (subtype == 2 ? "rt:" : "soo:") + value;
        }
        return String.format(Locale.ROOT, "0x%02x%02x:%s", type, subtype, value.toLowerCase(Locale.ROOT));
    }
}
