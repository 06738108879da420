package dev.hoplog.streams.gap;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.hoplog.model.SessionState;
import dev.hoplog.model.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which of a row's events are kept. */
class KeptHistoriesTest {
    private static final RibId TABLE =
            RibId.of(GapWorld.NETWORK, HopId.parse("a/frr/main"), AddressFamily.IPV6_UNICAST, View.LOC_RIB);

    private final List<RouteEvent> events = new ArrayList<>();

    private static Seen from(String neighbour, long med) {
        return row(path(neighbour, med).flag(PathFlag.VALID).flag(PathFlag.BEST));
    }

    private static Seen unused(String neighbour, long med) {
        return row(path(neighbour, med));
    }

    private static PathBuilder path(String neighbour, long med) {
        return new PathBuilder().from(PeerId.parse(neighbour)).med(med);
    }

    private static Seen row(PathBuilder path) {
        return new Seen(new Route(GapWorld.PREFIX, List.of(path.build()), Optional.empty()), Observed.all());
    }

    private void at(int second, Change change) {
        events.add(new RouteEvent(
                new Id(0, second),
                TABLE,
                RowKey.of(GapWorld.PREFIX),
                new Id(1, second),
                Bounds.between(GapWorld.at(second - 5), GapWorld.at(second)),
                new ScraperClock("first", Duration.ZERO),
                0,
                change));
    }

    private List<Integer> kept() {
        return KeptHistories.pruned(View.LOC_RIB, events, GapWorld.at(100)).stream()
                .map(event -> GapWorld.second(event.bounds().atOrBefore()))
                .toList();
    }

    @Test
    void shouldKeepTheLastChangeAwayFromEachNeighbour() {
        at(10, new Change.Appeared(from("fd00::1", 0)));
        at(20, new Change.Changed(from("fd00::1", 0), from("fd00::2", 0)));
        at(30, new Change.Changed(from("fd00::2", 0), from("fd00::1", 0)));
        at(40, new Change.Changed(from("fd00::1", 0), from("fd00::2", 0)));
        at(50, new Change.Changed(from("fd00::2", 0), from("fd00::2", 5)));
        at(60, new Change.Changed(from("fd00::2", 5), from("fd00::2", 0)));

        assertThat(kept()).containsExactly(10, 30, 40, 60);
    }

    @Test
    void shouldKeepTheChangeWithWhichEachPathThatIsThereCame() {
        at(10, new Change.Appeared(unused("fd00::1", 0)));
        at(20, new Change.Withdrawn(unused("fd00::1", 0)));
        at(30, new Change.Appeared(unused("fd00::1", 0)));
        at(40, new Change.Changed(unused("fd00::1", 0), unused("fd00::1", 5)));
        at(50, new Change.Changed(unused("fd00::1", 5), unused("fd00::1", 0)));

        assertThat(kept()).containsExactly(30, 50);
    }

    @Test
    void shouldKeepNoneFromBeforeItWasThere() {
        at(10, new Change.Appeared(from("fd00::1", 0)));
        at(20, new Change.Changed(from("fd00::1", 0), from("fd00::2", 0)));
        at(30, new Change.Withdrawn(from("fd00::2", 0)));
        at(40, new Change.Appeared(from("fd00::2", 0)));

        assertThat(kept()).containsExactly(30, 40);
    }

    @Test
    void shouldKeepOfASessionOnlyWhatSaysWhetherThereIsOne() {
        var memory = new MemoryInMaps();
        var table = RibId.of(GapWorld.NETWORK, HopId.parse("a/frr/main"), AddressFamily.IPV6_UNICAST, View.SESSIONS);
        var neighbour = PeerId.parse("fd00::1");
        var before = session(neighbour, SessionState.ACTIVE, 0);
        memory.take(event(table, neighbour, 5, new Change.Appeared(before)));
        for (int second = 10; second <= 5_000; second += 5) {
            var after = session(neighbour, SessionState.ESTABLISHED, second);
            memory.take(event(table, neighbour, second, new Change.Changed(before, after)));
            before = after;
        }

        assertThat(memory.session(table, RowKey.of(neighbour)))
                .extracting(event -> GapWorld.second(event.bounds().atOrBefore()))
                .containsExactly(5, 10);
    }

    private static Seen session(PeerId neighbour, SessionState state, long received) {
        return new Seen(FewHops.session(neighbour, state, received), Observed.all());
    }

    private static RouteEvent event(RibId table, PeerId neighbour, int second, Change change) {
        return new RouteEvent(
                new Id(0, second),
                table,
                RowKey.of(neighbour),
                new Id(1, second),
                Bounds.between(GapWorld.at(second - 5), GapWorld.at(second)),
                new ScraperClock("first", Duration.ZERO),
                0,
                change);
    }
}
