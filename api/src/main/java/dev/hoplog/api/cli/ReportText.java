package dev.hoplog.api.cli;

import dev.hoplog.v1.Bounds;
import dev.hoplog.v1.ChainVersion;
import dev.hoplog.v1.Completeness;
import dev.hoplog.v1.Evidence;
import dev.hoplog.v1.Explanation;
import dev.hoplog.v1.Gap;
import dev.hoplog.v1.HopAnswer;
import dev.hoplog.v1.HopLoss;
import dev.hoplog.v1.Incident;
import dev.hoplog.v1.ListIncidentsResponse;
import dev.hoplog.v1.TimelineEntry;
import dev.hoplog.v1.WhenStoppedResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A post-mortem in Markdown (GitHub-flavoured) that can be pasted into a ticket unchanged. What daemons printed is escaped:
 * it can neither break a table nor become markup.
 */
public final class ReportText {
    /** A word with two colons at least, and what stands before and after it. */
    private static final Pattern WORD = Pattern.compile("([(\"']*)([\\w.%/-]*:[\\w.%/-]*:[\\w.%/:-]*?)([,;.:)\"']*)");

    private static final Pattern TIME = Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT)?\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z?");

    private final StringBuilder text = new StringBuilder();

    private ReportText() {}

    /**
     * What a report is made of.
     *
     * @param title such as {@code When fd00::/64 stopped reaching pve02}
     * @param stops of the prefix and target in question; empty: the report is of a window
     * @param timeline of that prefix at the hops concerned, ascending; may be empty
     * @param reproduce the command that asks for the same again
     */
    public record Material(
            String title,
            Optional<WhenStoppedResponse> stops,
            ListIncidentsResponse incidents,
            List<TimelineEntry> timeline,
            String reproduce) {
        public Material {
            timeline = List.copyOf(timeline);
        }
    }

    public static String of(Material material) {
        return new ReportText().report(material);
    }

    private String report(Material material) {
        line("# " + escape(material.title()));
        line("");
        line("## Summary");
        line("");
        material.stops().ifPresent(this::stops);
        var incidents = material.incidents().getIncidentsList();
        incidents.forEach(this::summary);
        if (incidents.isEmpty()) {
            line("- No edge of the chain is known to have lost a prefix.");
        }
        line("");
        timeline(material);
        hops(incidents);
        evidence(incidents);
        unknown(material);
        reproduce(material);
        return text.toString();
    }

    private void stops(WhenStoppedResponse stops) {
        for (var answer : stops.getHopsList()) {
            var sentence = HopAnswerText.sentence(stops.getPrefix(), answer);
            line("- " + escape(sentence) + stopped(answer));
        }
    }

    private static String stopped(HopAnswer answer) {
        var when = new ArrayList<String>();
        if (answer.hasStopped()) {
            when.add("stopped " + BoundsText.of(answer.getStopped()));
        }
        if (answer.hasReturned()) {
            when.add("back " + BoundsText.of(answer.getReturned()));
        }
        return when.isEmpty() ? "" : " " + escape(capital(String.join("; ", when))) + ".";
    }

    private void summary(Incident incident) {
        var prefixes = incident.getPrefixesCount() == 1
                ? incident.getPrefixes(0)
                : GapsText.count(incident.getPrefixesCount(), "prefix", "prefixes");
        line("- **When:** " + escape(prefixes) + " got lost " + escape(BoundsText.of(incident.getStarted()))
                + (incident.hasEnded()
                        ? ", and was back " + escape(BoundsText.of(incident.getEnded())) + "."
                        : ", and is not back as far as is known."));
        line("- **Where first:** " + escape(where(incident)) + ".");
        why(incident).forEach(why -> line("- **Why:** " + escape(why) + "."));
        line("- **Whom:** " + escape(String.join(", ", incident.getHopsList())) + ".");
        GapsText.restarts(incident)
                .forEach(restart -> line("- **Near it:** "
                        + escape(restart.getRib().getHop() + " restarted " + BoundsText.of(restart.getBounds()) + ": "
                                + BoundsText.oneLine(restart.getEvidence()))
                        + "."));
        incident.getReconfigurationsList()
                .forEach(event -> line("- **Near it:** "
                        + escape(event.getRib().getHop() + " read its configuration anew "
                                + BoundsText.of(event.getBounds()))
                        + "."));
    }

    private static String where(Incident incident) {
        if (incident.getGapsCount() == 1) {
            return GapText.breaks(incident.getGaps(0));
        }
        var breaks =
                incident.getGapsList().stream().map(GapText::breaks).distinct().toList();
        if (breaks.size() == 1) {
            return breaks.getFirst();
        }
        return incident.getFirstGapId().isEmpty()
                ? "undecidable among " + String.join("; ", breaks)
                : GapsText.first(incident);
    }

    private static List<String> why(Incident incident) {
        return incident.getGapsList().stream()
                .flatMap(gap -> gap.getExplanationsList().stream())
                .map(explanation -> GapText.of(explanation) + " (on " + GapText.of(explanation.getAt()) + ")")
                .distinct()
                .toList();
    }

    private void timeline(Material material) {
        if (material.timeline().isEmpty()) {
            return;
        }
        line("## Timeline");
        line("");
        header("After", "At or before", "Hop", "Table", "What");
        for (var entry : material.timeline()) {
            var cells = TimelineText.cells(entry);
            row(cells.toArray(String[]::new));
        }
        line("");
        if (material.timeline().stream().anyMatch(entry -> entry.getUndecidedWithAbove() > 0)) {
            line("≈n: it may have happened before some of the n entries right above; nobody can tell.");
            line("");
        }
    }

    private void hops(List<Incident> incidents) {
        if (incidents.isEmpty()) {
            return;
        }
        line("## Hops");
        line("");
        header("Prefix", "Hop", "Lost after", "Lost at or before", "Back after", "Back at or before");
        incidents.stream()
                .flatMap(incident -> incident.getGapsList().stream())
                .forEach(gap -> gap.getHopsList()
                        .forEach(loss -> row(
                                gap.getPrefix(),
                                loss.getHop(),
                                after(loss.hasLost(), loss.getLost()),
                                before(loss.hasLost(), loss.getLost(), "never had"),
                                after(loss.hasBack(), loss.getBack()),
                                before(loss.hasBack(), loss.getBack(), "not known"))));
        line("");
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

    private void evidence(List<Incident> incidents) {
        if (incidents.isEmpty()) {
            return;
        }
        line("## Evidence");
        line("");
        header("Prefix", "Cause", "Hop", "Table", "What it had", "Since", "Snapshot");
        for (var incident : incidents) {
            for (var gap : incident.getGapsList()) {
                gap.getExplanationsList()
                        .forEach(explanation ->
                                explanation.getEvidenceList().forEach(evidence -> row(gap, explanation, evidence)));
            }
        }
        line("");
    }

    private void row(Gap gap, Explanation explanation, Evidence evidence) {
        row(
                gap.getPrefix(),
                GapText.name(explanation.getCause()),
                evidence.getRib().getHop(),
                RibText.table(evidence.getRib()),
                GapText.what(evidence),
                evidence.hasSince() ? BoundsText.of(evidence.getSince()) : "-",
                evidence.getSnapshotId().isEmpty() ? "-" : evidence.getSnapshotId());
    }

    private void unknown(Material material) {
        line("## What is not known");
        line("");
        var unknown = Stream.concat(
                        material.stops().stream()
                                .flatMap(stops -> stops.getHopsList().stream())
                                .flatMap(ReportText::unknown),
                        Stream.concat(
                                material.incidents().getIncidentsList().stream().flatMap(ReportText::unknown),
                                Stream.of(material.incidents().getOtherPrefixesUnknownBecause())
                                        .filter(why -> !why.isEmpty())
                                        .map(why -> "Whether other prefixes were lost with it: " + why)))
                .distinct()
                .toList();
        unknown.forEach(what -> line("- " + escape(what) + "."));
        if (unknown.isEmpty()) {
            line("- Nothing within what was observed; what happened inside the bounds is undecided.");
        }
        line("");
    }

    private static Stream<String> unknown(HopAnswer answer) {
        var hop = answer.getRib().getHop();
        return Stream.of(
                        answer.getBlindList().stream().map(spell -> "What " + hop + " had " + BoundsText.of(spell)),
                        answer.getChangedUnseenList().stream()
                                .map(event -> "What it was at " + hop + " in between: it changed while nobody looked, "
                                        + BoundsText.of(event.getBounds())),
                        Stream.of(answer.getBrokenUnknownBecause())
                                .filter(why -> !why.isEmpty())
                                .map(why -> "What broke before " + hop + ": " + BoundsText.oneLine(why)))
                .flatMap(all -> all);
    }

    private static Stream<String> unknown(Incident incident) {
        var unobserved = incident.getGapsList().stream()
                .flatMap(gap -> gap.getBreaksList().stream())
                .flatMap(way -> way.getUnobservedHopsList().stream())
                .map(hop -> "What " + hop + " had while prefixes got lost around it: it was not observed");
        var causes = incident.getGapsList().stream()
                .filter(gap ->
                        gap.getExplanationsList().stream().anyMatch(explanation -> explanation.getEvidenceCount() == 0))
                .map(gap -> "Why " + gap.getPrefix() + " got lost on " + GapText.breaks(gap)
                        + ": the stations of the edge do not show it");
        var order = incident.getGapsCount() > 1 && incident.getFirstGapId().isEmpty()
                ? Stream.of("Which of " + GapsText.count(incident.getGapsCount(), "gap", "gaps")
                        + " opened first: their bounds overlap")
                : Stream.<String>empty();
        var open = incident.getGapsList().stream()
                .flatMap(gap -> gap.getHopsList().stream()
                        .filter(loss -> !loss.hasBack())
                        .map(HopLoss::getHop)
                        .map(hop -> "When " + gap.getPrefix() + " was back at " + hop));
        return Stream.of(unobserved, causes, order, open).flatMap(all -> all);
    }

    private void reproduce(Material material) {
        line("## To reproduce this");
        line("");
        var incidents = material.incidents();
        line("- " + escape(CompletenessText.of(incidents.getNetwork(), incidents.getCompleteness())));
        line("- Log positions (partition:offset of `hoplog.route-event.v1`): "
                + positions(incidents.getCompleteness()));
        line("- Chain: " + chain(incidents.getChainVersionsList()));
        line("");
        line("```");
        line(material.reproduce());
        line("```");
    }

    private static String positions(Completeness completeness) {
        var positions = completeness.getPositionsList().stream()
                .map(position -> Integer.toUnsignedString(position.getPartition()) + ":"
                        + Long.toUnsignedString(position.getNextOffset()))
                .collect(Collectors.joining(", "));
        return positions.isEmpty() ? "none" : positions;
    }

    private static String chain(List<ChainVersion> versions) {
        return versions.isEmpty() ? "none was published." : escape(GapsText.chain(versions));
    }

    private void header(String... names) {
        row(names);
        line("|" + "---|".repeat(names.length));
    }

    private void row(String... cells) {
        line("| " + Stream.of(cells).map(ReportText::escape).collect(Collectors.joining(" | ")) + " |");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    /**
     * Text that Markdown shows as it is. Addresses and communities become code: between their colons a renderer may see
     * an emoji, {@code :100:} for one.
     */
    static String escape(String cell) {
        return Stream.of(BoundsText.oneLine(cell).split(" ", -1))
                .map(ReportText::word)
                .collect(Collectors.joining(" "));
    }

    private static String word(String word) {
        var parts = WORD.matcher(word);
        if (!parts.matches() || TIME.matcher(parts.group(2)).matches()) {
            return plain(word);
        }
        return plain(parts.group(1)) + "`" + parts.group(2) + "`" + plain(parts.group(3));
    }

    private static String plain(String text) {
        return text.replace("&", "&amp;").replaceAll("([\\\\|`*_<>\\[\\]~#])", "\\\\$1");
    }

    private static String capital(String sentence) {
        return sentence.isEmpty()
                ? sentence
                : sentence.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + sentence.substring(1);
    }
}
