package dev.hoplog.api.cli;

import dev.hoplog.v1.ListHopsResponse;
import dev.hoplog.v1.Network;
import dev.hoplog.v1.RibStatus;
import java.time.Duration;
import java.util.ArrayList;

/** Every table of every hop: how many routes, from when to when it was observed, and what failed. */
final class HopsText {
    private HopsText() {}

    static String of(ListHopsResponse response) {
        var lines = new ArrayList<String>();
        for (var network : response.getNetworksList()) {
            lines.add("Network " + network.getName());
            table(network).lines().forEach(lines::add);
            lines.add("");
        }
        if (response.getNetworksCount() == 0) {
            lines.add("No hop is known yet: replay a capture (hoplog replay PATH).");
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

    private static String blind(RibStatus status) {
        var within = ShownTime.of(Duration.ofMillis(Math.round(status.getBlindSeconds() * 1000)));
        if (status.getBlindNow()) {
            return status.getBlindSeconds() == 0 ? "now" : within + ", and now";
        }
        return status.getBlindSeconds() == 0 ? "no" : within;
    }
}
