package dev.hoplog.api;

import com.google.common.hash.Hashing;
import dev.hoplog.chain.Chain;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.chain.Node;
import dev.hoplog.log.LogEntry;
import dev.hoplog.log.LogEntry.BlindMark;
import dev.hoplog.log.LogEntry.ChainPublished;
import dev.hoplog.log.LogEntry.CoverageMark;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.log.LogEntry.SourceRestart;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.AsPath;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.Change;
import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.Destination;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Id;
import dev.hoplog.model.IpAddress;
import dev.hoplog.model.NextHop;
import dev.hoplog.model.Observed;
import dev.hoplog.model.PathBuilder;
import dev.hoplog.model.PathFlag;
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
import dev.hoplog.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A log as the diff writes it, from tables that a test scrapes: events first, into the partition of their prefix, then
 * marks into all partitions. Knows of the diff only what the log promises.
 */
public final class World {
    public static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    static final ScraperClock CLOCK = new ScraperClock("scraper", Duration.ofMillis(20));

    private final int partitions;
    private final List<List<LogEntry>> log = new ArrayList<>();
    private final Map<RibId, Scraped> ribs = new TreeMap<>();
    private ScraperClock clock = CLOCK;

    /** The last good snapshot of a RIB. */
    private static final class Scraped {
        Map<RowKey, Seen> rows = new TreeMap<>();
        Optional<Instant> capturedFrom = Optional.empty();
        Optional<Instant> coveredFrom = Optional.empty();
        Optional<Instant> firstFailedAt = Optional.empty();
        int failures;
    }

    public World(int partitions) {
        this.partitions = partitions;
        for (int i = 0; i < partitions; i++) {
            log.add(new ArrayList<>());
        }
    }

    public static RibId rib(String hop) {
        return rib("lab", hop, View.LOC_RIB);
    }

    public static RibId rib(String network, String hop, View view) {
        return RibId.of(network, HopId.parse(hop), AddressFamily.IPV6_UNICAST, view);
    }

    public static Route route(String prefix, PathFlag... flags) {
        return route(prefix, 65001, flags);
    }

    public static Route route(String prefix, long asn, PathFlag... flags) {
        var path =
                new PathBuilder().asPath(AsPath.sequence(List.of(asn))).nextHop(NextHop.of(IpAddress.parse("fd00::1")));
        Stream.of(flags).forEach(path::flag);
        return new Route(Prefix.parse(prefix), List.of(path.build()), Optional.empty());
    }

    /** A route that a loc-rib uses. */
    public static Route usable(String prefix) {
        return route(prefix, PathFlag.VALID, PathFlag.BEST);
    }

    /** A route that a loc-rib has and does not use. */
    public static Route unusable(String prefix) {
        return route(prefix);
    }

    /** A route that a kernel has in force. */
    public static Route installed(String prefix, Destination destination) {
        var path = new PathBuilder().destination(destination).flag(PathFlag.INSTALLED);
        return new Route(Prefix.parse(prefix), List.of(path.build()), Optional.empty());
    }

    /** A neighbour that says nothing of prefixes. */
    public static PeerSession session(String peer, SessionState state) {
        return session(peer, state, Optional.empty());
    }

    public static PeerSession session(String peer, SessionState state, Optional<Long> received) {
        return new PeerSession(
                PeerId.parse(peer),
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

    /** Whoever reads from now on, of all tables. */
    public World readBy(ScraperClock scraper) {
        clock = scraper;
        return this;
    }

    /** Reads a table, in an instant. */
    public World scrape(RibId rib, Instant at, Row... rows) {
        return scrape(rib, at, at, rows);
    }

    public World scrape(RibId rib, Instant from, Instant to, Row... rows) {
        var last = ribs.computeIfAbsent(rib, key -> new Scraped());
        var now = new TreeMap<RowKey, Seen>();
        Stream.of(rows).forEach(row -> now.put(row.key(), new Seen(row, Observed.all())));
        var snapshot = id(rib.key() + to);
        var keys = new TreeSet<>(last.rows.keySet());
        keys.addAll(now.keySet());
        for (var key : keys) {
            change(last.rows.get(key), now.get(key)).ifPresent(change -> {
                var bounds = new Bounds(last.capturedFrom, to, Optional.empty());
                var event = new RouteEvent(id(rib.key() + key + to), rib, key, snapshot, bounds, clock, 0, change);
                if (rib.view() == View.SESSIONS) {
                    toAll(event);
                } else {
                    log.get(Topics.partitionOf(key, partitions)).add(event);
                }
            });
        }
        if (last.coveredFrom.isEmpty()) {
            last.coveredFrom = Optional.of(from);
        }
        toAll(new CoverageMark(
                rib,
                last.coveredFrom.get(),
                to,
                snapshot,
                from,
                clock,
                now.size(),
                "show bgp ipv6 json",
                0,
                "FRR 10.2",
                0));
        last.rows = now;
        last.capturedFrom = Optional.of(from);
        last.firstFailedAt = Optional.empty();
        last.failures = 0;
        return this;
    }

    private static Optional<Change> change(
            @org.jspecify.annotations.Nullable Seen before, @org.jspecify.annotations.Nullable Seen after) {
        if (before == null) {
            return after == null ? Optional.empty() : Optional.of(new Change.Appeared(after));
        }
        if (after == null) {
            return Optional.of(new Change.Withdrawn(before));
        }
        if (before.equals(after)) {
            return Optional.empty();
        }
        boolean stampOnly = before.row() instanceof Route was
                && after.row() instanceof Route is
                && was.paths().equals(is.paths());
        return Optional.of(stampOnly ? new Change.ChangedUnseen(before, after) : new Change.Changed(before, after));
    }

    /** A scrape that failed: the next good one begins another stretch. */
    public World fail(RibId rib, Instant at, FailureReason reason) {
        var last = ribs.computeIfAbsent(rib, key -> new Scraped());
        last.coveredFrom = Optional.empty();
        last.firstFailedAt = last.firstFailedAt.or(() -> Optional.of(at));
        last.failures++;
        toAll(new BlindMark(rib, last.firstFailedAt.orElseThrow(), at, last.failures, reason, "no answer", "show", 0));
        return this;
    }

    /** Silence, longer than is allowed. */
    public World silence(RibId rib) {
        ribs.computeIfAbsent(rib, key -> new Scraped()).coveredFrom = Optional.empty();
        return this;
    }

    /** A chain of one node, which has or had other names. */
    public static Chain chain(String hop, String... aliases) {
        var id = HopId.parse(hop);
        return new Chain(List.of(new Node(id.node(), new TreeSet<>(List.of(aliases)), id, List.of(id))), List.of());
    }

    public World publish(ChainVersion version) {
        toAll(new ChainPublished(version));
        return this;
    }

    public World restart(RibId rib, Instant after, Instant atOrBefore) {
        toAll(new SourceRestart(
                rib, id("restart" + atOrBefore), Bounds.between(after, atOrBefore), clock, "version fell"));
        return this;
    }

    private void toAll(LogEntry entry) {
        log.forEach(partition -> partition.add(entry));
    }

    public List<LogEntry> partition(int partition) {
        return log.get(partition);
    }

    public int partitions() {
        return partitions;
    }

    public int partitionOf(String prefix) {
        return Topics.partitionOf(RowKey.of(Prefix.parse(prefix)), partitions);
    }

    /** What the log says of one route. */
    public List<RouteEvent> events(RibId rib, String prefix) {
        return log.get(partitionOf(prefix)).stream()
                .filter(RouteEvent.class::isInstance)
                .map(RouteEvent.class::cast)
                .filter(event -> event.rib().equals(rib) && event.key().equals(RowKey.of(Prefix.parse(prefix))))
                .toList();
    }

    public TimeSpans covered(RibId rib) {
        return TimeSpans.of(log.getFirst().stream()
                .filter(entry ->
                        entry instanceof CoverageMark mark && mark.rib().equals(rib))
                .map(CoverageMark.class::cast)
                .map(mark -> TimeSpan.closed(mark.coveredFrom(), mark.coveredTo()))
                .toList());
    }

    public static Id id(String text) {
        return Id.ofOctets(
                Hashing.sha256().hashString(text, StandardCharsets.UTF_8).asBytes());
    }

    public static Instant at(long seconds) {
        return START.plusSeconds(seconds);
    }
}
