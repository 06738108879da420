package dev.hoplog.api.cli;

import dev.hoplog.v1.Break;
import dev.hoplog.v1.Evidence;
import dev.hoplog.v1.Gap;
import dev.hoplog.v1.GapKind;
import dev.hoplog.v1.HopLoss;
import dev.hoplog.v1.Presence;
import dev.hoplog.v1.Suspension;
import dev.hoplog.v1.View;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where a prefix got lost and why, in words that claim no more than the evidence. */
final class GapText {
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
            case GAP_END_RESTORED ->
                "restored " + BoundsText.of(gap.getEnded()) + (isLoss(gap) ? "" : ": " + restored(gap.getKind()));
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

    /** What it means that a gap is: the hop has the prefix, unless that is what was wrong. */
    static String restored(GapKind kind) {
        return switch (kind) {
            case GAP_KIND_DEGRADED -> "the hop has it that way as well";
            case GAP_KIND_STALE -> "the hop let go of it";
            case GAP_KIND_MISSING, GAP_KIND_SOURCE_LOST, GAP_KIND_UNSPECIFIED, UNRECOGNIZED -> "restored";
        };
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
                "on each way that the chain has to the hop, another one lacks it or should not pass it on";
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

    /** A sentence, and under it what proves it. */
    static List<String> lines(Gap gap) {
        var lines = new ArrayList<String>();
        lines.add(what(gap) + (isLoss(gap) ? ": " : "; why: ") + ExplanationText.causes(gap) + ".");
        var facts = TextTable.ofFacts();
        facts.row(gap.getKind() == GapKind.GAP_KIND_STALE ? "left over" : "broken", breaks(gap));
        facts.row("opened", BoundsText.of(gap.getOpened()));
        facts.row("ended", end(gap));
        provisional(gap).ifPresent(what -> facts.row("", what));
        suspensions(gap, facts);
        ExplanationText.explain(gap, facts);
        gap.getHopsList().stream().skip(1).forEach(loss -> facts.row("affected", of(gap, loss)));
        facts.lines().forEach(lines::add);
        return lines;
    }
}
