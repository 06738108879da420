package dev.hoplog.gap;

import dev.hoplog.history.Readers;
import dev.hoplog.history.RouteHistory;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.Change;
import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Id;
import dev.hoplog.model.Observed;
import dev.hoplog.model.Path;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.PeerSession;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.RibId;
import dev.hoplog.model.Route;
import dev.hoplog.model.Row;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.ScraperClock;
import dev.hoplog.model.SessionState;
import dev.hoplog.model.TimeSpan;
import dev.hoplog.model.TimeSpans;
import dev.hoplog.model.View;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tables that are observed from 0 to 100, with one row each that comes, and may go; others are not observed. */
final class KnownTables implements Histories {
    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    static final Prefix POD = Prefix.parse("fd00:101:224:3::/64");
    static final ScraperClock CLOCK = new ScraperClock("scraper", Duration.ofMillis(20));

    private final Map<RibId, List<RouteEvent>> events = new HashMap<>();
    private final Set<RibId> observed = new HashSet<>();
    private final Map<RibId, ScraperClock> clocks = new HashMap<>();
    private final Map<RibId, TimeSpans> unseen = new HashMap<>();

    static Instant at(long second) {
        return START.plusSeconds(second);
    }

    static RibId rib(HopId hop, View view) {
        return RibId.of("lab", hop, AddressFamily.IPV6_UNICAST, view);
    }

    KnownTables has(RibId rib, Path... paths) {
        return has(rib, Observed.all(), paths);
    }

    KnownTables has(RibId rib, Observed shown, Path... paths) {
        return appears(rib, Optional.empty(), 0, shown, paths);
    }

    KnownTables appears(RibId rib, long after, long atOrBefore, Path... paths) {
        return appears(rib, Optional.of(after), atOrBefore, Observed.all(), paths);
    }

    private KnownTables appears(RibId rib, Optional<Long> after, long atOrBefore, Observed shown, Path... paths) {
        return holds(rib, after, atOrBefore, new Seen(new Route(POD, List.of(paths), Optional.empty()), shown));
    }

    KnownTables holds(RibId rib, Row row) {
        return holds(rib, Optional.empty(), 0, new Seen(row, Observed.all()));
    }

    private KnownTables holds(RibId rib, Optional<Long> after, long atOrBefore, Seen seen) {
        return lacks(rib)
                .with(
                        rib,
                        new Bounds(after.map(KnownTables::at), at(atOrBefore), Optional.empty()),
                        seen,
                        new Change.Appeared(seen));
    }

    /** @param seen of the row that changes, before or after */
    private KnownTables with(RibId rib, Bounds bounds, Seen seen, Change change) {
        var second = bounds.atOrBefore().getEpochSecond() - at(0).getEpochSecond();
        events.computeIfAbsent(rib, _ -> new ArrayList<>())
                .add(new RouteEvent(
                        new Id(0, second), rib, seen.row().key(), new Id(1, second), bounds, CLOCK, 0, change));
        return this;
    }

    /** It is observed, and empty. */
    KnownTables lacks(RibId rib) {
        observed.add(rib);
        return this;
    }

    /** From one second to another nobody looked. */
    KnownTables unseen(RibId rib, long from, long to) {
        unseen.put(rib, TimeSpans.of(TimeSpan.closed(at(from), at(to))));
        return this;
    }

    /** By another scraper than the others. */
    KnownTables readBy(RibId rib, ScraperClock clock) {
        clocks.put(rib, clock);
        return this;
    }

    /** What it had until then. */
    KnownTables withdrawn(RibId rib, long after, long atOrBefore) {
        var seen = last(rib);
        return with(rib, Bounds.between(at(after), at(atOrBefore)), seen, new Change.Withdrawn(seen));
    }

    /** What it had until then is another now. */
    KnownTables turns(RibId rib, long after, long atOrBefore, Path... paths) {
        return turns(rib, after, atOrBefore, new Route(POD, List.of(paths), Optional.empty()));
    }

    KnownTables turns(RibId rib, long after, long atOrBefore, Row row) {
        var seen = new Seen(row, Observed.all());
        return with(rib, Bounds.between(at(after), at(atOrBefore)), seen, new Change.Changed(last(rib), seen));
    }

    private Seen last(RibId rib) {
        return events.getOrDefault(rib, List.of()).getLast().change().after().orElseThrow();
    }

    /** Of a session nothing but its state. */
    static PeerSession session(PeerId neighbour, SessionState state) {
        return session(neighbour, state, Optional.empty());
    }

    static PeerSession session(PeerId neighbour, SessionState state, Optional<Long> received) {
        return new PeerSession(
                neighbour,
                Optional.empty(),
                state,
                Optional.empty(),
                Optional.empty(),
                received,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** It is not observed, after all. */
    KnownTables without(RibId rib) {
        events.remove(rib);
        observed.remove(rib);
        return this;
    }

    @Override
    public RouteHistory of(RibId rib, RowKey row) {
        var ofRow = events.getOrDefault(rib, List.of()).stream()
                .filter(event -> event.key().equals(row))
                .toList();
        var covered = observed.contains(rib) ? TimeSpans.of(TimeSpan.closed(at(0), at(100))) : TimeSpans.none();
        return new RouteHistory(rib.view(), ofRow, covered.minus(unseen.getOrDefault(rib, TimeSpans.none())));
    }

    @Override
    public Optional<Instant> settledTo(RibId rib) {
        return observed.contains(rib) ? Optional.of(at(100)) : Optional.empty();
    }

    @Override
    public Readers readBy(RibId rib) {
        return observed.contains(rib) ? Readers.of(clocks.getOrDefault(rib, CLOCK)) : Readers.none();
    }
}
