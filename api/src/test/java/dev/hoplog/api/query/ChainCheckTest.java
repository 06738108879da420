package dev.hoplog.api.query;

import static dev.hoplog.api.World.at;
import static dev.hoplog.api.World.rib;
import static dev.hoplog.api.World.usable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.api.Projected;
import dev.hoplog.api.World;
import dev.hoplog.chain.Chain;
import dev.hoplog.gap.EdgeUses.EdgeUse;
import dev.hoplog.gap.EdgeUses.Use;
import dev.hoplog.wire.ChainCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which edges of a chain ever carried anything, out of what is projected. */
class ChainCheckTest {
    private static final String FIRST = "sol/bird/master6 -> pve01/frr/main";
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static Map<String, Use> uses(World world, Chain chain) throws Exception {
        var version = ChainCodec.version("lab", Optional.of(Instant.parse("2100-01-01T00:00:00Z")), at(0), chain);
        return new ChainCheck(Projected.all(world))
                .ask(version, LIMIT).edges().stream()
                        .collect(Collectors.toMap(one -> one.edge().toString(), EdgeUse::use));
    }

    @Test
    void shouldSeeThatEachEdgeCarriedSomethingThoughNoChainWasPublished() throws Exception {
        assertThat(uses(SmallChain.world(), SmallChain.chain()))
                .hasSize(3)
                .allSatisfy((edge, use) -> assertThat(use).isEqualTo(Use.CARRIED));
    }

    /** Scraped together every ten seconds: BIRD with the pod or without, and pve01 always without. */
    private static World world(long to, boolean isThere) {
        var world = new World(2);
        for (long second = 0; second <= to; second += 10) {
            var bird = rib(SmallChain.BIRD.toString());
            if (isThere) {
                world.scrape(bird, at(second), usable(SmallChain.POD));
            } else {
                world.scrape(bird, at(second));
            }
            world.scrape(rib(SmallChain.PVE01.toString()), at(second));
        }
        return world;
    }

    @Test
    void shouldNameTheEdgeOverWhichNothingCame() throws Exception {
        assertThat(uses(world(60, true), SmallChain.chain()))
                .hasSize(3)
                .containsEntry(FIRST, Use.NEVER)
                .containsEntry("pve01/frr/main -> pve02/frr/main", Use.NOT_KNOWN);
    }

    @Test
    void shouldNotBlameAnEdgeForWhatWasThereNoLongerThanItMayTake() throws Exception {
        assertThat(uses(world(0, true), SmallChain.chain())).containsEntry(FIRST, Use.NOTHING_TO_CARRY);
    }

    @Test
    void shouldSayOfAnEdgeThatItHadNothingToCarry() throws Exception {
        assertThat(uses(world(60, false), SmallChain.chain())).containsEntry(FIRST, Use.NOTHING_TO_CARRY);
    }

    @Test
    void shouldNotKnowOfAnEdgeWhoseEndsWereNeverObservedTogether() throws Exception {
        var world = new World(2);
        for (long second = 0; second <= 60; second += 10) {
            world.scrape(rib(SmallChain.BIRD.toString()), at(second), usable(SmallChain.POD));
            world.scrape(rib(SmallChain.PVE01.toString()), at(1000 + second));
        }
        assertThat(uses(world, SmallChain.chain())).containsEntry(FIRST, Use.NOT_KNOWN);
    }
}
