package dev.hoplog.ingest.parse.bgp;

import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.AsPath.Segment;
import dev.hoplog.model.AsPath.SegmentType;
import java.util.ArrayList;
import java.util.List;

/** AS_PATH (RFC 4271, RFC 5065), and what AS4_PATH adds to one of two-octet numbers (RFC 6793). */
final class AsPathOctets {
    private AsPathOctets() {}

    static List<Segment> read(Octets in, AsnWidth width) throws UnusableOutput {
        List<Segment> segments = new ArrayList<>();
        while (!in.isEmpty()) {
            var type = switch (in.uint8()) {
                case 1 -> SegmentType.SET;
                case 2 -> SegmentType.SEQUENCE;
                case 3 -> SegmentType.CONFED_SEQUENCE;
                case 4 -> SegmentType.CONFED_SET;
                default -> throw in.malformed("a segment of no known type before it");
            };
            int count = in.uint8();
            if (count == 0) {
                throw in.malformed("a segment without AS numbers before it");
            }
            var numbers = in.part(count * width.octets(), "a segment of " + count + " AS numbers");
            List<Long> asns = new ArrayList<>(count);
            while (!numbers.isEmpty()) {
                asns.add(width.read(numbers));
            }
            segments.add(new Segment(type, asns));
        }
        return segments;
    }

    /**
     * RFC 6793 section 4.2.3: the AS4_PATH, behind as many leading numbers of the AS_PATH as it lacks. An AS4_PATH that is
     * longer than the AS_PATH is ignored: somebody on the way shortened the latter.
     */
    static List<Segment> merged(List<Segment> path, List<Segment> path4) {
        var tail = path4.stream().filter(segment -> !isConfederation(segment)).toList();
        int leading = length(path) - length(tail);
        if (leading < 0) {
            return path;
        }
        List<Segment> merged = new ArrayList<>();
        for (var segment : path) {
            int length = length(List.of(segment));
            if (length > leading && leading > 0) {
                merged.add(new Segment(segment.type(), segment.asns().subList(0, leading)));
            }
            if (length > leading) {
                break;
            }
            merged.add(segment);
            leading -= length;
        }
        merged.addAll(tail);
        return merged;
    }

    /** A set counts as one number, a confederation's segments not at all. */
    private static int length(List<Segment> segments) {
        return segments.stream()
                .mapToInt(segment -> switch (segment.type()) {
                    case SEQUENCE -> segment.asns().size();
                    case SET -> 1;
                    case CONFED_SEQUENCE, CONFED_SET -> 0;
                })
                .sum();
    }

    private static boolean isConfederation(Segment segment) {
        return segment.type() == SegmentType.CONFED_SEQUENCE || segment.type() == SegmentType.CONFED_SET;
    }
}
