package dev.hoplog.streams.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hoplog.log.LogEntry.CoverageMark;
import dev.hoplog.model.ScraperClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TakeoverMarksTest {
    private static final ScraperClock ANOTHER = new ScraperClock("another", Duration.ofMillis(9));

    private final FakeScraper scraper = new FakeScraper(RibRulesTest.RIB);
    private final World world = new World();

    @Test
    void shouldCutMarksWhereAnotherScraperGoesOnSoThatEachIsOfOne() {
        var first = Instant.parse("2026-11-23T04:59:51Z");
        var taken = first.plusSeconds(10);
        world.take(scraper.snapshot(first, first.plusSeconds(1), RibRulesTest.table()))
                .take(scraper.by(ANOTHER).snapshot(taken, taken.plusSeconds(1), RibRulesTest.table()))
                .take(scraper.snapshot(taken.plusSeconds(5), taken.plusSeconds(6), RibRulesTest.table()));

        var hour = Instant.parse("2026-11-23T05:00:00Z");
        assertThat(world.log)
                .filteredOn(CoverageMark.class::isInstance)
                .extracting("coveredFrom", "coveredTo", "readBy")
                .containsExactly(
                        tuple(first, first.plusSeconds(1), FakeScraper.CLOCK),
                        tuple(first, hour, FakeScraper.CLOCK),
                        tuple(hour, taken.minusNanos(1_000), FakeScraper.CLOCK),
                        tuple(taken, taken.plusSeconds(1), ANOTHER),
                        tuple(taken, taken.plusSeconds(6), ANOTHER));
        assertThat(world.covered().spans()).hasSize(1);
    }

    @Test
    void shouldCutOnceWhereAnotherGoesOnAtTheInstantAtWhichTheLastReadingEnded() {
        var first = Instant.parse("2026-11-23T04:10:00Z");
        world.take(scraper.snapshot(first, first.plusSeconds(1), RibRulesTest.table()))
                .take(scraper.by(ANOTHER).snapshot(first.plusSeconds(1), first.plusSeconds(2), RibRulesTest.table()));

        assertThat(world.log)
                .filteredOn(CoverageMark.class::isInstance)
                .extracting("coveredFrom", "coveredTo", "readBy")
                .containsExactly(
                        tuple(first, first.plusSeconds(1), FakeScraper.CLOCK),
                        tuple(first.plusSeconds(1), first.plusSeconds(2), ANOTHER));
        assertThat(world.covered().spans()).hasSize(1);
    }
}
