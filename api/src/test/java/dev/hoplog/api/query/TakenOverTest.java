package dev.hoplog.api.query;

import static dev.hoplog.api.World.at;
import static dev.hoplog.api.World.rib;
import static dev.hoplog.api.query.SmallChain.PVE02;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.api.World;
import dev.hoplog.api.history.Window;
import dev.hoplog.gap.Gap;
import dev.hoplog.model.ScraperClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Another scraper, whose clock may be off by more than the gap lasted, goes on with one of its ends. */
class TakenOverTest {
    private static final ScraperClock ANOTHER = new ScraperClock("another", Duration.ofSeconds(70));

    private static List<Gap> gaps(World world) throws Exception {
        var anything = new Gaps.Question("", new Gaps.Of.All(), "", Window.open(), List.of(), Optional.empty(), 10);
        return new Gaps(SmallChain.projected(world), SmallChain.source())
                .ask(anything, Duration.ofSeconds(10)).gaps().stream()
                        .map(ExplainedGap::gap)
                        .toList();
    }

    @Test
    void shouldTellOfTheGapsBeforeAsIfNobodyHadTakenOver() throws Exception {
        var before = gaps(SmallChain.world());
        var after = gaps(SmallChain.world()
                .readBy(ANOTHER)
                .scrape(rib(PVE02.toString()), at(192), SmallChain.learnt("fd00::1")));

        assertThat(before).hasSize(1);
        assertThat(after).isEqualTo(before);
    }
}
