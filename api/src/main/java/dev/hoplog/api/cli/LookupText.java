package dev.hoplog.api.cli;

import dev.hoplog.v1.FoundRoute;
import dev.hoplog.v1.LookupResponse;
import dev.hoplog.v1.Path;
import dev.hoplog.v1.Presence;
import dev.hoplog.v1.Rib;
import dev.hoplog.v1.TableMatches;
import dev.hoplog.v1.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The routes found, a line for each, and below it one for each other path; a table without any says whether it has none or is
 * not known; empty tables of neighbours are counted. Then the gaps that are open.
 */
final class LookupText {
    private static final String NONE = "-";
    private static final String NOT_SHOWN = "?";

    private LookupText() {}

    static String of(LookupResponse response) {
        var lines = new ArrayList<String>();
        var table = TextTable.withHeader(
                "HOP", "TABLE", "PREFIX", "NEXT HOP", "FROM", "AS PATH", "PREF", "COMMUNITIES", "SINCE");
        response.getTablesList().stream()
                .filter(matches -> !isEmptyOfANeighbour(matches))
                .forEach(matches -> add(matches, table));
        if (response.getTablesCount() == 0) {
            lines.add("No table was asked: nothing is known of any.");
        } else {
            table.lines().forEach(lines::add);
            notShown(response).ifPresent(lines::add);
        }
        long folded = response.getTablesList().stream()
                .filter(LookupText::isEmptyOfANeighbour)
                .count();
        if (folded > 0) {
            lines.add((folded == 1 ? "1 table of a neighbour has" : folded + " tables of neighbours have")
                    + " none; --json shows all.");
        }
        lines.add("");
        response.getOpenGapsList().forEach(gap -> {
            lines.addAll(GapText.lines(gap));
            lines.add("");
        });
        if (!response.getGapsUnknownBecause().isEmpty()) {
            lines.add("Gaps are not known: " + BoundsText.oneLine(response.getGapsUnknownBecause()) + ".");
        }
        GapsText.computed(response.getOpenGapsList().stream()).ifPresent(lines::add);
        lines.add(asOf(response) + CompletenessText.of(response.getNetwork(), response.getCompleteness()));
        return String.join("\n", lines) + "\n";
    }

    /** There are many such tables, and what a neighbour did not send is seldom the question. */
    private static boolean isEmptyOfANeighbour(TableMatches matches) {
        return matches.getPresence() == Presence.PRESENCE_ABSENT
                && matches.getRoutesCount() == 0
                && !matches.getRib().getPeer().isEmpty();
    }

    private static void add(TableMatches matches, TextTable table) {
        var hop = matches.getRib().getHop();
        var name = RibText.table(matches.getRib());
        if (matches.getRoutesCount() == 0) {
            table.row(hop, name, none(matches));
        }
        for (var found : matches.getRoutesList()) {
            var route = found.getRoute();
            var first = List.of(hop, name, prefix(found), RouteText.nextHops(route));
            table.row(cells(first, attributes(matches.getRib(), RouteText.best(route)), since(found)));
            for (var other : RouteText.otherPaths(route)) {
                var also = List.of("", "", "  also" + RouteText.claims(other), RouteText.nextHops(other));
                table.row(cells(also, attributes(matches.getRib(), other), ""));
            }
            RouteText.untoldOthers(route).ifPresent(words -> table.row("", "", "  " + words));
        }
        if (matches.getTruncated()) {
            table.row(hop, name, "(more; see --limit)");
        }
    }

    private static String[] cells(List<String> first, List<String> attributes, String since) {
        return Stream.of(first, attributes, List.of(since))
                .flatMap(List::stream)
                .toArray(String[]::new);
    }

    private static List<String> attributes(Rib rib, Path path) {
        return List.of(
                path.getFrom().isEmpty() ? NONE : path.getFrom(),
                attribute(rib, path, NotShown.AS_PATH, path.getAsPath()),
                attribute(
                        rib,
                        path,
                        NotShown.LOCAL_PREF,
                        path.hasLocalPref() ? Integer.toUnsignedString(path.getLocalPref()) : ""),
                attribute(rib, path, NotShown.COMMUNITIES, RouteText.communities(path)));
    }

    private static String attribute(Rib rib, Path path, String field, String text) {
        if (!text.isEmpty()) {
            return text;
        }
        return rib.getView() != View.VIEW_FIB && NotShown.isOf(path, field) ? NOT_SHOWN : NONE;
    }

    private static Optional<String> notShown(LookupResponse response) {
        boolean isThere = response.getTablesList().stream()
                .flatMap(matches -> matches.getRoutesList().stream()
                        .flatMap(found -> found.getRoute().getPathsList().stream())
                        .flatMap(path -> attributes(matches.getRib(), path).stream()))
                .anyMatch(NOT_SHOWN::equals);
        return isThere
                ? Optional.of(NOT_SHOWN + ": the command that was read does not show it, so that it is not known.")
                : Optional.empty();
    }

    static String none(TableMatches matches) {
        return switch (matches.getPresence()) {
            case PRESENCE_ABSENT -> "none";
            case PRESENCE_PRESENT, PRESENCE_UNKNOWN, PRESENCE_UNSPECIFIED, UNRECOGNIZED ->
                "not known"
                        + (matches.getUnknownBecause().isEmpty()
                                ? ""
                                : ", because " + BoundsText.oneLine(matches.getUnknownBecause()));
        };
    }

    private static String prefix(FoundRoute found) {
        if (found.getPresence() == Presence.PRESENCE_UNKNOWN) {
            return found.getRoute().getPrefix() + " (in doubt)";
        }
        return found.getRoute().getPrefix() + RouteText.unusable(found.getRoute());
    }

    private static String since(FoundRoute found) {
        return found.hasSince() ? BoundsText.of(found.getSince()) : NONE;
    }

    private static String asOf(LookupResponse response) {
        var instants = response.getTablesList().stream()
                .filter(TableMatches::hasAsOf)
                .map(matches -> ShownTime.of(ShownTime.floor(matches.getAsOf())))
                .distinct()
                .sorted()
                .toList();
        return switch (instants.size()) {
            case 0 -> "";
            case 1 -> "As of " + instants.getFirst() + ". ";
            default ->
                "As of " + instants.getFirst() + " to " + instants.getLast()
                        + ", the end of what is known of each table. ";
        };
    }
}
