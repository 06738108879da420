package dev.hoplog.api.cli;

import com.google.protobuf.Timestamp;
import dev.hoplog.v1.Explanation;
import dev.hoplog.v1.GapEnd;
import dev.hoplog.v1.GapEvent;
import dev.hoplog.v1.GapHead;
import dev.hoplog.v1.OpenGap;
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
        gap.getExplanationsList()
                .forEach(explanation -> text.append("  because ").append(why(explanation, gap.getBreaksCount() > 1)));
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
            case GAP_EVENT_KIND_EXPLAINED -> from(event) + ", because " + why(event.getExplanation(), true);
            case GAP_EVENT_KIND_CLOSED ->
                BoundsText.of(event.getBounds()) + ": " + name(head) + " closed: " + end(head, event.getEnd()) + "\n";
            case GAP_EVENT_KIND_UNSPECIFIED, UNRECOGNIZED ->
                name(head) + ": something that this client does not know\n";
        };
    }

    private static String end(GapHead head, GapEnd end) {
        return switch (end) {
            case GAP_END_RESTORED -> "restored";
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

    private static String why(Explanation explanation, boolean isOneOfSeveral) {
        return GapText.of(explanation)
                + (isOneOfSeveral ? " (on " + GapText.of(explanation.getAt()) + ")" : "")
                + explanation.getEvidenceList().stream()
                        .map(evidence -> "\n    evidence " + GapText.of(evidence))
                        .collect(Collectors.joining())
                + "\n";
    }

    private static String time(Timestamp time) {
        return ShownTime.of(ShownTime.floor(time));
    }
}
