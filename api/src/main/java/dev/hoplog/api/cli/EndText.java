package dev.hoplog.api.cli;

import dev.hoplog.v1.Bounds;
import dev.hoplog.v1.Gap;
import dev.hoplog.v1.GapEnd;
import dev.hoplog.v1.HopLoss;
import dev.hoplog.v1.Incident;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** How incidents ended. An end is no return: back is said only where a hop that lacked a prefix is known to have it again. */
final class EndText {
    private EndText() {}

    /** Such as {@code back}, for a title. */
    static String brief(Incident incident) {
        var gaps = incident.getGapsList();
        if (!incident.hasEnded()) {
            return "open";
        }
        if (!gaps.stream().allMatch(GapText::isLoss)) {
            return "over";
        }
        if (gaps.stream().allMatch(EndText::isRestored)) {
            return back(gaps);
        }
        return gaps.stream().anyMatch(EndText::isRestored) ? "over, not all back" : "over, not back";
    }

    /** Hops behind the one where it got lost need not have it again when that one has. */
    private static String back(List<Gap> gaps) {
        var isBack = new LinkedHashMap<String, Boolean>();
        for (var gap : gaps) {
            isBack.putIfAbsent(gap.getHop(), true);
            gap.getHopsList().forEach(loss -> isBack.merge(loss.getHop(), loss.hasBack(), Boolean::logicalAnd));
        }
        long there = isBack.values().stream().filter(is -> is).count();
        return there == isBack.size() ? "back" : "back at " + there + " of " + isBack.size() + " hops";
    }

    /** Goes on after when it began. */
    static String sentence(Incident incident) {
        var gaps = incident.getGapsList();
        boolean areLosses = gaps.stream().allMatch(GapText::isLoss);
        boolean one = incident.getPrefixesCount() == 1;
        if (!incident.hasEnded()) {
            var open = !areLosses
                    ? ", with a gap open"
                    : !one
                            ? ", and not all are back"
                            : gaps.stream().anyMatch(EndText::isRestored)
                                    ? ", and is not back everywhere"
                                    : ", and is not back";
            return open + " as far as is known" + (gaps.isEmpty() ? "" : GapText.upTo(gaps.getFirst()));
        }
        var ended = BoundsText.of(incident.getEnded());
        return areLosses && gaps.stream().allMatch(EndText::isRestored)
                ? (one ? ", and was back" : ", and all were back") + at(incident) + " " + ended
                : ", and that ended " + ended + ": " + outcomes(gaps);
    }

    private static boolean isRestored(Gap gap) {
        return gap.getEnd() == GapEnd.GAP_END_RESTORED;
    }

    /** Where, unless all that lacked it are known to have had it by then. */
    private static String at(Incident incident) {
        if (incident.getGapsList().stream()
                .flatMap(gap -> gap.getHopsList().stream())
                .allMatch(loss -> isBackBy(loss, incident.getEnded()))) {
            return "";
        }
        var hops = incident.getGapsList().stream().map(Gap::getHop).distinct().toList();
        return " at " + (hops.size() == 1 ? hops.getFirst() : "each of the " + hops.size() + " hops where that began");
    }

    private static boolean isBackBy(HopLoss loss, Bounds ended) {
        return loss.hasBack()
                && !ShownTime.ceiling(loss.getBack().getAtOrBefore()).isAfter(ShownTime.ceiling(ended.getAtOrBefore()));
    }

    private static String outcomes(List<Gap> gaps) {
        var counts = new LinkedHashMap<String, Integer>();
        gaps.forEach(gap -> counts.merge(outcome(gap), 1, Integer::sum));
        return counts.size() == 1
                ? counts.firstEntry().getKey()
                : counts.entrySet().stream()
                        .map(outcome -> GapsText.count(outcome.getValue(), "gap", "gaps") + " of " + gaps.size() + ": "
                                + outcome.getKey())
                        .collect(Collectors.joining("; "));
    }

    private static String outcome(Gap gap) {
        return switch (gap.getEnd()) {
            case GAP_END_RESTORED -> GapText.isLoss(gap) ? "back at " + gap.getHop() : GapText.restored(gap.getKind());
            case GAP_END_MOOT -> (GapText.isLoss(gap) ? "not back, " : "") + GapText.moot(gap);
            case GAP_END_UNSPECIFIED, UNRECOGNIZED -> "in a way that this client does not know";
        };
    }
}
