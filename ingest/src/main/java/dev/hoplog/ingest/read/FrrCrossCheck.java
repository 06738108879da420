package dev.hoplog.ingest.read;

import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.ingest.parse.frr.FrrNeighborRoutes.Counters;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.PeerSession;
import dev.hoplog.model.Row;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.SessionState;
import dev.hoplog.model.Table;
import dev.hoplog.model.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether the outputs of one scrape can each be what their commands ask for. Received and filtered routes stand under the
 * same key, so that the one in place of the other looks whole.
 *
 * <ul>
 *   <li>Only {@code received-routes} counts what is filtered: a count among the filtered routes shows whose they are.
 *   <li>What the one counts, the other shows; and what is filtered was received. In 1,221 pairs of FRR 8.4.4, read some 40
 *       ms apart while policies and sessions changed, they never differed. Here only what no single change explains counts:
 *       none against some, and nothing in common.
 *   <li>The summary counts what was accepted, which is at most what was received, and what was sent. It may be read seconds
 *       apart from the routes. So it counts only where both outputs have the same table version: then no best path changed
 *       in between.
 * </ul>
 *
 * <p>What it cannot tell: one neighbour's routes in place of another one's, if neither the counts nor the filtered routes
 * say so; received routes in place of the filtered ones where none is filtered, which adds routes and hides none.
 */
record FrrCrossCheck(Map<RibName, Reading> readings, Map<RibName, Counters> counters) {
    /** The tables that another output contradicts. */
    List<Reading.Failed> contradicted() {
        var failed = new ArrayList<Reading.Failed>();
        for (var reading : readings.values()) {
            if (reading instanceof Reading.Answered answered && counters.containsKey(answered.rib())) {
                why(answered)
                        .map(why -> new UnusableOutput(FailureReason.INCONSISTENT, why))
                        .ifPresent(why -> failed.add(new Reading.Failed(answered.rib(), answered.sources(), why)));
            }
        }
        return failed;
    }

    private Optional<String> why(Reading.Answered routes) {
        return switch (routes.rib().view()) {
            case ADJ_RIB_IN_PRE ->
                beside(routes, View.ADJ_RIB_IN_REJECTED)
                        .flatMap(filtered -> whyNotReceived(routes, filtered))
                        .or(() -> whyNotAllReceived(routes));
            case ADJ_RIB_IN_REJECTED ->
                whyNotFiltered(routes)
                        .or(() -> beside(routes, View.ADJ_RIB_IN_PRE)
                                .flatMap(received -> whyNotFilteredOf(received, routes)));
            case ADJ_RIB_OUT_POST -> whyNotNothingSent(routes);
            default -> Optional.empty();
        };
    }

    private Optional<String> whyNotReceived(Reading.Answered received, Reading.Answered filtered) {
        boolean countsNone =
                countOfFiltered(received).filter(count -> count == 0).isPresent();
        if (countsNone && countOfFiltered(filtered).orElse(0L) > 0) {
            return Optional.of(said(received) + " counts no filtered prefix, and " + said(filtered) + " counts "
                    + countOfFiltered(filtered).orElse(0L) + ": the two may have changed places");
        }
        if (countsNone && !isEmpty(filtered)) {
            return Optional.of(said(received) + " counts no filtered prefix, and " + said(filtered) + " shows "
                    + filtered.table().rows().size());
        }
        return whyNothingInCommon(received, filtered);
    }

    private Optional<String> whyNotFiltered(Reading.Answered filtered) {
        return countOfFiltered(filtered)
                .filter(count -> count > 0)
                .map(count -> said(filtered) + " counts " + count
                        + " filtered prefixes, which only received-routes does: it is an answer to that");
    }

    private Optional<String> whyNotFilteredOf(Reading.Answered received, Reading.Answered filtered) {
        return countOfFiltered(received)
                .filter(count -> count > 0 && isEmpty(filtered))
                .map(count -> said(filtered) + " shows nothing, and " + said(received) + " counts " + count
                        + " filtered prefixes")
                .or(() -> whyNothingInCommon(received, filtered));
    }

    private static Optional<String> whyNothingInCommon(Reading.Answered received, Reading.Answered filtered) {
        if (isEmpty(received) || isEmpty(filtered)) {
            return Optional.empty();
        }
        var prefixes = keys(received.table());
        return keys(filtered.table()).stream().anyMatch(prefixes::contains)
                ? Optional.empty()
                : Optional.of(said(filtered) + " shows nothing of what " + said(received) + " does");
    }

    private Optional<String> whyNotAllReceived(Reading.Answered received) {
        var counted = Optional.ofNullable(counters.get(received.rib())).map(Counters::paths);
        return session(received)
                .flatMap(PeerSession::accepted)
                .filter(accepted -> counted.filter(paths -> paths < accepted).isPresent())
                .map(accepted -> said(received) + " shows " + counted.orElse(0L) + " routes, and " + summary(received)
                        + " counts " + accepted + " accepted, at the same table version");
    }

    private Optional<String> whyNotNothingSent(Reading.Answered sent) {
        return session(sent)
                .flatMap(PeerSession::advertised)
                .filter(count -> count > 0 && isEmpty(sent))
                .map(count -> said(sent) + " shows nothing, and " + summary(sent) + " counts " + count
                        + " sent, at the same table version");
    }

    private Optional<Reading.Answered> beside(Reading.Answered routes, View view) {
        var rib = routes.rib();
        return answered(new RibName(rib.table(), rib.family(), view, rib.peer()));
    }

    /** What the summary says of the neighbour, if its session is up and no best path changed between the two outputs. */
    private Optional<PeerSession> session(Reading.Answered routes) {
        var version = routes.sourceState().tableVersion();
        return sessions(routes)
                .filter(list ->
                        version.isPresent() && list.sourceState().tableVersion().equals(version))
                .stream()
                .flatMap(list -> list.table().rows().stream())
                .flatMap(row -> row instanceof PeerSession session ? Stream.of(session) : Stream.empty())
                .filter(session -> routes.rib().peer().equals(Optional.of(session.peer()))
                        && session.state() == SessionState.ESTABLISHED)
                .findFirst();
    }

    private Optional<Reading.Answered> sessions(Reading.Answered routes) {
        var rib = routes.rib();
        return answered(new RibName(rib.table(), rib.family(), View.SESSIONS, Optional.empty()));
    }

    private Optional<Reading.Answered> answered(RibName rib) {
        return readings.get(rib) instanceof Reading.Answered answered ? Optional.of(answered) : Optional.empty();
    }

    private Optional<Long> countOfFiltered(Reading.Answered routes) {
        return Optional.ofNullable(counters.get(routes.rib())).flatMap(Counters::filtered);
    }

    private String summary(Reading.Answered routes) {
        return sessions(routes).map(FrrCrossCheck::said).orElse("the summary");
    }

    private static String said(Reading.Answered reading) {
        return "'" + reading.sources().getFirst().argv().getLast() + "'";
    }

    private static boolean isEmpty(Reading.Answered reading) {
        return reading.table().rows().isEmpty();
    }

    private static Set<RowKey> keys(Table table) {
        return table.rows().stream().map(Row::key).collect(Collectors.toSet());
    }
}
