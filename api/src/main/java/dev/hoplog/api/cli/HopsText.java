package dev.hoplog.api.cli;

import dev.hoplog.v1.ListHopsResponse;
import dev.hoplog.v1.Network;
import dev.hoplog.v1.Rejected;
import dev.hoplog.v1.RibStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.stream.Collectors;

/** Every table of every hop: how many routes, from when to when it was observed, what failed, and what was refused. */
final class HopsText {
    private HopsText() {}

    static String of(ListHopsResponse response) {
        var lines = new ArrayList<String>();
        for (var network : response.getNetworksList()) {
            lines.add("Network " + network.getName());
            table(network).lines().forEach(lines::add);
            lines.add("");
            refused(network).lines().forEach(lines::add);
        }
        if (response.getNetworksCount() == 0) {
            lines.add("No hop is known yet: replay a capture (hoplog replay PATH).");
            lines.add("");
        }
        if (response.hasRejectedOfNoRib()) {
            lines.add("Refused, and of no known table: " + words(response.getRejectedOfNoRib()));
            lines.add("");
        }
        lines.add(CompletenessText.of("", response.getCompleteness()));
        return String.join("\n", lines) + "\n";
    }

    private static TextTable table(Network network) {
        var table = TextTable.withHeader("HOP", "TABLE", "ROWS", "OBSERVED", "BLIND", "LAST FAILURE", "VERSION");
        for (var hop : network.getHopsList()) {
            for (var status : hop.getRibsList()) {
                table.row(
                        hop.getHop(),
                        RibText.table(status.getRib()),
                        Long.toUnsignedString(status.getRowCount()),
                        status.hasObserved() ? BoundsText.of(status.getObserved()) : "never",
                        blind(status),
                        status.hasLastFailure() ? BoundsText.of(status.getLastFailure()) : "none",
                        status.getDaemonVersion());
            }
        }
        return table;
    }

    /** Nothing, if nothing was refused. */
    private static String refused(Network network) {
        var table = TextTable.ofFacts();
        for (var hop : network.getHopsList()) {
            for (var status : hop.getRibsList()) {
                if (status.hasRejected()) {
                    table.row(hop.getHop(), RibText.table(status.getRib()), words(status.getRejected()));
                }
            }
        }
        var lines = table.lines().collect(Collectors.joining("\n"));
        return lines.isEmpty() ? "" : "Refused, and in no answer:\n" + lines + "\n\n";
    }

    private static String words(Rejected rejected) {
        var by = rejected.getScraper().isEmpty() ? "" : " from " + rejected.getScraper();
        var records = rejected.getCount() == 1 ? "1 record" : Long.toUnsignedString(rejected.getCount()) + " records";
        return records + by + ", the last at "
                + ShownTime.of(ShownTime.floor(rejected.getRejectedAt())) + ": " + rejected.getReason() + ", "
                + rejected.getDetail();
    }

    private static String blind(RibStatus status) {
        var within = ShownTime.of(Duration.ofMillis(Math.round(status.getBlindSeconds() * 1000)));
        if (status.getBlindNow()) {
            return status.getBlindSeconds() == 0 ? "now" : within + ", and now";
        }
        return status.getBlindSeconds() == 0 ? "no" : within;
    }
}
