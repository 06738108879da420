package dev.hoplog.streams.gap;

import static dev.hoplog.streams.gap.FewHops.A;
import static dev.hoplog.streams.gap.FewHops.B;
import static dev.hoplog.streams.gap.FewHops.ROUTE;
import static dev.hoplog.streams.gap.FewHops.SUBJECT;
import static dev.hoplog.streams.gap.FewHops.chain;
import static dev.hoplog.streams.gap.FewHops.edge;
import static dev.hoplog.streams.gap.FewHops.mark;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.gap.GapEvent;
import dev.hoplog.log.LogEntry;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.Change;
import dev.hoplog.model.HopId;
import dev.hoplog.model.ScraperClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A prefix goes from a to b, which loses it for a while. Later another scraper goes on with b, whose clock is worse. */
class TakeoverTest {
    private static final ScraperClock ONE = new ScraperClock("one", Duration.ZERO);
    private static final int LOST = 100;
    private static final int BACK = 113;
    private static final int TAKEN_OVER = 200;
    private static final int END = 300;

    private static RouteEvent event(HopId hop, int second, Change change) {
        return FewHops.event(hop, second > 0 ? Optional.of(second - 1) : Optional.empty(), second, ONE, change);
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
        memory.take(chain(1, List.of(A, B), edge(A, B, Duration.ZERO)));
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
