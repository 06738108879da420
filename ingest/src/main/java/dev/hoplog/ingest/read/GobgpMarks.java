package dev.hoplog.ingest.read;

import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.IpAddress;
import dev.hoplog.model.Path;
import dev.hoplog.model.PathFlag;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.Route;
import dev.hoplog.model.Table;
import dev.hoplog.model.View;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * By what a listing of GoBGP's shows which command printed it: all three have the same form.
 *
 * <ul>
 *   <li>{@code best} is said in the global rib only, there of the first path of each prefix. (A daemon that is told not to
 *       select, {@code disable-best-path-selection}, marks none: of its table nothing is known to be used.)
 *   <li>What a neighbour sent names that neighbour in each path. What it is sent never does: GoBGP sends nothing back to
 *       where it came from.
 *   <li>A listing without any prefix shows nothing of this. {@code gobgp neighbor} counts the routes; a prefix that was
 *       withdrawn a moment later is mostly still named, with an empty list.
 * </ul>
 *
 * <p>What it cannot tell: one neighbour's {@code adj-out} in place of another one's, where both are sent routes of
 * others; an empty listing in place of the global rib, because what a route server's clients send is accepted and is not in
 * it; an empty one in place of {@code adj-out}, where the daemon does not count what it sent, as 3.10 does not.
 */
final class GobgpMarks {
    private GobgpMarks() {}

    static void checkRib(Table table) throws UnusableOutput {
        if (!table.rows().isEmpty() && paths(table).noneMatch(path -> path.has(PathFlag.BEST))) {
            throw new UnusableOutput(
                    FailureReason.INCONSISTENT,
                    "no path is marked best: the answer to 'global rib' looks like one to 'neighbor ... adj-in' or"
                            + " 'adj-out'");
        }
    }

    /** @param rib one that a neighbour sends or is sent */
    static void checkView(RibName rib, Table table) throws UnusableOutput {
        boolean isReceived = rib.view() == View.ADJ_RIB_IN_PRE;
        var neighbour = rib.peer().orElseThrow();
        var asked = "'neighbor " + neighbour + (isReceived ? " adj-in'" : " adj-out'");
        if (paths(table).anyMatch(path -> path.has(PathFlag.BEST))) {
            throw new UnusableOutput(
                    FailureReason.INCONSISTENT,
                    "a path is marked best: the answer to " + asked + " looks like one to 'global rib'");
        }
        // A path names an address without its interface.
        Optional<IpAddress> address = neighbour.address();
        if (address.isEmpty()) {
            return;
        }
        if (isReceived
                ? paths(table).anyMatch(path -> !from(path).equals(address))
                : paths(table).anyMatch(path -> from(path).equals(address))) {
            throw new UnusableOutput(
                    FailureReason.INCONSISTENT,
                    isReceived
                            ? "a path did not come from " + neighbour + ": the answer to " + asked
                                    + " looks like one to 'adj-out' or of another neighbour"
                            : "a path came from " + neighbour + " itself: the answer to " + asked
                                    + " looks like one to 'adj-in' or of another neighbour");
        }
    }

    /** @param sessions what {@code gobgp neighbor} of the same scrape says */
    static void checkEmpty(RibName rib, CommandResult command, List<Reading> sessions) throws UnusableOutput {
        for (var reading : sessions) {
            if (reading instanceof Reading.Answered answered && answered.rib().family() == rib.family()) {
                SessionCounts.checkEmpty(
                        rib, command, answered.sources().getFirst(), SessionCounts.of(answered.table()));
            }
        }
    }

    /** What would be sent is printed without a session, too: where the sessions were asked for and do not tell, it proves nothing. */
    static void checkSessionIsTold(RibName rib, List<Reading> sessions) throws UnusableOutput {
        var ofFamily = sessions.stream()
                .filter(reading -> reading.rib().family() == rib.family())
                .toList();
        boolean told = ofFamily.stream()
                .anyMatch(reading -> reading instanceof Reading.Answered answered
                        && SessionCounts.isUp(rib, SessionCounts.of(answered.table()))
                                .isPresent());
        if (!ofFamily.isEmpty() && !told) {
            throw SessionCounts.notTold(ofFamily.getFirst().sources().getFirst());
        }
    }

    private static Optional<IpAddress> from(Path path) {
        return path.from().flatMap(PeerId::address);
    }

    private static Stream<Path> paths(Table table) {
        return table.rows().stream()
                .flatMap(row -> row instanceof Route route ? route.paths().stream() : Stream.empty());
    }
}
