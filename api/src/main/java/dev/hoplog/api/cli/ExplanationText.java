package dev.hoplog.api.cli;

import dev.hoplog.v1.Break;
import dev.hoplog.v1.Cause;
import dev.hoplog.v1.Explanation;
import dev.hoplog.v1.Gap;
import dev.hoplog.v1.Presence;
import dev.hoplog.v1.Route;
import dev.hoplog.v1.View;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why a prefix got lost, in words that claim no more than the evidence. */
final class ExplanationText {
    static final String NOT_YET = "not explained yet";

    private static final String CAUSE = "CAUSE_";

    private ExplanationText() {}

    /** Such as {@code rejected on import}. */
    static String name(Cause cause) {
        return cause == Cause.UNRECOGNIZED
                ? "a cause that this client does not know"
                : cause.name()
                        .substring(CAUSE.length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', ' ');
    }

    /** The same of a gap: while it is open, unknown only means not yet. */
    static String name(Gap gap, Explanation explanation) {
        return isNotYet(gap, explanation) ? NOT_YET : name(explanation.getCause());
    }

    static boolean isNotYet(Gap gap, Explanation explanation) {
        return ProvenTime.isOpen(gap) && explanation.getCause() == Cause.CAUSE_UNKNOWN;
    }

    /** Of each break its causes, each once and in the order in which they first held; what breaks have in common, once. */
    static String causes(Gap gap) {
        var byBreak = new LinkedHashMap<Break, SequencedSet<String>>();
        gap.getExplanationsList()
                .forEach(explanation -> byBreak.computeIfAbsent(explanation.getAt(), _ -> new LinkedHashSet<>())
                        .add(name(gap, explanation)));
        byBreak.forEach((at, causes) -> {
            if (ProvenTime.hasCeased(gap, at)) {
                causes.add(ProvenTime.isOpen(gap) ? "not proven now" : "not proven");
            }
        });
        var texts = byBreak.values().stream()
                .map(causes -> String.join(", then ", causes))
                .distinct()
                .toList();
        return String.join(byBreak.values().stream().anyMatch(causes -> causes.size() > 1) ? "; and " : " and ", texts);
    }

    /** Causes with their evidence, as facts of whatever they are told about. */
    static void explain(Gap gap, TextTable facts) {
        for (var explanation : gap.getExplanationsList()) {
            var way = gap.getBreaksCount() > 1 ? "on " + GapText.of(explanation.getAt()) + ": " : "";
            facts.row("because", way + of(gap, explanation) + ProvenTime.beside(gap, explanation));
            explanation.getEvidenceList().forEach(evidence -> facts.row("evidence", GapText.of(evidence)));
        }
    }

    /** What it is, and what it rests on. While a gap is open that nothing shows a cause only means not yet: it must have lasted. */
    static String of(Gap gap, Explanation explanation) {
        return isNotYet(gap, explanation)
                ? NOT_YET + ": " + unknown(explanation, "what was observed so far does not say")
                : of(explanation);
    }

    /** The same at one instant. */
    static String then(Explanation explanation) {
        return explanation.getCause() == Cause.CAUSE_UNKNOWN
                ? "not explained at that time: " + unknown(explanation, "what was observed up to then does not say")
                : of(explanation);
    }

    /** The same of a gap that is over, or as the log of gaps has it. */
    static String of(Explanation explanation) {
        return switch (explanation.getCause()) {
            case CAUSE_SESSION_DOWN -> "session down: an end proves that it is not established";
            case CAUSE_NOT_EXPORTED ->
                "not exported: " + upstream(explanation) + " does not list it among what it sends there"
                        + policy(explanation);
            case CAUSE_LISTED_AS_EXPORTED_BUT_NOT_RECEIVED ->
                "listed as exported but not received: " + upstream(explanation) + " lists it as exported, "
                        + downstream(explanation) + " does not have it among what it received";
            case CAUSE_REJECTED_ON_IMPORT ->
                "rejected on import: " + downstream(explanation) + " received it and does not have it in its table"
                        + policy(explanation);
            case CAUSE_NEXT_HOP_UNREACHABLE ->
                "next hop unreachable: " + downstream(explanation) + " has it from there, not usable";
            case CAUSE_NOT_BEST -> "not best: " + downstream(explanation) + " has it from there, and uses none";
            case CAUSE_NOT_INSTALLED ->
                "not installed: the daemon has it, the table that forwards does not" + onward(explanation);
            case CAUSE_SOURCE_LOST ->
                "source lost: where it came from is not observed, and the session to there is down";
            case CAUSE_HOP_NOT_OBSERVED ->
                "hop not observed: it got lost on the way through "
                        + String.join(", ", explanation.getAt().getUnobservedHopsList())
                        + ", of which nothing was observed";
            case CAUSE_UNKNOWN -> "unknown: " + unknown(explanation, "what was observed does not say");
            case CAUSE_UNSPECIFIED, UNRECOGNIZED -> "a cause that this client does not know";
        };
    }

    private static String unknown(Explanation explanation, String otherwise) {
        return explanation.getEvidenceCount() == 0
                ? otherwise
                : "it is not known whether the session was established, and without one nothing is sent or received";
    }

    private static String upstream(Explanation explanation) {
        return explanation.getAt().getHops(explanation.getAt().getHopsCount() - 2);
    }

    private static String downstream(Explanation explanation) {
        return explanation.getAt().getHops(explanation.getAt().getHopsCount() - 1);
    }

    /** What the edge requires, beside what the route was seen with. */
    private static String policy(Explanation explanation) {
        var required = explanation.getRequiredCommunitiesList();
        if (required.isEmpty()) {
            return "";
        }
        var lacking = lacking(explanation);
        var requires = "; the edge requires " + String.join(" ", required);
        if (!lacking.isEmpty()) {
            return lacking.equals(required)
                    ? requires + ", the route has none of it"
                    : requires + ", the route lacks " + String.join(" ", lacking);
        }
        var having = having(explanation, required);
        return having.isEmpty()
                ? requires + ", and no table of the evidence shows whether the route had it"
                : requires + ", and the route had it in " + String.join(" and ", having);
    }

    /** The tables on the way that showed all that is required on it; what the hop uses beside it came from elsewhere. */
    private static List<String> having(Explanation explanation, List<String> required) {
        return explanation.getEvidenceList().stream()
                .filter(evidence -> !evidence.getRib().getHop().equals(downstream(explanation))
                        || evidence.getRib().getView() != View.VIEW_LOC_RIB)
                .filter(evidence -> evidence.getPresence() == Presence.PRESENCE_PRESENT
                        && evidence.getRow().hasRoute()
                        && communities(evidence.getRow().getRoute()).containsAll(required))
                .map(evidence -> evidence.getRib().getHop() + " " + RibText.table(evidence.getRib()))
                .distinct()
                .toList();
    }

    private static Set<String> communities(Route route) {
        var best = RouteText.best(route);
        return Stream.concat(best.getCommunitiesList().stream(), best.getLargeCommunitiesList().stream())
                .collect(Collectors.toSet());
    }

    private static List<String> lacking(Explanation explanation) {
        return Stream.concat(
                        explanation.getLackingCommunitiesList().stream(),
                        explanation.getLackingLargeCommunitiesList().stream())
                .toList();
    }

    private static String onward(Explanation explanation) {
        return explanation.getOnwardHopsCount() == 0
                ? ""
                : "; a black hole: " + String.join(", ", explanation.getOnwardHopsList())
                        + (explanation.getOnwardHopsCount() == 1 ? " still uses" : " still use") + " the route from "
                        + upstream(explanation) + ", while " + downstream(explanation) + " lacks it";
    }
}
