package dev.hoplog.gap;

import dev.hoplog.chain.Edge;
import dev.hoplog.chain.Link;
import dev.hoplog.history.RouteHistory;
import dev.hoplog.history.Truth;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.HopId;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.PeerSession;
import dev.hoplog.model.RibId;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.View;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What both ends of an edge say of the session between them. */
final class Sessions {
    /** An end of an edge: the session table, and the neighbour's row in it. */
    private record End(RibId table, PeerId neighbour) {
        RowKey row() {
            return RowKey.of(neighbour);
        }
    }

    private final String network;
    private final AddressFamily family;
    private final Histories histories;
    private final Map<End, Course> read = new HashMap<>();
    private final Map<Edge, List<End>> ends = new IdentityHashMap<>();

    Sessions(String network, AddressFamily family, Histories histories) {
        this.network = network;
        this.family = family;
        this.histories = histories;
    }

    List<Instant> turns(Edge edge, Instant after, Instant upTo) {
        return courses(edge)
                .flatMap(course -> course.turns(after, upTo).stream())
                .toList();
    }

    /** When the next change of either end's neighbour may begin or is seen, after an instant: both end a proof that it is down. */
    Stream<Instant> pending(Edge edge, Instant after) {
        return courses(edge)
                .flatMap(course -> Stream.concat(course.pendingBegin(after).stream(), course.pending(after).stream()));
    }

    /** When it is known already that observation of either end begins or ends, after an instant. */
    Stream<Instant> pendingCoverage(Edge edge, Instant after) {
        return courses(edge).flatMap(course -> course.pendingCoverage(after).stream());
    }

    /** The session tables of both ends. */
    List<RibId> tables(Edge edge) {
        return ends(edge).stream().map(End::table).toList();
    }

    /** What is known of the neighbours at both ends. */
    Stream<Course> courses(Edge edge) {
        return ends(edge).stream().map(this::course);
    }

    /** Whether an end proves that the session is not established. */
    boolean isDownAt(Edge edge, Instant instant) {
        return !down(edge, instant).isEmpty();
    }

    /**
     * Whether an end proves that it is established, and each that does has proven it for so long, and none proves the contrary,
     * nor is a change of what an end says under way. One end may notice by its hold time only.
     */
    boolean isUpAt(Edge edge, Instant instant, Duration forAtLeast) {
        if (isDownAt(edge, instant)
                || courses(edge).anyMatch(course -> truth(course, instant) instanceof Truth.Undecided)) {
            return false;
        }
        var since = courses(edge)
                .filter(course -> isEstablished(truth(course, instant)))
                .map(course -> course.since(instant, Sessions::begins))
                .max(Instant::compareTo);
        return since.filter(up -> !up.plus(forAtLeast).isAfter(instant)).isPresent();
    }

    /** Whether there is a session; what it carries may change meanwhile. */
    private static Truth truth(Course course, Instant instant) {
        return course.truth(instant, Sessions::begins);
    }

    private static boolean begins(RouteEvent event) {
        return Beginnings.isOfSession(event.change());
    }

    private static boolean isEstablished(Truth truth) {
        return truth instanceof Truth.Present present && Beginnings.isEstablished(present.seen());
    }

    /** What proves it. */
    List<Evidence> down(Edge edge, Instant instant) {
        return down(edge, instant, Duration.ZERO);
    }

    /** What has proven it for so long. */
    List<Evidence> down(Edge edge, Instant instant, Duration forAtLeast) {
        return ends(edge).stream()
                .flatMap(end -> downBy(end, instant)
                        .filter(_ -> !course(end)
                                .since(instant, Sessions::begins)
                                .plus(forAtLeast)
                                .isAfter(instant))
                        .stream())
                .toList();
    }

    private Optional<Evidence> downBy(End end, Instant instant) {
        var truth = truth(course(end), instant);
        boolean isDown = switch (truth) {
            case Truth.Absent absent -> isGone(end.neighbour(), absent);
            case Truth.Present present -> present.seen().row() instanceof PeerSession && !isEstablished(present);
            case Truth.Undecided _, Truth.NotObserved _ -> false;
        };
        return isDown ? Optional.of(new Evidence(end.table(), end.row(), truth)) : Optional.empty();
    }

    /**
     * A neighbour that was never configured by hand vanishes from the table with its session. One that goes by another name may
     * be there by that one: absent is only what no other name is possible for, or an address that was there by itself.
     */
    private static boolean isGone(PeerId neighbour, Truth.Absent absent) {
        return neighbour.isTheOnlyName()
                || neighbour.interfaceName().isEmpty()
                        && neighbour
                                .address()
                                .filter(address -> !address.isLinkLocal())
                                .isPresent()
                        && absent.since().isPresent();
    }

    private List<End> ends(Edge edge) {
        return ends.computeIfAbsent(
                edge,
                known -> known.link() instanceof Link.Session session
                        ? List.of(
                                end(known.downstream(), session.upstream()),
                                end(known.upstream(), session.downstream()))
                        : List.of());
    }

    private End end(HopId hop, PeerId neighbour) {
        return new End(RibId.of(network, hop, family, View.SESSIONS), neighbour);
    }

    private Course course(End end) {
        return read.computeIfAbsent(
                end,
                _ -> new Course(
                        end.table(),
                        told(histories.of(end.table(), end.row())),
                        histories.settledTo(end.table()),
                        histories.readBy(end.table())));
    }

    /** Without what only moves counts, so that a proof shows since when it is so, whatever else of it is known. */
    private static RouteHistory told(RouteHistory history) {
        return new RouteHistory(
                history.view(),
                history.events().stream()
                        .filter(event -> Beginnings.isOfAnySession(event.change()))
                        .toList(),
                history.covered());
    }
}
