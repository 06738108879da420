package dev.hoplog.api.cli;

import dev.hoplog.v1.ChainTrace;
import dev.hoplog.v1.EdgeCrossing;
import dev.hoplog.v1.NotExpectedReason;
import dev.hoplog.v1.Passage;
import dev.hoplog.v1.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A line for each edge of the chain, with what is to be said of it; edges that lead back, or have nothing to
 * carry, are counted. */
final class ChainTraceText {
    private ChainTraceText() {}

    static List<String> of(ChainTrace trace) {
        var lines = new ArrayList<String>();
        if (!trace.getUnknownBecause().isEmpty()) {
            lines.add("Nothing is told along the chain: " + BoundsText.oneLine(trace.getUnknownBecause()) + ".");
            return lines;
        }
        lines.add(trace.getPrefix() + " along the chain"
                + (trace.hasAsOf() ? ", as of " + ShownTime.of(ShownTime.floor(trace.getAsOf())) : "") + ":");
        var idle = those(trace, NotExpectedReason.NOT_EXPECTED_REASON_UPSTREAM_LACKS);
        var back = those(trace, NotExpectedReason.NOT_EXPECTED_REASON_BACK_TO_PEER);
        var table = TextTable.ofFacts();
        trace.getEdgesList().stream()
                .filter(edge -> idle.size() < 2 || !idle.contains(edge))
                .filter(edge -> back.size() < 2 || !back.contains(edge))
                .forEach(edge -> add(table, edge));
        table.lines().forEach(lines::add);
        if (back.size() > 1) {
            lines.add("  " + back.size() + " more edges lead back to where it came from");
        }
        if (idle.size() > 1) {
            lines.add("  " + idle.size() + " more edges have nothing to carry: their upstream ends do not have it");
        }
        return lines;
    }

    /** Many edges do not pass it on for the same reason, and that is seldom the question. */
    private static List<EdgeCrossing> those(ChainTrace trace, NotExpectedReason reason) {
        return trace.getEdgesList().stream()
                .filter(edge -> edge.getNotExpectedBecause() == reason && !edge.getCameFromThere())
                .toList();
    }

    private static void add(TextTable table, EdgeCrossing edge) {
        table.row(edge.getUpstream() + " → " + edge.getDownstream(), words(edge));
        edge.getExplanation().getEvidenceList().forEach(evidence -> table.row("", "  " + GapText.of(evidence)));
        edge.getSessionDownList().forEach(evidence -> table.row("", "  " + GapText.of(evidence)));
    }

    private static String words(EdgeCrossing edge) {
        return switch (edge.getCrossing()) {
            case CROSSING_CARRIED -> "carried" + (edge.hasPassage() ? passage(edge.getPassage()) : "");
            case CROSSING_FROM_ELSEWHERE -> "not from there: " + edge.getDownstream() + " has it from elsewhere";
            case CROSSING_MISSING -> "MISSING, " + ExplanationText.then(edge.getExplanation());
            case CROSSING_UNDER_WAY ->
                "not there yet; it may take until " + ShownTime.of(ShownTime.ceiling(edge.getUnderWayUntil()));
            case CROSSING_NOT_EXPECTED ->
                "not expected: " + reason(edge)
                        + (edge.getCameFromThere()
                                ? "; " + edge.getDownstream() + " has it from there all the same"
                                : "");
            case CROSSING_NOT_KNOWN -> "not known: " + unknown(edge);
            case CROSSING_UNSPECIFIED, UNRECOGNIZED -> "something that this client does not know";
        };
    }

    private static String reason(EdgeCrossing edge) {
        var upstream = edge.getUpstream();
        return switch (edge.getNotExpectedBecause()) {
            case NOT_EXPECTED_REASON_UPSTREAM_LACKS -> upstream + " does not have it";
            case NOT_EXPECTED_REASON_OWN -> "it is " + upstream + "'s own, and only what it learnt goes there";
            case NOT_EXPECTED_REASON_INTERNAL -> upstream + " learnt it over iBGP, and this is iBGP too";
            case NOT_EXPECTED_REASON_BACK_TO_PEER -> upstream + " has it from there";
            case NOT_EXPECTED_REASON_NOT_SHOWN -> upstream + " does not show from whom it has it";
            case NOT_EXPECTED_REASON_UNSPECIFIED, UNRECOGNIZED -> "for a reason that this client does not know";
        };
    }

    private static String unknown(EdgeCrossing edge) {
        var parts = new ArrayList<String>();
        if (edge.getUnobservedHopsCount() > 0) {
            parts.add(String.join(" and ", edge.getUnobservedHopsList()) + " was not observed");
        }
        if (edge.getUndecidedHopsCount() > 0) {
            parts.add("a change was under way at " + String.join(" and ", edge.getUndecidedHopsList())
                    + ", or it is not read so far");
        }
        if (edge.getSessionDownCount() > 0) {
            parts.add("the session was down");
        }
        return String.join("; ", parts);
    }

    /** What changed, or that nothing did. Next hops come last, since they change at every hop by design. */
    private static String passage(Passage passage) {
        var changes = new ArrayList<String>();
        var before = passage.getChange().getBefore();
        var after = passage.getChange().getAfter();
        for (var field : passage.getChange().getFieldsList()) {
            switch (field) {
                case "as_path" -> changes.add("AS path " + or(before.getAsPath()) + " → " + or(after.getAsPath()));
                case "local_pref" -> changes.add("local-pref " + localPref(before) + " → " + localPref(after));
                case "med" -> changes.add("MED " + med(before) + " → " + med(after));
                case "next_hops", "communities", "large_communities", "extended_communities" -> {}
                default -> changes.add(field.replace('_', ' ') + " differs");
            }
        }
        if (passage.getCommunitiesLostCount() > 0) {
            changes.add("lost " + String.join(" ", passage.getCommunitiesLostList()));
        }
        if (passage.getCommunitiesGainedCount() > 0) {
            changes.add("gained " + String.join(" ", passage.getCommunitiesGainedList()));
        }
        if (passage.getChange().getFieldsList().contains("next_hops")) {
            changes.add("next hop " + nextHops(before) + " → " + nextHops(after));
        }
        return (passage.getUsed() ? "" : ", not used") + (changes.isEmpty() ? "" : ": " + String.join(", ", changes));
    }

    private static String or(String text) {
        return text.isEmpty() ? "none" : text;
    }

    private static String localPref(Path path) {
        return path.hasLocalPref() ? Integer.toUnsignedString(path.getLocalPref()) : "none";
    }

    private static String med(Path path) {
        return path.hasMed() ? Integer.toUnsignedString(path.getMed()) : "none";
    }

    private static String nextHops(Path path) {
        return path.getNextHopsList().stream()
                .collect(Collectors.collectingAndThen(Collectors.joining(" and "), ChainTraceText::or));
    }
}
