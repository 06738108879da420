package dev.hoplog.api.cli;

import dev.hoplog.v1.FoundRoute;
import dev.hoplog.v1.HopTrace;
import dev.hoplog.v1.Presence;
import dev.hoplog.v1.Station;
import dev.hoplog.v1.TraceResponse;
import dev.hoplog.v1.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** What became of it along the chain; then a sentence for each hop, then what its tables have; neighbours whose tables have nothing are counted. */
final class TraceText {
    private TraceText() {}

    static String of(String query, TraceResponse response) {
        var lines = new ArrayList<String>();
        if (response.hasChain()) {
            lines.addAll(ChainTraceText.of(response.getChain()));
            lines.add("");
        }
        for (var hop : response.getHopsList()) {
            lines.add(sentence(query, hop));
            stations(hop).lines().forEach(lines::add);
            lines.add("");
        }
        if (response.getChain().getChainVersionsCount() > 0) {
            lines.add(GapsText.chain(response.getChain().getChainVersionsList()));
        }
        lines.add(CompletenessText.of(response.getNetwork(), response.getCompleteness()));
        return String.join("\n", lines) + "\n";
    }

    private static String sentence(String query, HopTrace hop) {
        return switch (hop.getReached()) {
            case PRESENCE_PRESENT -> query + " reaches " + hop.getHop() + ".";
            case PRESENCE_ABSENT -> query + " does not reach " + hop.getHop() + ".";
            case PRESENCE_UNKNOWN, PRESENCE_UNSPECIFIED, UNRECOGNIZED ->
                "Whether " + query + " reaches " + hop.getHop() + " is not known, because "
                        + BoundsText.oneLine(hop.getUnknownBecause()) + ".";
        };
    }

    private static TextTable stations(HopTrace hop) {
        var table = TextTable.ofFacts();
        var byView = hop.getStationsList().stream()
                .collect(Collectors.groupingBy(
                        station -> station.getTable().getRib().getView(), LinkedHashMap::new, Collectors.toList()));
        byView.forEach((view, stations) -> add(table, view, stations));
        return table;
    }

    private static void add(TextTable table, View view, List<Station> stations) {
        var without = stations.stream().filter(TraceText::isOfNoInterest).toList();
        for (var station : stations) {
            var matches = station.getTable();
            if (without.size() > 1 && without.contains(station)) {
                continue;
            }
            var name = RibText.view(view);
            var peer = peer(station);
            if (matches.getRoutesCount() == 0) {
                table.row(name, peer, LookupText.none(matches));
            }
            matches.getRoutesList().forEach(route -> table.row(name, peer, words(route)));
        }
        if (without.size() > 1) {
            var which = without.size() == stations.size() ? " neighbours" : " other neighbours";
            table.row(RibText.view(view), without.size() + which, "none");
        }
    }

    /** A neighbour that is there and whose table is known to have nothing. */
    private static boolean isOfNoInterest(Station station) {
        return station.getTable().getPresence() == Presence.PRESENCE_ABSENT
                && !station.getTable().getRib().getPeer().isEmpty()
                && station.getSession().equals("established");
    }

    private static String peer(Station station) {
        var peer = station.getTable().getRib().getPeer();
        if (peer.isEmpty()) {
            return "";
        }
        return peer + " (" + (station.getSession().isEmpty() ? "session not known" : station.getSession()) + ")";
    }

    private static String words(FoundRoute found) {
        var doubt = found.getPresence() == Presence.PRESENCE_UNKNOWN ? " (in doubt)" : "";
        return found.getRoute().getPrefix() + doubt + "  " + RouteText.of(found.getRoute())
                + (found.hasSince() ? "; " + BoundsText.of(found.getSince()) : "");
    }
}
