package dev.hoplog.streams.diff;

import static dev.hoplog.streams.diff.RibRulesTest.at;
import static dev.hoplog.streams.diff.RibRulesTest.changed;
import static dev.hoplog.streams.diff.RibRulesTest.covered;
import static dev.hoplog.streams.diff.RibRulesTest.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.wire.CanonicalTable;
import dev.hoplog.wire.SnapshotPart.Leaf;
import dev.hoplog.wire.SnapshotPart.LeavesPart;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A leaf that one snapshot sends more than once. */
class RepeatedLeafTest {
    private final FakeScraper scraper = new FakeScraper(RibRulesTest.RIB);
    private final World world = new World();

    @Test
    void shouldCountARecordOfAKeyframeThatComesTwiceOnce() {
        var keyframe = scraper.snapshot(at(0), at(1), table("fd00:1::/64", "fd00:2::/64"));
        keyframe.forEach(part -> world.take(part).take(part));

        assertThat(world.rejections).isEmpty();
        assertThat(world.told()).hasSize(2);
        assertThat(world.covered()).isEqualTo(covered(0, 1));
    }

    @Test
    void shouldRefuseALeafThatItsSnapshotHasSentOtherwiseBefore() {
        world.take(scraper.snapshot(at(0), at(1), table("fd00:1::/64")));
        var header = scraper.snapshot(at(5), at(6), changed("fd00:1::/64", 1))
                .getFirst()
                .header();
        for (long med = 1; med <= 2; med++) {
            var leaf = CanonicalTable.of(changed("fd00:1::/64", med))
                    .leaves()
                    .values()
                    .iterator()
                    .next();
            world.take(new LeavesPart(header, List.of(new Leaf(leaf.number(), leaf.content(), Map.of()))));
        }
        assertThat(world.rejections).extracting(Rejection::reason).containsExactly(Rejection.Reason.UNDECODABLE);
        assertThat(world.told()).containsExactly("Appeared fd00:1::/64", "Changed fd00:1::/64");
    }
}
