package dev.hoplog.gap;

import dev.hoplog.chain.Edge;
import dev.hoplog.chain.Link;
import dev.hoplog.history.Truth;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.HopId;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.PeerSession;
import dev.hoplog.model.RibId;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.SessionState;
import dev.hoplog.model.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What both ends of an edge say of the session between them. */
final class Sessions {
    private record End(HopId hop, PeerId neighbour) {}

    private final String network;
    private final AddressFamily family;
    private final Histories histories;
    private final Map<End, Course> read = new HashMap<>();

    Sessions(String network, AddressFamily family, Histories histories) {
        this.network = network;
        this.family = family;
        this.histories = histories;
    }

    List<Instant> turns(Edge edge, Instant after, Instant upTo) {
        return ends(edge).stream()
                .flatMap(end -> course(end).turns(after, upTo).stream())
                .toList();
    }

    /** The session tables of both ends. */
    List<RibId> tables(Edge edge) {
        return ends(edge).stream().map(this::table).toList();
    }

    /** Whether an end proves that the session is not established. */
    boolean isDownAt(Edge edge, Instant instant) {
        return !down(edge, instant).isEmpty();
    }

    /** What proves it. */
    List<Evidence> down(Edge edge, Instant instant) {
        return ends(edge).stream().flatMap(end -> downBy(end, instant).stream()).toList();
    }

    private Optional<Evidence> downBy(End end, Instant instant) {
        var truth = course(end).truth(instant);
        boolean isDown = switch (truth) {
            // A neighbour that was never configured by hand vanishes from the table with its session.
            case Truth.Absent _ -> true;
            case Truth.Present present ->
                present.seen().row() instanceof PeerSession session && session.state() != SessionState.ESTABLISHED;
            case Truth.Undecided _, Truth.NotObserved _ -> false;
        };
        return isDown ? Optional.of(new Evidence(table(end), RowKey.of(end.neighbour()), truth)) : Optional.empty();
    }

    private static List<End> ends(Edge edge) {
        var ends = new ArrayList<End>();
        if (edge.link() instanceof Link.Session session) {
            ends.add(new End(edge.downstream(), session.upstream()));
            ends.add(new End(edge.upstream(), session.downstream()));
        }
        return ends;
    }

    private Course course(End end) {
        return read.computeIfAbsent(end, _ -> {
            var table = table(end);
            return new Course(
                    histories.of(table, RowKey.of(end.neighbour())),
                    histories.settledTo(table),
                    histories.readBy(table));
        });
    }

    private RibId table(End end) {
        return RibId.of(network, end.hop(), family, View.SESSIONS);
    }
}
