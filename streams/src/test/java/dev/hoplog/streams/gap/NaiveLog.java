package dev.hoplog.streams.gap;

import dev.hoplog.chain.ChainVersion;
import dev.hoplog.chain.Edge;
import dev.hoplog.chain.Link;
import dev.hoplog.log.LogEntry;
import dev.hoplog.log.LogEntry.BlindMark;
import dev.hoplog.log.LogEntry.ChainPublished;
import dev.hoplog.log.LogEntry.CoverageMark;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.HopId;
import dev.hoplog.model.RibId;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.ScraperClock;
import dev.hoplog.model.View;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A log, sorted by what it speaks of, and how far it goes. */
final class NaiveLog {
    private final Map<RibId, List<RouteEvent>> events = new HashMap<>();
    private final Map<RibId, List<CoverageMark>> marks = new HashMap<>();
    private final Map<RibId, Integer> settled = new HashMap<>();
    private final Map<HopId, Integer> asked = new HashMap<>();
    /** In the order of their force. */
    private final List<ChainVersion> chains = new ArrayList<>();

    NaiveLog(Collection<LogEntry> log) {
        for (var entry : log) {
            switch (entry) {
                case RouteEvent event ->
                    events.computeIfAbsent(event.rib(), _ -> new ArrayList<>()).add(event);
                case CoverageMark mark -> {
                    marks.computeIfAbsent(mark.rib(), _ -> new ArrayList<>()).add(mark);
                    settled.merge(
                            mark.rib(),
                            Math.min(NaiveGaps.tick(mark.capturedFrom()), NaiveGaps.tick(mark.coveredTo())),
                            Math::max);
                    asked.put(mark.rib().hop(), mark.scrapeRibs());
                }
                case BlindMark mark -> {
                    settled.merge(mark.rib(), NaiveGaps.tick(mark.lastFailedAt()), Math::max);
                    asked.put(mark.rib().hop(), mark.scrapeRibs());
                }
                case ChainPublished published -> chains.add(published.version());
                case LogEntry.SourceRestart _ -> {}
            }
        }
        chains.sort(Comparator.comparing(NaiveLog::inForce));
    }

    /** -1: since ever. */
    private static int inForce(ChainVersion version) {
        return version.inForceFrom().map(NaiveGaps::tick).orElse(-1);
    }

    List<ChainVersion> chainsAt(int tick) {
        return chains.reversed().stream()
                .filter(version -> inForce(version) <= tick)
                .limit(1)
                .toList();
    }

    /** The last tick of which everything is known; -1: none. */
    int horizon() {
        int horizon = -1;
        for (int i = 0; i < chains.size(); i++) {
            int reach = least(chains.subList(i, chains.size()));
            horizon = Math.max(horizon, reach);
            if (i + 1 < chains.size() && horizon < inForce(chains.get(i + 1))) {
                return horizon;
            }
        }
        return horizon == Integer.MAX_VALUE ? -1 : horizon;
    }

    private int least(List<ChainVersion> versions) {
        var tables = new HashSet<RibId>();
        versions.forEach(version -> version.chain().edges().stream()
                .filter(edge -> edge.carries(GapWorld.PREFIX))
                .forEach(edge -> tables.addAll(tables(version, edge))));
        return tables.stream().mapToInt(this::settled).min().orElse(Integer.MAX_VALUE);
    }

    private static Set<RibId> tables(ChainVersion version, Edge edge) {
        var tables = new HashSet<RibId>();
        for (var hop : List.of(edge.upstream(), edge.downstream())) {
            tables.add(table(hop, version.chain().viewOf(hop)));
            if (edge.link() instanceof Link.Session) {
                tables.add(table(hop, View.SESSIONS));
            }
        }
        return tables;
    }

    static RibId table(HopId hop, View view) {
        return RibId.of(GapWorld.NETWORK, hop, AddressFamily.IPV6_UNICAST, view);
    }

    /** What a hop's scrapes do not ask for is as settled as all that they do. */
    private int settled(RibId table) {
        var known = settled.get(table);
        if (known != null) {
            return known;
        }
        var heard = settled.entrySet().stream()
                .filter(other -> other.getKey().hop().equals(table.hop()))
                .map(Map.Entry::getValue)
                .toList();
        var of = asked.get(table.hop());
        return of != null && heard.size() >= of
                ? heard.stream().min(Integer::compareTo).orElseThrow()
                : -1;
    }

    NaiveCourse course(RibId table, RowKey key, int horizon) {
        return new NaiveCourse(
                table.view(),
                events.getOrDefault(table, List.of()).stream()
                        .filter(event -> event.key().equals(key))
                        .toList(),
                marks.getOrDefault(table, List.of()),
                horizon);
    }

    /** By how many ticks the clocks of two tables may be apart, as they were read at a tick. */
    int clockError(RibId a, RibId b, int tick) {
        var one = readBy(a, tick);
        var other = readBy(b, tick);
        return one.isEmpty()
                        || other.isEmpty()
                        || one.getFirst().name().equals(other.getFirst().name())
                ? 0
                : 2
                        * (int) one.getFirst()
                                .error()
                                .plus(other.getFirst().error())
                                .toSeconds();
    }

    /** Who read it last of those who had begun by then or, if nobody had, who was the first. */
    private List<ScraperClock> readBy(RibId table, int tick) {
        var all = marks.getOrDefault(table, List.of());
        var begun = all.stream()
                .filter(mark -> NaiveGaps.tick(mark.coveredFrom()) <= tick)
                .toList();
        return (begun.isEmpty() ? all : begun.reversed())
                .stream().map(CoverageMark::readBy).limit(1).toList();
    }
}
