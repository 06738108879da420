package dev.hoplog.api.cli;

import dev.hoplog.v1.Hop;
import dev.hoplog.v1.IdentityChange;
import dev.hoplog.v1.ListHopsResponse;
import dev.hoplog.v1.Network;
import dev.hoplog.v1.Rejected;
import dev.hoplog.v1.Restart;
import dev.hoplog.v1.RibStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every table of every hop: how many routes, from when to when it was observed, what failed. Then every daemon. Then what
 * somebody should look at: changed identities, output that was not understood, input that was refused.
 */
final class HopsText {
    private HopsText() {}

    static String of(ListHopsResponse response) {
        var lines = new ArrayList<String>();
        for (var network : response.getNetworksList()) {
            lines.add("Network " + network.getName());
            lines.addAll(tables(network));
            lines.add("");
            lines.addAll(daemons(network));
            lines.addAll(section("Changed identity:", identities(network)));
            lines.addAll(section(
                    "Not understood at the last snapshot, and passed over:", facts(network, HopsText::notUnderstood)));
            lines.addAll(section("Refused, and in no answer:", facts(network, HopsText::refused)));
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

    private static List<String> tables(Network network) {
        var table = TextTable.withHeader("HOP", "TABLE", "ROWS", "OBSERVED", "BLIND", "LAST FAILURE");
        for (var hop : network.getHopsList()) {
            for (var status : hop.getRibsList()) {
                table.row(
                        hop.getHop(),
                        RibText.table(status.getRib()),
                        Long.toUnsignedString(status.getRowCount()),
                        status.hasObserved() ? BoundsText.of(status.getObserved()) : "never",
                        blind(status),
                        status.hasLastFailure() ? BoundsText.of(status.getLastFailure()) : "none");
            }
        }
        return table.lines().toList();
    }

    /** Nothing, if no daemon says anything of itself. */
    private static List<String> daemons(Network network) {
        var table = TextTable.withHeader(
                "DAEMON",
                "VERSION",
                "ROUTER ID",
                "AS",
                "STARTED (OWN CLOCK)",
                "CONFIGURED (OWN CLOCK)",
                "LAST RESTART");
        var speaking = network.getHopsList().stream()
                .filter(hop -> hop.getDaemon().hasState()
                        || hop.getDaemon().hasLastRestart()
                        || !versions(hop).isEmpty())
                .toList();
        for (var hop : speaking) {
            var state = hop.getDaemon().getState();
            table.row(
                    hop.getHop(),
                    said(versions(hop)),
                    said(state.getRouterId()),
                    said(SessionText.localAsn(state)),
                    said(SessionText.started(state)),
                    said(SessionText.configured(state)),
                    hop.getDaemon().hasLastRestart() ? words(hop.getDaemon().getLastRestart()) : "none seen");
        }
        return speaking.isEmpty()
                ? List.of()
                : Stream.concat(table.lines(), Stream.of("")).toList();
    }

    /** As the daemon says or, if it does not, as its tables say; they may differ while one of them fails. */
    private static String versions(Hop hop) {
        var own = hop.getDaemon().getState().getVersion();
        return own.isEmpty()
                ? hop.getRibsList().stream()
                        .map(RibStatus::getDaemonVersion)
                        .filter(version -> !version.isEmpty())
                        .distinct()
                        .collect(Collectors.joining(" and "))
                : own;
    }

    private static String said(String text) {
        return text.isEmpty() ? "-" : text;
    }

    private static String words(Restart restart) {
        return BoundsText.of(restart.getBounds()) + ": " + BoundsText.oneLine(restart.getEvidence());
    }

    private static TextTable identities(Network network) {
        var table = TextTable.ofFacts();
        network.getHopsList().stream()
                .filter(hop -> hop.getDaemon().hasLastIdentityChange())
                .forEach(hop -> table.row(hop.getHop(), words(hop.getDaemon().getLastIdentityChange())));
        return table;
    }

    private static String words(IdentityChange change) {
        return SessionText.difference(change.getBefore(), change.getAfter()) + ", " + BoundsText.of(change.getBounds());
    }

    private static Optional<String> notUnderstood(RibStatus status) {
        return switch (status.getUnknownItems()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of("1 key or line");
            default -> Optional.of(Integer.toUnsignedString(status.getUnknownItems()) + " keys or lines");
        };
    }

    private static Optional<String> refused(RibStatus status) {
        return status.hasRejected() ? Optional.of(words(status.getRejected())) : Optional.empty();
    }

    private static String words(Rejected rejected) {
        var by = rejected.getScraper().isEmpty() ? "" : " from " + rejected.getScraper();
        var records = rejected.getCount() == 1 ? "1 record" : Long.toUnsignedString(rejected.getCount()) + " records";
        return records + by + ", the last at "
                + ShownTime.of(ShownTime.floor(rejected.getRejectedAt())) + ": " + rejected.getReason() + ", "
                + rejected.getDetail();
    }

    /** What there is to say of some of the tables. */
    private static TextTable facts(Network network, Function<RibStatus, Optional<String>> fact) {
        var table = TextTable.ofFacts();
        for (var hop : network.getHopsList()) {
            for (var status : hop.getRibsList()) {
                fact.apply(status).ifPresent(said -> table.row(hop.getHop(), RibText.table(status.getRib()), said));
            }
        }
        return table;
    }

    /** Nothing, if there are no facts. */
    private static List<String> section(String heading, TextTable facts) {
        var lines = facts.lines().toList();
        return lines.isEmpty()
                ? List.of()
                : Stream.of(Stream.of(heading), lines.stream(), Stream.of(""))
                        .flatMap(part -> part)
                        .toList();
    }

    private static String blind(RibStatus status) {
        var within = ShownTime.of(Duration.ofMillis(Math.round(status.getBlindSeconds() * 1000)));
        if (status.getBlindNow()) {
            return status.getBlindSeconds() == 0 ? "now" : within + ", and now";
        }
        return status.getBlindSeconds() == 0 ? "no" : within;
    }
}
