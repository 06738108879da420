package dev.hoplog.streams.gap;

import static dev.hoplog.streams.gap.FewHops.A;
import static dev.hoplog.streams.gap.FewHops.B;
import static dev.hoplog.streams.gap.FewHops.ROUTE;
import static dev.hoplog.streams.gap.FewHops.SUBJECT;
import static dev.hoplog.streams.gap.FewHops.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.gap.Cause;
import dev.hoplog.gap.GapEvent;
import dev.hoplog.log.LogEntry;
import dev.hoplog.log.LogEntry.CoverageMark;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.Change;
import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.Id;
import dev.hoplog.model.Observed;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.RibId;
import dev.hoplog.model.ScraperClock;
import dev.hoplog.model.SessionState;
import dev.hoplog.model.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A hop has a neighbour in place of another: its scrapes ask for as many tables as before, and for one of them no more. */
class ReplacedNeighbourTest {
    private static final int REPLACED = 20;
    private static final int END = 100;
    private static final ScraperClock CLOCK = new ScraperClock("first", Duration.ZERO);
    private static final PeerId NEIGHBOUR = PeerId.parse("fd00::2");
    private static final RibId SESSIONS = RibId.of(GapWorld.NETWORK, A, AddressFamily.IPV6_UNICAST, View.SESSIONS);
    private static final RibId BEFORE = sent(PeerId.parse("fd00::9"));
    private static final RibId SINCE = sent(NEIGHBOUR);

    private static RibId sent(PeerId neighbour) {
        return RibId.adj(GapWorld.NETWORK, A, AddressFamily.IPV6_UNICAST, View.ADJ_RIB_OUT_POST, neighbour);
    }

    private static List<LogEntry> at(RibId table, int second) {
        var entries = new ArrayList<LogEntry>();
        if (table.equals(BEFORE) ? second >= REPLACED : table.equals(SINCE) && second < REPLACED) {
            return entries;
        }
        if (table.equals(table(A)) && second == REPLACED) {
            entries.add(FewHops.event(A, Optional.of(10), second, CLOCK, new Change.Appeared(ROUTE)));
        }
        if (table.equals(SESSIONS) && second == 0) {
            var session = FewHops.session(NEIGHBOUR, SessionState.ESTABLISHED, 1);
            entries.add(new RouteEvent(
                    new Id(2, 0),
                    SESSIONS,
                    session.key(),
                    new Id(1, 0),
                    new Bounds(Optional.empty(), GapWorld.at(0), Optional.empty()),
                    CLOCK,
                    0,
                    new Change.Appeared(new Seen(session, Observed.all()))));
        }
        entries.add(new CoverageMark(
                table,
                GapWorld.at(table.equals(SINCE) ? REPLACED : 0),
                GapWorld.at(second),
                new Id(1, second),
                GapWorld.at(second),
                CLOCK,
                1,
                "show",
                0,
                "1",
                table.hop().equals(A) ? 3 : 1));
        return entries;
    }

    private static List<GapEvent> told(List<LogEntry> log) {
        var memory = new MemoryInMaps();
        memory.take(FewHops.chain(1, List.of(A, B), FewHops.edge(A, B, Duration.ofSeconds(2))));
        log.forEach(memory::take);
        return memory.told().getOrDefault(SUBJECT, List.of());
    }

    @Test
    void shouldWaitForTheNewTableHoweverLateItComes() {
        var inTime = new ArrayList<LogEntry>();
        for (int second = 0; second <= END; second += 10) {
            for (var table : List.of(table(A), SESSIONS, BEFORE, SINCE, table(B))) {
                inTime.addAll(at(table, second));
            }
        }
        var late = new ArrayList<LogEntry>();
        for (var table : List.of(BEFORE, table(A), SESSIONS, table(B), SINCE)) {
            for (int second = 0; second <= END; second += 10) {
                late.addAll(at(table, second));
            }
        }

        assertThat(told(inTime))
                .filteredOn(GapEvent.Explained.class::isInstance)
                .singleElement()
                .satisfies(
                        told -> assertThat(((GapEvent.Explained) told).cause()).isEqualTo(Cause.NOT_EXPORTED));
        assertThat(told(late)).isEqualTo(told(inTime));
    }
}
