package dev.hoplog.streams.gap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.chain.Carried;
import dev.hoplog.chain.Chain;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.chain.Edge;
import dev.hoplog.chain.Link;
import dev.hoplog.chain.Node;
import dev.hoplog.chain.PrefixRange;
import dev.hoplog.gap.GapEvent;
import dev.hoplog.log.LogEntry;
import dev.hoplog.log.LogEntry.ChainPublished;
import dev.hoplog.log.LogEntry.CoverageMark;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.Change;
import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Id;
import dev.hoplog.model.Observed;
import dev.hoplog.model.PathBuilder;
import dev.hoplog.model.PathFlag;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.RibId;
import dev.hoplog.model.Route;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.ScraperClock;
import dev.hoplog.model.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A prefix goes from a to b, which loses it for a while. Later another scraper goes on with b, whose clock is worse. */
class TakeoverTest {
    private static final Subject SUBJECT = new Subject(GapWorld.NETWORK, GapWorld.PREFIX);
    private static final ScraperClock ONE = new ScraperClock("one", Duration.ZERO);
    private static final HopId A = HopId.parse("a/frr/main");
    private static final HopId B = HopId.parse("b/frr/main");
    private static final int LOST = 100;
    private static final int BACK = 113;
    private static final int TAKEN_OVER = 200;
    private static final int END = 300;
    private static final Seen ROUTE = new Seen(
            new Route(
                    GapWorld.PREFIX,
                    List.of(new PathBuilder()
                            .flag(PathFlag.VALID)
                            .flag(PathFlag.BEST)
                            .build()),
                    Optional.empty()),
            Observed.all());

    private static RibId table(HopId hop) {
        return RibId.of(GapWorld.NETWORK, hop, AddressFamily.IPV6_UNICAST, View.LOC_RIB);
    }

    private static ChainPublished chain() {
        var edge = new Edge(
                A,
                B,
                new Link.Session(Link.Kind.EXTERNAL, PeerId.parse("fd00::1"), PeerId.parse("fd00::2")),
                List.of(Carried.freely(PrefixRange.exactly(GapWorld.PREFIX))),
                false,
                Duration.ZERO,
                Optional.empty(),
                Optional.empty());
        var nodes = List.of(A, B).stream()
                .map(hop -> new Node(hop.node(), new TreeSet<>(), hop, List.of(hop)))
                .toList();
        return new ChainPublished(new ChainVersion(
                GapWorld.NETWORK, new Id(0, 1), Optional.empty(), GapWorld.at(0), new Chain(nodes, List.of(edge))));
    }

    private static RouteEvent event(HopId hop, int second, Change change) {
        return new RouteEvent(
                new Id(hop.hashCode(), second),
                table(hop),
                RowKey.of(GapWorld.PREFIX),
                new Id(1, second),
                new Bounds(
                        second > 0 ? Optional.of(GapWorld.at(second - 1)) : Optional.empty(),
                        GapWorld.at(second),
                        Optional.empty()),
                ONE,
                0,
                change);
    }

    private static CoverageMark mark(HopId hop, int from, int second, ScraperClock readBy) {
        return new CoverageMark(
                table(hop),
                GapWorld.at(from),
                GapWorld.at(second),
                new Id(1, second),
                GapWorld.at(second),
                readBy,
                1,
                "show",
                0,
                "1",
                1);
    }

    /** Each second, and at some of them a change. */
    private static List<LogEntry> of(HopId hop, int second, ScraperClock then) {
        var entries = new ArrayList<LogEntry>();
        if (second == 0 || hop.equals(B) && second == BACK) {
            entries.add(event(hop, second, new Change.Appeared(ROUTE)));
        }
        if (hop.equals(B) && second == LOST) {
            entries.add(event(hop, second, new Change.Withdrawn(ROUTE)));
        }
        entries.add(mark(hop, 0, second, hop.equals(B) && second >= TAKEN_OVER ? then : ONE));
        return entries;
    }

    private static List<GapEvent> told(Collection<LogEntry> log) {
        var memory = new MemoryInMaps();
        memory.take(chain());
        log.forEach(memory::take);
        return memory.told().getOrDefault(SUBJECT, List.of());
    }

    private static List<LogEntry> inTime(ScraperClock then) {
        var log = new ArrayList<LogEntry>();
        for (int second = 0; second < END; second++) {
            log.addAll(of(A, second, then));
            log.addAll(of(B, second, then));
        }
        return log;
    }

    private static List<LogEntry> oneAfterTheOther(ScraperClock then) {
        var log = new ArrayList<LogEntry>();
        for (int second = 0; second < END; second++) {
            log.addAll(of(B, second, then));
        }
        for (int second = 0; second < END; second++) {
            log.addAll(of(A, second, then));
        }
        return log;
    }

    @Test
    void shouldNotLetWhoReadATableLastDecideWhatWasBefore() {
        for (int error : List.of(6, 30)) {
            var then = new ScraperClock("two", Duration.ofSeconds(error));
            var inTime = told(inTime(then));

            assertThat(GapStory.of(inTime)).hasSize(1).isEqualTo(GapStory.of(told(oneAfterTheOther(then))));
            assertThat(inTime)
                    .filteredOn(GapEvent.Opened.class::isInstance)
                    .extracting(opened -> ((GapEvent.Opened) opened).certainAt())
                    .containsExactly(GapWorld.at(LOST));
        }
    }
}
