package dev.hoplog.model;

import java.util.List;
import java.util.stream.Collectors;

/** RFC 4271 section 4.3 and RFC 5065, with four-octet numbers. Empty for a route of one's own. */
public record AsPath(List<Segment> segments) implements Comparable<AsPath> {
    private static final AsPath EMPTY = new AsPath(List.of());

    /** What a segment's numbers mean. */
    public enum SegmentType {
        SET,
        SEQUENCE,
        CONFED_SEQUENCE,
        CONFED_SET
    }

    /** A stretch of the path; the numbers of a set are ascending, 0 to 2^32 - 1 each. */
    public record Segment(SegmentType type, List<Long> asns) {
        public Segment {
            boolean unordered = type == SegmentType.SET || type == SegmentType.CONFED_SET;
            asns = unordered ? asns.stream().sorted().toList() : List.copyOf(asns);
            for (long asn : asns) {
                Uint32.check("AS number", asn);
            }
        }

        @Override
        public String toString() {
            var numbers = asns.stream().map(String::valueOf).collect(Collectors.joining(" "));
            return switch (type) {
                case SEQUENCE -> numbers;
                case SET -> "{" + numbers + "}";
                case CONFED_SEQUENCE -> "(" + numbers + ")";
                case CONFED_SET -> "({" + numbers + "})";
            };
        }
    }

    public AsPath {
        segments = List.copyOf(segments);
    }

    public static AsPath empty() {
        return EMPTY;
    }

    public static AsPath sequence(List<Long> asns) {
        return asns.isEmpty() ? EMPTY : new AsPath(List.of(new Segment(SegmentType.SEQUENCE, asns)));
    }

    /** Whether the number occurs anywhere in it. */
    public boolean contains(long asn) {
        return segments.stream().anyMatch(segment -> segment.asns().contains(asn));
    }

    @Override
    public int compareTo(AsPath other) {
        return toString().compareTo(other.toString());
    }

    /** As routers print it: {@code 65010 65011 {65012 65013} (65100)}. */
    @Override
    public String toString() {
        return segments.stream().map(Segment::toString).collect(Collectors.joining(" "));
    }
}
