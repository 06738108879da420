package dev.hoplog.api.query;

import static dev.hoplog.api.World.at;
import static dev.hoplog.api.World.rib;
import static dev.hoplog.api.World.usable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.api.World;
import dev.hoplog.api.history.Verdict;
import dev.hoplog.api.history.Window;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.history.RouteHistory;
import dev.hoplog.model.HopId;
import dev.hoplog.model.View;
import dev.hoplog.wire.ChainCodec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is said of a stop for which no gap is known. */
class BrokenTest {
    private static final String POD = "fd00:101:224:3::/64";
    private static final HopId HOP = HopId.parse("pve02/frr/main");
    private static final ChainVersion VERSION =
            ChainCodec.version("lab", Optional.empty(), at(0), World.chain(HOP.toString()));

    /** Readings of three seconds each; the prefix is gone from so many of them. */
    private static Broken afterMissingIn(int readings) {
        var world = new World(1);
        var table = rib(HOP.toString());
        for (int second = 0; second <= 100; second += 10) {
            boolean isGone = second >= 50 && second < 50 + 10 * readings;
            if (isGone) {
                world.scrape(table, at(second), at(second + 3));
            } else {
                world.scrape(table, at(second), at(second + 3), usable(POD));
            }
        }
        var verdict = Verdict.of(
                new RouteHistory(View.LOC_RIB, world.events(table, POD), world.covered(table)),
                Optional.empty(),
                Window.open());
        return new Broken.Finder(List.of(), List.of(VERSION), "").of(HOP, verdict);
    }

    @Test
    void aStopOfOneReadingShouldSayWhyNoEdgeIsNamed() {
        assertThat(afterMissingIn(1).gap()).isEmpty();
        assertThat(afterMissingIn(1).unknownBecause()).contains("in one reading only", "overlap");
    }

    @Test
    void aStopOfTwoReadingsShouldSayThatNoEdgeIsKnownToHaveLostIt() {
        assertThat(afterMissingIn(2).unknownBecause()).contains("no edge of the chain is known");
    }

    @Test
    void whatNeverStoppedShouldSayNothing() {
        assertThat(afterMissingIn(0)).isEqualTo(Broken.nothing());
    }
}
