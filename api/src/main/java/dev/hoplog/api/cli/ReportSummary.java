package dev.hoplog.api.cli;

import dev.hoplog.v1.HopAnswer;
import dev.hoplog.v1.Incident;
import dev.hoplog.v1.WhenStoppedResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;

/** What a reader in a hurry reads of a post-mortem: when, where first, why, whom. */
final class ReportSummary {
    private final Markdown markdown;
    private final PrefixSets prefixes;

    ReportSummary(Markdown markdown, PrefixSets prefixes) {
        this.markdown = markdown;
        this.prefixes = prefixes;
    }

    void stops(WhenStoppedResponse stops) {
        for (var answer : stops.getHopsList()) {
            markdown.bullet(HopAnswerText.sentence(stops, answer) + stopped(answer));
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
        return when.isEmpty() ? "" : " " + capital(String.join("; ", when)) + ".";
    }

    void incident(Incident incident) {
        markdown.bullet("When", when(incident));
        where(incident);
        why(incident);
        whom(incident.getHopsList());
        GapsText.restarts(incident)
                .forEach(restart -> markdown.bullet(
                        "Near it",
                        restart.getRib().getHop() + " restarted " + BoundsText.of(restart.getBounds()) + ": "
                                + BoundsText.oneLine(restart.getEvidence()) + "."));
        incident.getReconfigurationsList()
                .forEach(event -> markdown.bullet(
                        "Near it",
                        event.getRib().getHop() + " read its configuration anew " + BoundsText.of(event.getBounds())
                                + "."));
    }

    private String when(Incident incident) {
        return prefixes.of(incident.getPrefixesList()) + " got " + GapText.fate(incident.getGapsList()) + " "
                + BoundsText.of(incident.getStarted())
                + EndText.sentence(incident) + ".";
    }

    private void whom(List<String> hops) {
        var lines = ByNode.of(hops);
        if (lines.size() == 1) {
            markdown.bullet("Whom", lines.getFirst() + ".");
        } else {
            markdown.bullet("Whom", ByNode.count(hops));
            lines.forEach(markdown::subBullet);
        }
    }

    private void where(Incident incident) {
        var breaks =
                incident.getGapsList().stream().map(GapText::breaks).distinct().toList();
        if (breaks.size() == 1) {
            markdown.bullet("Where first", breaks.getFirst() + ".");
        } else if (!incident.getFirstGapId().isEmpty()) {
            markdown.bullet("Where first", GapsText.first(incident) + ".");
        } else {
            markdown.bullet("Where first", "undecidable among");
            breaks.forEach(markdown::subBullet);
        }
    }

    /** Each cause once, with all the places where it holds, and when if that is not as long as the gap was there. */
    private void why(Incident incident) {
        var places = new LinkedHashMap<String, SequencedMap<String, SequencedSet<String>>>();
        for (var gap : incident.getGapsList()) {
            for (var explanation : gap.getExplanationsList()) {
                places.computeIfAbsent(ExplanationText.of(gap, explanation), _ -> new LinkedHashMap<>())
                        .computeIfAbsent(
                                GapText.of(explanation.getAt()) + ProvenTime.besideOfBreak(gap, explanation),
                                _ -> new LinkedHashSet<>())
                        .add(gap.getPrefix());
            }
        }
        places.forEach((why, at) -> {
            if (at.size() == 1) {
                markdown.bullet("Why", why + " (on " + place(incident, at.firstEntry()) + ").");
            } else {
                markdown.bullet("Why", why + ", on");
                at.entrySet().forEach(entry -> markdown.subBullet(place(incident, entry)));
            }
        });
    }

    /** The prefixes are told where it were not all. */
    private String place(Incident incident, Map.Entry<String, SequencedSet<String>> place) {
        return place.getKey()
                + (place.getValue().size() == incident.getPrefixesCount() ? "" : ": " + prefixes.of(place.getValue()));
    }

    /** Such as {@code 11 prefixes lost on A → B, and back}: a title among others. */
    static String title(Incident incident) {
        var breaks = incident.getGapsList().stream()
                .flatMap(gap -> gap.getBreaksList().stream())
                .map(GapText::of)
                .distinct()
                .toList();
        return (incident.getPrefixesCount() == 1
                        ? incident.getPrefixes(0)
                        : GapsText.count(incident.getPrefixesCount(), "prefix", "prefixes"))
                + " " + GapText.fate(incident.getGapsList()) + " on "
                + (breaks.size() == 1 ? breaks.getFirst() : GapsText.count(breaks.size(), "edge", "edges"))
                + ", and " + EndText.brief(incident);
    }

    static String capital(String sentence) {
        return sentence.isEmpty()
                ? sentence
                : sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
    }
}
