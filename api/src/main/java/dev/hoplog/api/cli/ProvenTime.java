package dev.hoplog.api.cli;

import com.google.protobuf.Timestamp;
import dev.hoplog.model.TimeSpan;
import dev.hoplog.model.TimeSpans;
import dev.hoplog.v1.Bounds;
import dev.hoplog.v1.Break;
import dev.hoplog.v1.Cause;
import dev.hoplog.v1.Evidence;
import dev.hoplog.v1.Explanation;
import dev.hoplog.v1.Gap;
import dev.hoplog.v1.GapEnd;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * When causes were proven, beside when a gap was certainly there.
 *
 * <p>A cause begins some time after its gap, since it must have lasted, and most end a little before it: tables are read one
 * after another. Neither is worth a word. So an end is told if it lies further from the gap's than that is known, which is how
 * long it takes from one reading to the next.
 */
final class ProvenTime {
    /** As wide as the bounds of what is known to the instant, such as that a chain came into force. */
    private static final Duration INSTANT = Duration.ofNanos(1_000);

    private ProvenTime() {}

    /** Said beside a cause; empty: it is the gap's only one, and lasted as long as the gap was there. */
    static String beside(Gap gap, Explanation explanation) {
        return gap.getExplanationsCount() > 1 ? ", " + spans(explanation) : ceased(gap, explanation);
    }

    /** The same where not each break needs times because there are several. */
    static String besideOfBreak(Gap gap, Explanation explanation) {
        return of(gap, explanation.getAt()).size() > 1 ? ", " + spans(explanation) : ceased(gap, explanation);
    }

    private static String ceased(Gap gap, Explanation explanation) {
        var unproven = unproven(gap, List.of(explanation));
        if (unproven.isEmpty()) {
            return "";
        }
        return unproven.spans().getFirst().from().isBefore(end(explanation))
                ? ", proven only " + spans(explanation)
                : ", proven up to " + last(end(explanation));
    }

    /** Said of a cause that is proven from an instant on: until when, if it ceases to be before the gap ends. */
    static String from(Gap gap, Explanation explanation, Timestamp from) {
        return unproven(gap, List.of(explanation)).spans().stream()
                .map(TimeSpan::from)
                .filter(ShownTime.instant(from)::isBefore)
                .findFirst()
                .flatMap(to -> spans(explanation.getCertainList()).spans().stream()
                        .map(TimeSpan::to)
                        .filter(end -> !end.isAfter(to))
                        .reduce((_, later) -> later))
                .map(end -> ", proven up to " + last(end))
                .orElse("");
    }

    /** When no cause of a break was proven, after one was; of a break that had none: never. */
    static TimeSpans unproven(Gap gap, Break at) {
        return unproven(gap, of(gap, at));
    }

    /** Whether the last that is certain of a break is that none of its causes is proven any more. */
    static boolean hasCeased(Gap gap, Break at) {
        var unproven = unproven(gap, at).spans();
        return !unproven.isEmpty()
                && of(gap, at).stream()
                        .map(ProvenTime::end)
                        .noneMatch(unproven.getLast().from()::isBefore);
    }

    private static List<Explanation> of(Gap gap, Break at) {
        return gap.getExplanationsList().stream()
                .filter(explanation -> explanation.getAt().equals(at))
                .toList();
    }

    private static TimeSpans unproven(Gap gap, List<Explanation> explanations) {
        var proven = spans(explanations.stream()
                .filter(explanation -> explanation.getCause() != Cause.CAUSE_UNKNOWN)
                .flatMap(explanation -> explanation.getCertainList().stream())
                .toList());
        if (proven.isEmpty()) {
            return TimeSpans.none();
        }
        var first = proven.spans().getFirst().from();
        var unproven =
                spans(gap.getCertainList()).minus(proven).intersect(TimeSpans.of(new TimeSpan(first, Instant.MAX)));
        var end = proven.spans().getLast().to();
        var rest = unproven.intersect(after(end));
        return length(rest).compareTo(reading(gap, proven)) > 0 ? unproven : unproven.minus(rest);
    }

    private static TimeSpans after(Instant instant) {
        return instant.isBefore(Instant.MAX) ? TimeSpans.of(new TimeSpan(instant, Instant.MAX)) : TimeSpans.none();
    }

    private static TimeSpans before(Instant instant) {
        return instant.isAfter(Instant.MIN) ? TimeSpans.of(new TimeSpan(Instant.MIN, instant)) : TimeSpans.none();
    }

    private static Duration length(TimeSpans spans) {
        return spans.spans().stream()
                .map(span -> Duration.between(span.from(), span.to()))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /**
     * From one reading to the next. Bounds show it, and those of the gap best; of a gap that was there before anybody looked, those
     * of what was seen of it. Where none do, that a cause was not proven from the beginning shows that much.
     */
    private static Duration reading(Gap gap, TimeSpans proven) {
        var own = width(isOpen(gap) ? gap.getOpened() : gap.getEnded());
        return own.compareTo(INSTANT) > 0
                ? own
                : bounds(gap)
                        .map(ProvenTime::width)
                        .filter(width -> width.compareTo(INSTANT) > 0)
                        .min(Duration::compareTo)
                        .orElseGet(() -> length(spans(gap.getCertainList())
                                .intersect(before(proven.spans().getFirst().from()))));
    }

    private static Stream<Bounds> bounds(Gap gap) {
        return Stream.of(
                        Stream.of(gap.getOpened(), gap.getEnded()),
                        gap.getHopsList().stream().flatMap(loss -> Stream.of(loss.getLost(), loss.getBack())),
                        gap.getExplanationsList().stream()
                                .flatMap(explanation -> explanation.getEvidenceList().stream())
                                .map(Evidence::getSince))
                .flatMap(all -> all);
    }

    private static Duration width(Bounds bounds) {
        return bounds.hasAfter() && bounds.hasAtOrBefore()
                ? Duration.between(ShownTime.instant(bounds.getAfter()), ShownTime.instant(bounds.getAtOrBefore()))
                : Duration.ZERO;
    }

    static boolean isOpen(Gap gap) {
        return gap.getEnd() == GapEnd.GAP_END_UNSPECIFIED;
    }

    private static Instant end(Explanation explanation) {
        var proven = spans(explanation.getCertainList());
        return proven.isEmpty() ? Instant.MIN : proven.spans().getLast().to();
    }

    private static String spans(Explanation explanation) {
        return explanation.getCertainList().stream().map(BoundsText::of).collect(Collectors.joining(" and "));
    }

    /** Such as {@code from 2026-11-23T04:38:50.000Z to 04:39:05.000Z (15 s)}. */
    static String words(TimeSpan span) {
        var message = dev.hoplog.v1.TimeSpan.newBuilder().setFrom(timestamp(span.from()));
        if (span.to().isBefore(Instant.MAX)) {
            message.setTo(timestamp(span.to().minus(1, ChronoUnit.MICROS)));
        }
        return BoundsText.of(message.build());
    }

    /** The last instant before the end of a span, cut off: no more is claimed. */
    private static String last(Instant end) {
        return ShownTime.of(ShownTime.floor(timestamp(end.minus(1, ChronoUnit.MICROS))));
    }

    private static TimeSpans spans(List<dev.hoplog.v1.TimeSpan> spans) {
        return TimeSpans.of(spans.stream().map(ProvenTime::span).toList());
    }

    /** The last instant of a span is in it; without one it has no end. */
    private static TimeSpan span(dev.hoplog.v1.TimeSpan span) {
        return new TimeSpan(
                Optional.of(span)
                        .filter(dev.hoplog.v1.TimeSpan::hasFrom)
                        .map(one -> ShownTime.instant(one.getFrom()))
                        .orElse(Instant.MIN),
                Optional.of(span)
                        .filter(dev.hoplog.v1.TimeSpan::hasTo)
                        .map(one -> ShownTime.instant(one.getTo()).plus(1, ChronoUnit.MICROS))
                        .orElse(Instant.MAX));
    }

    private static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }
}
