package dev.hoplog.api.cli;

import dev.hoplog.v1.Break;
import dev.hoplog.v1.Cause;
import dev.hoplog.v1.Evidence;
import dev.hoplog.v1.Explanation;
import dev.hoplog.v1.Gap;
import dev.hoplog.v1.GapKind;
import dev.hoplog.v1.HopLoss;
import dev.hoplog.v1.Presence;
import dev.hoplog.v1.Route;
import dev.hoplog.v1.Suspension;
import dev.hoplog.v1.View;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where a prefix got lost and why, in words that claim no more than the evidence. */
final class GapText {
    private static final String CAUSE = "CAUSE_";
    /** Nothing is waited for. */
    static final String ALL_READ = "all that decides is read, and the log of gaps is about to say it";

    /** It does not change any more, and nobody will find it there. */
    static final String NOT_LOGGED =
            "not in the log of gaps: the chain was published, or what shows it was read, when that time had"
                    + " been told of; it is found with each answer";

    private GapText() {}

    /** Such as {@code pve03/frr/vrf_evpnz1 → pve02/frr/vrf_evpnz1}; hops that were not observed in brackets. */
    static String of(Break way) {
        return way.getHopsList().stream()
                .map(hop -> way.getUnobservedHopsList().contains(hop) ? "(" + hop + ", not observed)" : hop)
                .collect(Collectors.joining(" → "));
    }

    /** All ways on which it should have come. */
    static String breaks(Gap gap) {
        return breaks(gap.getKind(), gap.getBreaksList());
    }

    static String breaks(GapKind kind, List<Break> breaks) {
        var ways = breaks.stream().map(GapText::of).collect(Collectors.joining(" and "));
        return switch (kind) {
            case GAP_KIND_SOURCE_LOST -> ways + " (the source is not observed)";
            case GAP_KIND_DEGRADED -> ways + " (degraded)";
            case GAP_KIND_STALE -> ways + " (stale)";
            case GAP_KIND_MISSING, GAP_KIND_UNSPECIFIED, UNRECOGNIZED -> ways;
        };
    }

    /** Such as {@code rejected on import}. */
    static String name(Cause cause) {
        return cause == Cause.UNRECOGNIZED
                ? "a cause that this client does not know"
                : cause.name()
                        .substring(CAUSE.length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', ' ');
    }

    /** What is wrong, in a sentence without its end. */
    static String what(Gap gap) {
        return switch (gap.getKind()) {
            case GAP_KIND_DEGRADED ->
                gap.getPrefix() + " is degraded at " + gap.getHop() + ": it has it, and not from "
                        + source(gap.getBreaks(0));
            case GAP_KIND_STALE ->
                gap.getPrefix() + " is stale at " + gap.getHop() + ": it still has it from "
                        + gap.getBreaksList().stream().map(GapText::source).collect(Collectors.joining(" and "))
                        + ", which " + (gap.getBreaksCount() == 1 ? "lacks" : "lack") + " it";
            case GAP_KIND_MISSING, GAP_KIND_SOURCE_LOST -> gap.getPrefix() + " did not get to " + gap.getHop();
            case GAP_KIND_UNSPECIFIED, UNRECOGNIZED ->
                gap.getPrefix() + " has a gap at " + gap.getHop() + " of a kind that this client does not know";
        };
    }

    private static String source(Break way) {
        return way.getHops(0);
    }

    /** What became of prefixes: lost, if any was; degraded or stale otherwise. */
    static String fate(List<Gap> gaps) {
        if (gaps.stream().anyMatch(GapText::isLoss)) {
            return "lost";
        }
        boolean degraded = gaps.stream().anyMatch(gap -> gap.getKind() == GapKind.GAP_KIND_DEGRADED);
        boolean stale = gaps.stream().anyMatch(gap -> gap.getKind() == GapKind.GAP_KIND_STALE);
        return degraded && stale ? "degraded or stale" : degraded ? "degraded" : "stale";
    }

    /** Where and what, for a list of what happened. */
    static String opened(Gap gap) {
        return opened(gap.getKind(), gap.getBreaksList());
    }

    static String opened(GapKind kind, List<Break> breaks) {
        return (kind == GapKind.GAP_KIND_STALE ? "left over on " : "lost on ") + breaks(kind, breaks);
    }

    /** Each name once, in the order in which they first held. */
    static String causes(Gap gap) {
        return gap.getExplanationsList().stream()
                .map(explanation -> name(explanation.getCause()))
                .distinct()
                .collect(Collectors.joining(", then "));
    }

    /** What it is, and what it rests on. */
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
            case CAUSE_NOT_BEST -> "not best: " + downstream(explanation) + " has it from there, valid, and uses none";
            case CAUSE_NOT_INSTALLED ->
                "not installed: the daemon has it, the table that forwards does not" + onward(explanation);
            case CAUSE_SOURCE_LOST ->
                "source lost: where it came from is not observed, and the session to there is down";
            case CAUSE_HOP_NOT_OBSERVED ->
                "hop not observed: it got lost on the way through "
                        + String.join(", ", explanation.getAt().getUnobservedHopsList())
                        + ", of which nothing was observed";
            case CAUSE_UNKNOWN ->
                explanation.getEvidenceCount() == 0
                        ? "unknown: what was observed does not say"
                        : "unknown: it is not known whether the session was established, and without one nothing is sent or"
                                + " received";
            case CAUSE_UNSPECIFIED, UNRECOGNIZED -> "a cause that this client does not know";
        };
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

    /** Such as {@code pve02/frr/vrf_evpnz1 loc-rib ipv6-unicast: absent since after ...}. */
    static String of(Evidence evidence) {
        return evidence.getRib().getHop() + " " + RibText.table(evidence.getRib()) + ": " + what(evidence)
                + (evidence.hasSince() ? ", since " + BoundsText.of(evidence.getSince()) : "");
    }

    /** Without where and when. */
    static String what(Evidence evidence) {
        if (evidence.getPresence() == Presence.PRESENCE_ABSENT) {
            var never = evidence.hasSince() ? "" : ", and was never seen there";
            return evidence.getRib().getView() == View.VIEW_SESSIONS
                    ? "no session with " + evidence.getSubject() + never
                    : "absent" + never;
        }
        return switch (evidence.getRow().getRowCase()) {
            case ROUTE -> RouteText.of(evidence.getRow().getRoute());
            case PEER -> SessionText.of(evidence.getRow().getPeer());
            case DAEMON -> SessionText.of(evidence.getRow().getDaemon());
            case ROW_NOT_SET -> "not shown";
        };
    }

    /** What is told of it ends here; empty: with all that is known. */
    static String upTo(Gap gap) {
        return gap.hasToldUpTo() ? " up to " + ShownTime.of(ShownTime.floor(gap.getToldUpTo())) : "";
    }

    /** Such as {@code pve02/kernel/main lost after ...; back after ...}. */
    static String of(Gap gap, HopLoss loss) {
        return loss.getHop() + ": "
                + (loss.hasLost() ? "lost " + BoundsText.of(loss.getLost()) : "had not had it before") + "; "
                + (loss.hasBack()
                        ? "back " + BoundsText.of(loss.getBack())
                        : "not back as far as is known" + upTo(gap));
    }

    static String end(Gap gap) {
        return switch (gap.getEnd()) {
            case GAP_END_RESTORED -> "restored " + BoundsText.of(gap.getEnded());
            case GAP_END_MOOT -> "moot " + BoundsText.of(gap.getEnded()) + ": " + moot(gap);
            case GAP_END_UNSPECIFIED ->
                isSuspended(gap)
                        ? "open when it was last seen" + upTo(gap) + ": it is suspended"
                        : "open as far as is known" + upTo(gap);
            case UNRECOGNIZED -> "ended in a way that this client does not know";
        };
    }

    /** Whether the hop lacked it. */
    static boolean isLoss(Gap gap) {
        return gap.getKind() == GapKind.GAP_KIND_MISSING || gap.getKind() == GapKind.GAP_KIND_SOURCE_LOST;
    }

    /** Why there is no more to a gap that did not end well. */
    static String moot(Gap gap) {
        return moot(gap.getKind());
    }

    static String moot(GapKind kind) {
        return switch (kind) {
            case GAP_KIND_DEGRADED -> "it should not come that way any more, or the hop lacks it";
            case GAP_KIND_STALE -> "a source has it again, or the hop has it from elsewhere";
            case GAP_KIND_MISSING, GAP_KIND_SOURCE_LOST, GAP_KIND_UNSPECIFIED, UNRECOGNIZED ->
                "no source should pass it on any more";
        };
    }

    /** Whether what is told of it may still change, or is told here only; nothing where it is final, or where that is said of the whole answer. */
    static Optional<String> provisional(Gap gap) {
        return switch (gap.getFinality()) {
            case GAP_FINALITY_PROVISIONAL -> Optional.of("provisional: " + awaited(gap));
            case GAP_FINALITY_END_PROVISIONAL -> Optional.of("its end is provisional: " + awaited(gap));
            case GAP_FINALITY_NOT_LOGGED -> Optional.of(NOT_LOGGED);
            case GAP_FINALITY_FINAL, GAP_FINALITY_COMPUTED, GAP_FINALITY_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
        };
    }

    private static String awaited(Gap gap) {
        return gap.getAwaitedHopsCount() == 0 ? ALL_READ : "it is " + finalWith(gap.getAwaitedHopsList());
    }

    /** What is waited for: what hops had, of which it is not known up to then. */
    static String finalWith(Collection<String> hops) {
        return "final when it is known up to then what " + String.join(", ", hops) + " had, or that nobody looked";
    }

    private static boolean isSuspended(Gap gap) {
        return gap.getSuspensionsCount() > 0
                && !gap.getSuspensions(gap.getSuspensionsCount() - 1).hasResumed();
    }

    /** When it was not known whether it lasts, and why, as facts of whatever they are told about. */
    static void suspensions(Gap gap, TextTable facts) {
        gap.getSuspensionsList()
                .forEach(suspension -> facts.row(
                        "suspended",
                        "since " + ShownTime.of(ShownTime.floor(suspension.getFrom())) + " because "
                                + unobserved(suspension) + "; "
                                + (suspension.hasResumed()
                                        ? "resumed " + ShownTime.of(ShownTime.floor(suspension.getResumed()))
                                        : "not seen again before it ended, or as far as is known" + upTo(gap))));
    }

    /** Such as {@code pve02/frr/vrf_evpnz1 was not observed (connect failed, 3 failed scrapes)}. */
    static String unobserved(Suspension suspension) {
        return suspension.getUnobservedCount() == 0
                ? "an end of it was not observed"
                : suspension.getUnobservedList().stream()
                        .map(spell -> spell.getRib().getHop() + " was not observed (" + BoundsText.why(spell) + ")")
                        .collect(Collectors.joining(" and "));
    }

    /** Causes with their evidence, as facts of whatever they are told about. */
    static void explain(Gap gap, TextTable facts) {
        for (var explanation : gap.getExplanationsList()) {
            var way = gap.getBreaksCount() > 1 ? "on " + of(explanation.getAt()) + ": " : "";
            var when = gap.getExplanationsCount() > 1 ? ", " + spans(explanation) : "";
            facts.row("because", way + of(explanation) + when);
            explanation.getEvidenceList().forEach(evidence -> facts.row("evidence", of(evidence)));
        }
    }

    private static String spans(Explanation explanation) {
        return explanation.getCertainList().stream().map(BoundsText::of).collect(Collectors.joining(" and "));
    }

    /** A sentence, and under it what proves it. */
    static List<String> lines(Gap gap) {
        var lines = new ArrayList<String>();
        lines.add(what(gap) + (isLoss(gap) ? ": " : "; why: ") + causes(gap) + ".");
        var facts = TextTable.ofFacts();
        facts.row(gap.getKind() == GapKind.GAP_KIND_STALE ? "left over" : "broken", breaks(gap));
        facts.row("opened", BoundsText.of(gap.getOpened()));
        facts.row("ended", end(gap));
        provisional(gap).ifPresent(what -> facts.row("", what));
        suspensions(gap, facts);
        explain(gap, facts);
        gap.getHopsList().stream().skip(1).forEach(loss -> facts.row("affected", of(gap, loss)));
        facts.lines().forEach(lines::add);
        return lines;
    }
}
