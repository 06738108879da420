package dev.hoplog.streams.gap;

import static dev.hoplog.streams.gap.FewHops.A;
import static dev.hoplog.streams.gap.FewHops.B;
import static dev.hoplog.streams.gap.FewHops.C;
import static dev.hoplog.streams.gap.FewHops.ROUTE;
import static dev.hoplog.streams.gap.FewHops.SUBJECT;
import static dev.hoplog.streams.gap.FewHops.chain;
import static dev.hoplog.streams.gap.FewHops.edge;
import static dev.hoplog.streams.gap.FewHops.event;
import static dev.hoplog.streams.gap.FewHops.mark;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.gap.GapEvent;
import dev.hoplog.model.Change;
import dev.hoplog.model.ScraperClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A prefix goes from a to b and to c, until another chain is in force, which has no c. */
class LeftHopTest {
    private static final ScraperClock CLOCK = new ScraperClock("first", Duration.ZERO);
    private static final Duration GRACE = Duration.ofSeconds(2);

    @Test
    void shouldNotWaitForAHopThatOnlyAnEarlierChainHas() {
        var memory = new MemoryInMaps();
        memory.take(chain(1, List.of(A, B, C), edge(A, B, GRACE), edge(A, C, GRACE)));
        memory.take(chain(2, Optional.of(40), List.of(A, B), edge(A, B, GRACE)));
        for (var hop : List.of(A, B, C)) {
            memory.take(event(hop, Optional.empty(), 15, CLOCK, new Change.Appeared(ROUTE)));
            memory.take(mark(hop, 15, 15, CLOCK));
        }
        memory.take(event(B, Optional.of(45), 60, CLOCK, new Change.Withdrawn(ROUTE)));
        memory.take(mark(A, 15, 60, CLOCK));
        memory.take(mark(B, 15, 60, CLOCK));
        assertThat(memory.told()).isEmpty();

        memory.take(mark(C, 15, 45, CLOCK));

        assertThat(memory.told().get(SUBJECT))
                .singleElement()
                .satisfies(
                        told -> assertThat(((GapEvent.Opened) told).certainAt()).isEqualTo(GapWorld.at(60)));
    }
}
