package dev.hoplog.api.cli;

import dev.hoplog.v1.ChainVersion;
import dev.hoplog.v1.Incident;
import dev.hoplog.v1.ListGapsResponse;
import dev.hoplog.v1.ListIncidentsResponse;
import dev.hoplog.v1.Restart;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** Lists of gaps and of incidents. */
final class GapsText {
    private GapsText() {}

    static String gaps(ListGapsResponse response) {
        var lines = new ArrayList<String>();
        response.getGapsList().forEach(gap -> {
            lines.addAll(GapText.lines(gap));
            lines.add("");
        });
        if (response.getGapsCount() == 0) {
            lines.add("No gap is known.");
            lines.add("");
        }
        if (response.getTruncated()) {
            lines.add("There are more: ask with a greater --limit, or about less.");
        }
        lines.add(chain(response.getChainVersionsList()));
        lines.add(CompletenessText.of(response.getNetwork(), response.getCompleteness()));
        return String.join("\n", lines) + "\n";
    }

    static String incidents(ListIncidentsResponse response) {
        var lines = new ArrayList<String>();
        response.getIncidentsList().forEach(incident -> {
            lines.addAll(lines(incident));
            lines.add("");
        });
        if (response.getIncidentsCount() == 0) {
            lines.add("No incident is known.");
            lines.add("");
        }
        if (response.getTruncated()) {
            lines.add("There are more: ask with a greater --limit, or about less.");
        }
        lines.add(chain(response.getChainVersionsList()));
        lines.add(CompletenessText.of(response.getNetwork(), response.getCompleteness()));
        return String.join("\n", lines) + "\n";
    }

    private static List<String> lines(Incident incident) {
        var lines = new ArrayList<String>();
        lines.add(count(incident.getPrefixesCount(), "prefix", "prefixes") + " lost at "
                + count(incident.getHopsCount(), "hop", "hops") + ", "
                + (incident.hasEnded() ? "and back." : "and open."));
        var facts = TextTable.ofFacts();
        facts.row("started", BoundsText.of(incident.getStarted()));
        facts.row("ended", incident.hasEnded() ? BoundsText.of(incident.getEnded()) : "not as far as is known");
        facts.row("first", first(incident));
        incident.getGapsList()
                .forEach(gap -> facts.row(
                        "broken", gap.getPrefix() + " on " + GapText.breaks(gap) + ": " + GapText.causes(gap)));
        facts.row("hops", String.join(", ", incident.getHopsList()));
        restarts(incident)
                .forEach(restart -> facts.row(
                        "restart",
                        restart.getRib().getHop() + ", " + BoundsText.of(restart.getBounds()) + ": "
                                + BoundsText.oneLine(restart.getEvidence())));
        incident.getReconfigurationsList()
                .forEach(event ->
                        facts.row("reconfigured", event.getRib().getHop() + ", " + BoundsText.of(event.getBounds())));
        facts.lines().forEach(lines::add);
        return lines;
    }

    /** Each start once: several tables of a hop may tell of it. */
    static Collection<Restart> restarts(Incident incident) {
        var byStart = new LinkedHashMap<List<String>, Restart>();
        incident.getRestartsList()
                .forEach(restart ->
                        byStart.putIfAbsent(List.of(restart.getRib().getHop(), restart.getEvidence()), restart));
        return byStart.values();
    }

    /** Which gap opened first, where bounds can tell. */
    static String first(Incident incident) {
        return incident.getGapsList().stream()
                .filter(gap -> gap.getGapId().equals(incident.getFirstGapId()))
                .findFirst()
                .map(gap -> gap.getPrefix() + " on " + GapText.breaks(gap))
                .orElse("undecidable: the bounds of the first ones overlap");
    }

    static String count(int count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }

    /** By which version of the chain. */
    static String chain(List<ChainVersion> versions) {
        return versions.isEmpty()
                ? "No chain was published."
                : "By chain "
                        + versions.stream()
                                .map(version -> version.getChainVersion()
                                        + (version.hasInForceFrom()
                                                ? " from " + ShownTime.of(ShownTime.floor(version.getInForceFrom()))
                                                : ""))
                                .collect(Collectors.joining(", "))
                        + ".";
    }
}
