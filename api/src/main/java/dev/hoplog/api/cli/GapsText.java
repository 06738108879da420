package dev.hoplog.api.cli;

import dev.hoplog.v1.ChainVersion;
import dev.hoplog.v1.Gap;
import dev.hoplog.v1.GapFinality;
import dev.hoplog.v1.Incident;
import dev.hoplog.v1.ListGapsResponse;
import dev.hoplog.v1.ListIncidentsResponse;
import dev.hoplog.v1.Restart;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        lines.addAll(end(response.getTruncated(), response.getGapsList().stream(), response.getChainVersionsList()));
        lines.add(CompletenessText.of(response.getNetwork(), response.getCompleteness()));
        return String.join("\n", lines) + "\n";
    }

    /** What is to be said of a list as a whole. */
    private static List<String> end(boolean isTruncated, Stream<Gap> gaps, List<ChainVersion> versions) {
        var lines = new ArrayList<String>();
        if (isTruncated) {
            lines.add("There are more: ask with a greater --limit, or about less.");
        }
        computed(gaps).ifPresent(lines::add);
        lines.add(chain(versions));
        beforeAnyChain(versions).ifPresent(before -> lines.add("Not known: " + before + "."));
        return lines;
    }

    /** Said once of an answer by a version of the chain that was asked for. */
    static Optional<String> computed(Stream<Gap> gaps) {
        return gaps.anyMatch(gap -> gap.getFinality() == GapFinality.GAP_FINALITY_COMPUTED)
                ? Optional.of(
                        "Gaps are computed by the version of the chain asked for, and not compared with what is final in the log.")
                : Optional.empty();
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
        lines.addAll(end(
                response.getTruncated(),
                response.getIncidentsList().stream().flatMap(incident -> incident.getGapsList().stream()),
                response.getChainVersionsList()));
        lines.add(CompletenessText.of(response.getNetwork(), response.getCompleteness()));
        return String.join("\n", lines) + "\n";
    }

    private static List<String> lines(Incident incident) {
        var lines = new ArrayList<String>();
        lines.add(count(incident.getPrefixesCount(), "prefix", "prefixes") + " " + GapText.fate(incident.getGapsList())
                + " at "
                + count(incident.getHopsCount(), "hop", "hops") + ", "
                + "and " + EndText.brief(incident) + ".");
        var facts = TextTable.ofFacts();
        facts.row("started", BoundsText.of(incident.getStarted()));
        facts.row("ended", incident.hasEnded() ? BoundsText.of(incident.getEnded()) : "not as far as is known");
        facts.row("first", first(incident));
        PrefixSets.grouped(
                        incident.getGapsList(),
                        Gap::getPrefix,
                        gap -> GapText.breaks(gap) + ": " + ExplanationText.causes(gap))
                .forEach((where, prefixes) -> facts.row("broken", String.join(", ", prefixes) + " on " + where));
        ByNode.of(incident.getHopsList()).forEach(line -> facts.row("hops", line));
        provisional(incident).ifPresent(what -> facts.row("provisional", what));
        notLogged(incident).ifPresent(what -> facts.row("not logged", what));
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

    /** How much of it may still change. */
    static Optional<String> provisional(Incident incident) {
        long gaps = of(incident, GapFinality.GAP_FINALITY_PROVISIONAL);
        long ends = of(incident, GapFinality.GAP_FINALITY_END_PROVISIONAL);
        var parts = Stream.of(
                        gaps == 0 ? "" : count((int) gaps, "gap", "gaps"),
                        ends == 0
                                ? ""
                                : "the " + (ends == 1 ? "end" : "ends") + " of " + count((int) ends, "gap", "gaps"))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" and "));
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(parts + " of " + incident.getGapsCount() + ": " + awaited(incident));
    }

    private static String awaited(Incident incident) {
        var hops = incident.getGapsList().stream()
                .flatMap(gap -> gap.getAwaitedHopsList().stream())
                .distinct()
                .sorted()
                .toList();
        return hops.isEmpty() ? GapText.ALL_READ : GapText.finalWith(hops);
    }

    /** How much of it is told in answers only; said of gaps that will never be in the log. */
    static Optional<String> notLogged(Incident incident) {
        long gaps = of(incident, GapFinality.GAP_FINALITY_NOT_LOGGED);
        return gaps == 0
                ? Optional.empty()
                : Optional.of(count((int) gaps, "gap", "gaps") + " of " + incident.getGapsCount() + ": "
                        + GapText.NOT_LOGGED);
    }

    private static long of(Incident incident, GapFinality finality) {
        return incident.getGapsList().stream()
                .filter(gap -> gap.getFinality() == finality)
                .count();
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
                .orElse("undecidable: the bounds of the first ones overlap, or their clocks may be off by as much");
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

    /** What nobody knows of the time before the first version; empty: there is one of all times. */
    static Optional<String> beforeAnyChain(List<ChainVersion> versions) {
        return versions.isEmpty() || !versions.getFirst().hasInForceFrom()
                ? Optional.empty()
                : Optional.of("what got lost before "
                        + ShownTime.of(ShownTime.floor(versions.getFirst().getInForceFrom()))
                        + " (no chain was in force then; --chain VERSION judges all the past by one)");
    }
}
