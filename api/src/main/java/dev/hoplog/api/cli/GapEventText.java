package dev.hoplog.api.cli;

import com.google.protobuf.Timestamp;
import dev.hoplog.v1.Break;
import dev.hoplog.v1.Cause;
import dev.hoplog.v1.Explanation;
import dev.hoplog.v1.GapEnd;
import dev.hoplog.v1.GapEvent;
import dev.hoplog.v1.GapHead;
import dev.hoplog.v1.OpenGap;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is said of gaps for good, as lines; under an explanation what proves it. */
final class GapEventText {
    private GapEventText() {}

    static String of(OpenGap gap) {
        var head = gap.getGap();
        var text = new StringBuilder("Open " + name(head) + ", opened " + BoundsText.of(head.getOpened()) + ":\n  "
                + GapText.opened(head.getKind(), gap.getBreaksList()) + "\n");
        if (gap.getAffectedHopsCount() > 0) {
            text.append("  affected ")
                    .append(String.join(", ", gap.getAffectedHopsList()))
                    .append('\n');
        }
        for (var way : gap.getBreaksList()) {
            text.append("  ")
                    .append(why(gap, way))
                    .append(gap.getBreaksCount() > 1 ? on(way) : "")
                    .append('\n');
            of(gap, way).ifPresent(explanation -> text.append(evidence(explanation)));
        }
        if (gap.hasSuspendedFrom()) {
            text.append("  not known whether it lasts: an end of it is not observed, from ")
                    .append(time(gap.getSuspendedFrom()))
                    .append(" on\n");
        }
        return text.toString();
    }

    static String of(GapEvent event) {
        var head = event.getGap();
        return switch (event.getKind()) {
            case GAP_EVENT_KIND_OPENED ->
                BoundsText.of(head.getOpened()) + ": " + name(head) + " opened: "
                        + GapText.opened(head.getKind(), event.getBreaksList()) + "\n";
            case GAP_EVENT_KIND_BROKEN_ALSO ->
                from(event) + ": also " + GapText.opened(head.getKind(), event.getBreaksList()) + "\n";
            case GAP_EVENT_KIND_AFFECTED -> from(event) + ": affects " + event.getHop() + " too\n";
            case GAP_EVENT_KIND_SUSPENDED ->
                from(event) + ": an end of it is not observed: whether it lasts is not known\n";
            case GAP_EVENT_KIND_RESUMED -> from(event) + ": its ends are observed again, and it lasts\n";
            case GAP_EVENT_KIND_EXPLAINED ->
                from(event) + explained(event.getExplanation())
                        + on(event.getExplanation().getAt()) + "\n" + evidence(event.getExplanation());
            case GAP_EVENT_KIND_CLOSED ->
                BoundsText.of(event.getBounds()) + ": " + name(head) + " closed: " + end(head, event.getEnd()) + "\n";
            case GAP_EVENT_KIND_UNSPECIFIED, UNRECOGNIZED ->
                name(head) + ": something that this client does not know\n";
        };
    }

    private static String end(GapHead head, GapEnd end) {
        return switch (end) {
            case GAP_END_RESTORED -> GapText.restored(head.getKind());
            case GAP_END_MOOT -> GapText.moot(head.getKind());
            case GAP_END_UNSPECIFIED, UNRECOGNIZED -> "in a way that this client does not know";
        };
    }

    private static String from(GapEvent event) {
        return "from " + time(event.getFrom()) + " on: " + name(event.getGap());
    }

    private static String name(GapHead head) {
        return "gap of " + head.getPrefix() + " at " + head.getHop();
    }

    /** The last that was said of a break. */
    private static Optional<Explanation> of(OpenGap gap, Break way) {
        return gap.getExplanationsList().stream()
                .filter(explanation -> explanation.getAt().equals(way))
                .reduce((_, later) -> later);
    }

    /** That nothing shows a cause only means not yet. */
    private static String why(OpenGap gap, Break way) {
        var said = of(gap, way);
        if (said.filter(GapEventText::hasCeased).isPresent()) {
            return ceased(said.get())
                    + (said.get().getCertainCount() == 0
                            ? ""
                            : ", from " + time(said.get().getCertain(0).getFrom()) + " on");
        }
        return said.filter(explanation -> explanation.getCause() != Cause.CAUSE_UNKNOWN)
                .map(explanation -> "because " + ExplanationText.of(explanation))
                .orElse(ExplanationText.NOT_YET);
    }

    private static String explained(Explanation explanation) {
        return hasCeased(explanation) ? ": " + ceased(explanation) : ", because " + ExplanationText.of(explanation);
    }

    private static boolean hasCeased(Explanation explanation) {
        return explanation.getCause() == Cause.CAUSE_UNKNOWN
                && explanation.getNotProvenAnyMore() != Cause.CAUSE_UNSPECIFIED;
    }

    private static String ceased(Explanation explanation) {
        return ExplanationText.name(explanation.getNotProvenAnyMore())
                + " is not proven any more, and no other cause is";
    }

    private static String on(Break way) {
        return " (on " + GapText.of(way) + ")";
    }

    private static String evidence(Explanation explanation) {
        return explanation.getEvidenceList().stream()
                .map(evidence -> "    evidence " + GapText.of(evidence) + "\n")
                .collect(Collectors.joining());
    }

    private static String time(Timestamp time) {
        return ShownTime.of(ShownTime.floor(time));
    }
}
