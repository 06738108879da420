package dev.hoplog.api.cli;

import com.google.protobuf.Timestamp;
import dev.hoplog.v1.BlindSpell;
import dev.hoplog.v1.Bounds;
import dev.hoplog.v1.Break;
import dev.hoplog.v1.Cause;
import dev.hoplog.v1.ChainVersion;
import dev.hoplog.v1.Completeness;
import dev.hoplog.v1.Evidence;
import dev.hoplog.v1.Gap;
import dev.hoplog.v1.GapFinality;
import dev.hoplog.v1.GapKind;
import dev.hoplog.v1.HopAnswer;
import dev.hoplog.v1.HopLoss;
import dev.hoplog.v1.Incident;
import dev.hoplog.v1.ListIncidentsResponse;
import dev.hoplog.v1.Suspension;
import dev.hoplog.v1.TimelineEntry;
import dev.hoplog.v1.WhenStoppedResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A post-mortem in Markdown that can be pasted into a ticket unchanged. */
public final class ReportText {
    /** More say nothing to a reader; the command at the end lists them. */
    private static final int MOST_PREFIXES = 100;

    private final Markdown markdown = new Markdown();
    private final PrefixSets prefixes = new PrefixSets();

    private ReportText() {}

    /**
     * What a report is made of.
     *
     * @param title such as {@code When fd00::/64 stopped reaching pve02}
     * @param stops of the prefix and target in question; empty: the report is of a window
     * @param timeline of that prefix at the hops concerned, or of the gaps of several prefixes; ascending; may be empty
     * @param toldUpTo nothing later is told; empty: nothing is known
     * @param reproduce the command that asks for the same again
     */
    public record Material(
            String title,
            Optional<WhenStoppedResponse> stops,
            ListIncidentsResponse incidents,
            List<TimelineEntry> timeline,
            Optional<Timestamp> toldUpTo,
            String reproduce) {
        public Material {
            timeline = List.copyOf(timeline);
        }
    }

    public static String of(Material material) {
        return new ReportText().report(material);
    }

    private String report(Material material) {
        var incidents = material.incidents().getIncidentsList();
        markdown.heading(1, material.title());
        summary(material, incidents);
        timeline(material);
        hops(incidents);
        evidence(incidents);
        prefixes();
        unknown(material);
        reproduce(material);
        return markdown.toString();
    }

    private void summary(Material material, List<Incident> incidents) {
        markdown.heading(2, "Summary");
        var summary = new ReportSummary(markdown, prefixes);
        material.stops().ifPresent(summary::stops);
        if (incidents.isEmpty()) {
            markdown.bullet("No edge of the chain is known to have lost a prefix.");
        } else if (incidents.size() == 1) {
            summary.incident(incidents.getFirst());
        } else {
            for (int i = 0; i < incidents.size(); i++) {
                if (i > 0 || material.stops().isPresent()) {
                    markdown.end();
                }
                markdown.heading(3, "Incident " + (i + 1) + ": " + ReportSummary.title(incidents.get(i)));
                summary.incident(incidents.get(i));
            }
        }
        markdown.end();
    }

    private void timeline(Material material) {
        var entries = material.timeline();
        if (entries.isEmpty()) {
            return;
        }
        markdown.heading(2, "Timeline");
        if (entries.stream().allMatch(TimelineEntry::hasGap)
                && entries.stream().map(ReportText::prefix).distinct().count() > 1) {
            markdown.table(
                    List.of("Prefix", "After", "At or before", "Hop", "Table", "What"),
                    prefixes.merged(entries, ReportText::prefix, TimelineText::cells));
        } else {
            markdown.table(
                    List.of("After", "At or before", "Hop", "Table", "What"),
                    entries.stream().map(TimelineText::cells).toList());
        }
        if (entries.stream().anyMatch(entry -> entry.getUndecidedWithAbove() > 0)) {
            markdown.paragraph("≈n: it may have happened before some of the n entries right above; nobody can tell.");
        }
    }

    private static String prefix(TimelineEntry gap) {
        return gap.getGap().getGap().getPrefix();
    }

    private record Lost(Gap gap, HopLoss loss) {
        String prefix() {
            return gap.getPrefix();
        }
    }

    private void hops(List<Incident> incidents) {
        if (incidents.isEmpty()) {
            return;
        }
        markdown.heading(2, "Hops");
        var lost = gaps(incidents)
                .flatMap(gap -> gap.getHopsList().stream().map(loss -> new Lost(gap, loss)))
                .toList();
        markdown.table(
                List.of("Prefix", "Hop", "Lost after", "Lost at or before", "Back after", "Back at or before"),
                prefixes.merged(lost, Lost::prefix, one -> {
                    var loss = one.loss();
                    return List.of(
                            loss.getHop(),
                            after(loss.hasLost(), loss.getLost()),
                            before(loss.hasLost(), loss.getLost(), "never had"),
                            after(loss.hasBack(), loss.getBack()),
                            before(loss.hasBack(), loss.getBack(), "not known" + GapText.upTo(one.gap())));
                }));
    }

    private static Stream<Gap> gaps(Collection<Incident> incidents) {
        return incidents.stream().flatMap(incident -> incident.getGapsList().stream());
    }

    private static String after(boolean is, Bounds bounds) {
        if (!is) {
            return "-";
        }
        return bounds.hasAfter() ? ShownTime.of(ShownTime.floor(bounds.getAfter())) : "open";
    }

    private static String before(boolean is, Bounds bounds, String otherwise) {
        return is ? ShownTime.of(ShownTime.ceiling(bounds.getAtOrBefore())) : otherwise;
    }

    private record Proof(String prefix, String cause, Evidence evidence) {}

    private void evidence(List<Incident> incidents) {
        if (incidents.isEmpty()) {
            return;
        }
        markdown.heading(2, "Evidence");
        var proofs = new ArrayList<Proof>();
        gaps(incidents)
                .forEach(gap -> gap.getExplanationsList()
                        .forEach(explanation -> explanation
                                .getEvidenceList()
                                .forEach(evidence -> proofs.add(new Proof(
                                        gap.getPrefix(), ExplanationText.name(gap, explanation), evidence)))));
        markdown.table(
                List.of("Prefix", "Cause", "Hop", "Table", "What it had", "Since", "Snapshot"),
                prefixes.merged(proofs, Proof::prefix, proof -> {
                    var evidence = proof.evidence();
                    return List.of(
                            proof.cause(),
                            evidence.getRib().getHop(),
                            RibText.table(evidence.getRib()),
                            GapText.what(evidence),
                            evidence.hasSince() ? BoundsText.of(evidence.getSince()) : "-",
                            evidence.getSnapshotId().isEmpty() ? "-" : evidence.getSnapshotId());
                }));
    }

    private void prefixes() {
        if (prefixes.named().isEmpty()) {
            return;
        }
        markdown.heading(2, "Prefixes");
        prefixes.named().forEach((name, set) -> {
            int more = set.size() - MOST_PREFIXES;
            markdown.bullet(
                    name,
                    set.stream().limit(MOST_PREFIXES).collect(Collectors.joining(", "))
                            + (more > 0 ? " and " + more + " more" : ""));
        });
        markdown.end();
    }

    private void unknown(Material material) {
        markdown.heading(2, "What is not known");
        var unknown = new LinkedHashSet<String>();
        material.stops()
                .ifPresent(stops ->
                        stops.getHopsList().forEach(answer -> unknown(answer).forEach(unknown::add)));
        material.incidents()
                .getIncidentsList()
                .forEach(incident -> unknown(incident).forEach(unknown::add));
        var others = material.incidents().getOtherPrefixesUnknownBecause();
        if (!others.isEmpty()) {
            unknown.add("Whether other prefixes were lost with it: " + others);
        }
        GapsText.beforeAnyChain(material.incidents().getChainVersionsList())
                .ifPresent(before -> unknown.add(ReportSummary.capital(before)));
        if (unknown.isEmpty()) {
            unknown.add("Nothing within what was observed; what happened inside the bounds is undecided");
        }
        unknown.forEach(what -> markdown.bullet(what + "."));
        markdown.end();
    }

    private static Stream<String> unknown(HopAnswer answer) {
        var hop = answer.getRib().getHop();
        return Stream.of(
                        answer.getBlindList().stream()
                                .filter(spell -> !isNotReadYet(answer, spell))
                                .map(spell -> "What " + hop + " had " + BoundsText.of(spell)),
                        Stream.of(answer.getUnknownBecause())
                                .filter(why -> !why.isEmpty())
                                .map(why -> "What " + hop + " had" + HopAnswerText.asOf(answer) + ": "
                                        + BoundsText.oneLine(why)),
                        answer.getChangedUnseenList().stream()
                                .map(event -> "What it was at " + hop + " in between: it changed while nobody looked, "
                                        + BoundsText.of(event.getBounds())),
                        Stream.of(answer.getBrokenUnknownBecause())
                                .filter(why -> !why.isEmpty())
                                .map(why -> "What broke before " + hop + ": " + BoundsText.oneLine(why)))
                .flatMap(all -> all);
    }

    /** Hops are read one after the other: what is known of each ends a little before what is known of all. */
    private static boolean isNotReadYet(HopAnswer answer, BlindSpell spell) {
        return spell.getFailures() == 0
                && answer.hasJudgedAt()
                && !ShownTime.floor(spell.getSpan().getFrom()).isBefore(ShownTime.floor(answer.getJudgedAt()));
    }

    private Stream<String> unknown(Incident incident) {
        var unobserved = incident.getGapsList().stream()
                .flatMap(gap -> gap.getBreaksList().stream())
                .flatMap(way -> way.getUnobservedHopsList().stream())
                .map(hop -> "What " + hop + " had while prefixes got lost around it: it was not observed");
        var unexplained = incident.getGapsList().stream()
                .flatMap(gap -> gap.getBreaksList().stream().flatMap(way -> unexplained(gap, way)))
                .toList();
        var causes = prefixes.merged(unexplained, Unexplained::prefix, one -> List.of(one.at(), one.why())).stream()
                .map(row -> "Why " + row.get(0) + " " + row.get(1) + row.get(2));
        var notFinal = incident.getGapsList().stream()
                .filter(gap -> gap.getFinality() != GapFinality.GAP_FINALITY_NOT_LOGGED)
                .filter(gap -> GapText.provisional(gap).isPresent())
                .toList();
        var provisional = prefixes
                .merged(
                        notFinal,
                        Gap::getPrefix,
                        gap -> List.of(
                                GapText.breaks(gap), GapText.provisional(gap).orElse("")))
                .stream()
                .map(row -> "Whether what is told of " + row.get(0) + " on " + row.get(1) + " stays: " + row.get(2));
        var order = incident.getGapsCount() > 1 && incident.getFirstGapId().isEmpty()
                ? Stream.of("Which of " + GapsText.count(incident.getGapsCount(), "gap", "gaps")
                        + " opened first: their bounds overlap, or their clocks may be off by as much")
                : Stream.<String>empty();
        var away = incident.getGapsList().stream()
                .flatMap(gap -> gap.getHopsList().stream()
                        .filter(loss -> !loss.hasBack())
                        .map(loss -> new Lost(gap, loss)))
                .toList();
        var open =
                prefixes
                        .merged(away, Lost::prefix, lost -> List.of(lost.loss().getHop(), GapText.upTo(lost.gap())))
                        .stream()
                        .map(row -> "Whether and when " + row.get(0) + " came back at " + row.get(1)
                                + (row.get(2).isEmpty() ? "" : ": it did not" + row.get(2) + ", as far as is known"));
        var suspended = incident.getGapsList().stream()
                .flatMap(gap -> gap.getSuspensionsList().stream().map(suspension -> new Unsure(gap, suspension)))
                .toList();
        var suspensions = prefixes
                .merged(
                        suspended,
                        unsure -> unsure.gap().getPrefix(),
                        unsure -> List.of(GapText.breaks(unsure.gap()), during(unsure.suspension())))
                .stream()
                .map(row -> "Whether the gap of " + row.get(0) + " on " + row.get(1) + " lasted " + row.get(2));
        return Stream.of(unobserved, causes, provisional, suspensions, order, open)
                .flatMap(all -> all);
    }

    /** Of a break, and in words: from when to when, and why nobody knows. */
    private record Unexplained(String prefix, String at, String why) {}

    private static Stream<Unexplained> unexplained(Gap gap, Break way) {
        return gap.getExplanationsList().stream()
                .filter(explanation -> explanation.getAt().equals(way))
                .filter(explanation ->
                        explanation.getEvidenceCount() == 0 || explanation.getCause() == Cause.CAUSE_UNKNOWN)
                .findFirst()
                .map(explanation -> Stream.of(new Unexplained(
                        gap.getPrefix(),
                        lost(gap, way),
                        ": the stations of the edge do not show it"
                                + (ExplanationText.isNotYet(gap, explanation) ? " yet" : ""))))
                .orElseGet(() -> ProvenTime.unproven(gap, way).spans().stream()
                        .map(ProvenTime::words)
                        .map(span -> unproven(gap, way, span)));
    }

    /** While a gap goes on over another break, there may have been nothing at this one that could get lost. */
    private static Unexplained unproven(Gap gap, Break way, String span) {
        return gap.getBreaksCount() > 1 && GapText.isLoss(gap)
                ? new Unexplained(
                        gap.getPrefix(),
                        "did not come on " + GapText.of(way),
                        " " + span + ", and whether it should have: no cause was proven then")
                : new Unexplained(gap.getPrefix(), lost(gap, way), " " + span + ": no cause was proven then");
    }

    private static String lost(Gap gap, Break way) {
        return (gap.getKind() == GapKind.GAP_KIND_STALE ? "was left over on " : "got lost on ")
                + GapText.breaks(gap.getKind(), List.of(way));
    }

    private record Unsure(Gap gap, Suspension suspension) {}

    private static String during(Suspension suspension) {
        return "from " + ShownTime.of(ShownTime.floor(suspension.getFrom()))
                + (suspension.hasResumed() ? " to " + ShownTime.of(ShownTime.floor(suspension.getResumed())) : " on")
                + ": " + GapText.unobserved(suspension);
    }

    private void reproduce(Material material) {
        markdown.heading(2, "To reproduce this");
        var incidents = material.incidents();
        markdown.bullet(CompletenessText.of(incidents.getNetwork(), incidents.getCompleteness()));
        markdown.bullet(
                "Log positions (partition:offset of hoplog.route-event.v1): " + positions(incidents.getCompleteness()));
        material.toldUpTo()
                .ifPresent(end -> markdown.bullet("Nothing later than " + ShownTime.of(ShownTime.floor(end))
                        + " is told, so that the same can be asked again when more is known."));
        markdown.bullet(chain(incidents.getChainVersionsList()));
        GapsText.computed(gaps(incidents.getIncidentsList())).ifPresent(markdown::bullet);
        incidents.getIncidentsList().stream()
                .flatMap(incident -> GapsText.notLogged(incident).stream())
                .forEach(markdown::bullet);
        markdown.end();
        markdown.code(material.reproduce());
    }

    private static String positions(Completeness completeness) {
        var positions = completeness.getPositionsList().stream()
                .map(position -> Integer.toUnsignedString(position.getPartition()) + ":"
                        + Long.toUnsignedString(position.getNextOffset()))
                .collect(Collectors.joining(", "));
        return positions.isEmpty() ? "none" : positions;
    }

    private static String chain(List<ChainVersion> versions) {
        return versions.isEmpty() ? "No chain was published." : GapsText.chain(versions);
    }
}
