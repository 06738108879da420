package dev.hoplog.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A set of instants as a list of spans: the algebra behind <i>absent = observed − present</i> and
 * <i>unknown = window − observed</i>.
 *
 * <p>Normal form, established by the constructor: ascending, disjoint, and no two spans touch. So equal sets are equal
 * values.
 */
public record TimeSpans(List<TimeSpan> spans) {
    private static final TimeSpans NONE = new TimeSpans(List.of());

    public TimeSpans {
        spans = normalised(spans);
    }

    public static TimeSpans none() {
        return NONE;
    }

    public static TimeSpans of(TimeSpan... spans) {
        return new TimeSpans(List.of(spans));
    }

    public static TimeSpans of(Collection<TimeSpan> spans) {
        return new TimeSpans(List.copyOf(spans));
    }

    private static List<TimeSpan> normalised(List<TimeSpan> spans) {
        var merged = new ArrayList<TimeSpan>(spans.size());
        for (var span :
                spans.stream().sorted(Comparator.comparing(TimeSpan::from)).toList()) {
            var last = merged.isEmpty() ? null : merged.getLast();
            if (last == null || last.to().isBefore(span.from())) {
                merged.add(span);
            } else if (last.to().isBefore(span.to())) {
                merged.set(merged.size() - 1, new TimeSpan(last.from(), span.to()));
            }
        }
        return List.copyOf(merged);
    }

    /** In either. */
    public TimeSpans union(TimeSpans other) {
        var all = new ArrayList<>(spans);
        all.addAll(other.spans);
        return new TimeSpans(all);
    }

    /** In both. */
    public TimeSpans intersect(TimeSpans other) {
        var common = new ArrayList<TimeSpan>();
        int i = 0;
        int j = 0;
        while (i < spans.size() && j < other.spans.size()) {
            var a = spans.get(i);
            var b = other.spans.get(j);
            var from = later(a.from(), b.from());
            var to = earlier(a.to(), b.to());
            if (from.isBefore(to)) {
                common.add(new TimeSpan(from, to));
            }
            if (a.to().isBefore(b.to())) {
                i++;
            } else {
                j++;
            }
        }
        return new TimeSpans(common);
    }

    /** In this, not in the other. */
    public TimeSpans minus(TimeSpans other) {
        var left = new ArrayList<TimeSpan>();
        int j = 0;
        for (var span : spans) {
            var from = span.from();
            while (j < other.spans.size() && !other.spans.get(j).to().isAfter(from)) {
                j++;
            }
            for (int k = j; k < other.spans.size() && other.spans.get(k).from().isBefore(span.to()); k++) {
                var hole = other.spans.get(k);
                if (from.isBefore(hole.from())) {
                    left.add(new TimeSpan(from, hole.from()));
                }
                from = later(from, hole.to());
            }
            if (from.isBefore(span.to())) {
                left.add(new TimeSpan(from, span.to()));
            }
        }
        return new TimeSpans(left);
    }

    public boolean isEmpty() {
        return spans.isEmpty();
    }

    public boolean contains(Instant instant) {
        return spanAt(instant).isPresent();
    }

    /** The span that holds the instant. */
    public Optional<TimeSpan> spanAt(Instant instant) {
        return spans.stream().filter(s -> s.contains(instant)).findFirst();
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    @Override
    public String toString() {
        return spans.toString();
    }
}
