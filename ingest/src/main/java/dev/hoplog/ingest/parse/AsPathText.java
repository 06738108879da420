package dev.hoplog.ingest.parse;

import dev.hoplog.model.AsPath;
import dev.hoplog.model.AsPath.Segment;
import dev.hoplog.model.AsPath.SegmentType;
import dev.hoplog.model.Excerpt;
import dev.hoplog.model.Uint32;
import java.util.ArrayList;
import java.util.List;

/**
 * AS paths as routers print them. FRR prints {@code 65010 {65012,65013} (65100) [65101,65102]}, the last a confederation
 * set; BIRD prints {@code 65010 {65012 65013} (65100) ({65101 65102})}. Numbers may be asdot ({@code 1.10}).
 */
public final class AsPathText {
    private AsPathText() {}

    /**
     * Reads the text of a path; empty text is the empty path.
     *
     * @throws IllegalArgumentException if it is no AS path
     */
    public static AsPath parse(String text) {
        List<Segment> segments = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (isSeparator(c)) {
                at++;
                continue;
            }
            int end = switch (c) {
                case '{' -> closing(text, at, "}");
                case '[' -> closing(text, at, "]");
                case '(' -> text.startsWith("({", at) ? closing(text, at, "})") : closing(text, at, ")");
                default -> endOfPlain(text, at);
            };
            segments.add(segment(text.substring(at, end)));
            at = end;
        }
        return ofSegments(segments);
    }

    /**
     * From a daemon's list of segments. Neighbouring sequences become one: a wire format cuts a long path into several,
     * and its text does not show where.
     */
    public static AsPath ofSegments(List<Segment> segments) {
        List<Segment> merged = new ArrayList<>();
        List<Long> sequence = new ArrayList<>();
        for (var segment : segments) {
            if (segment.type() == SegmentType.SEQUENCE) {
                sequence.addAll(segment.asns());
            } else if (!segment.asns().isEmpty()) {
                close(sequence, merged);
                merged.add(segment);
            }
        }
        close(sequence, merged);
        return new AsPath(merged);
    }

    private static void close(List<Long> sequence, List<Segment> merged) {
        if (!sequence.isEmpty()) {
            merged.add(new Segment(SegmentType.SEQUENCE, sequence));
            sequence.clear();
        }
    }

    /** One AS number, plain or asdot. */
    public static long asn(String text) {
        int dot = text.indexOf('.');
        if (dot < 0) {
            return Uint32.parse("AS number", text);
        }
        long high = Uint32.parse("AS number", text.substring(0, dot));
        long low = Uint32.parse("AS number", text.substring(dot + 1));
        if (high > 0xFFFF || low > 0xFFFF) {
            throw new IllegalArgumentException("not an AS number: '" + Excerpt.of(text) + "'");
        }
        return high << 16 | low;
    }

    private static Segment segment(String text) {
        var type = switch (text.charAt(0)) {
            case '{' -> SegmentType.SET;
            case '[' -> SegmentType.CONFED_SET;
            case '(' -> text.startsWith("({") ? SegmentType.CONFED_SET : SegmentType.CONFED_SEQUENCE;
            default -> SegmentType.SEQUENCE;
        };
        List<Long> asns = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            if (isSeparator(text.charAt(at)) || "{}[]()".indexOf(text.charAt(at)) >= 0) {
                at++;
                continue;
            }
            int end = at;
            while (end < text.length() && (Character.isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
                end++;
            }
            if (end == at) {
                throw new IllegalArgumentException("not an AS path: '" + Excerpt.of(text) + "'");
            }
            asns.add(asn(text.substring(at, end)));
            at = end;
        }
        return new Segment(type, asns);
    }

    private static boolean isSeparator(char c) {
        return c == ' ' || c == ',';
    }

    private static int closing(String text, int from, String bracket) {
        int at = text.indexOf(bracket, from);
        if (at < 0) {
            throw new IllegalArgumentException("an AS path with an open bracket: '" + Excerpt.of(text) + "'");
        }
        return at + bracket.length();
    }

    private static int endOfPlain(String text, int from) {
        int at = from;
        while (at < text.length() && "{[(".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }
}
