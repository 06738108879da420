package dev.hoplog.api.query;

import static dev.hoplog.api.World.at;
import static dev.hoplog.api.World.rib;
import static dev.hoplog.api.World.usable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.api.Database;
import dev.hoplog.api.Projected;
import dev.hoplog.api.Refused;
import dev.hoplog.api.World;
import dev.hoplog.api.query.HopFreshness.Group;
import dev.hoplog.log.v1.RejectReason;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.RibId;
import dev.hoplog.model.View;
import dev.hoplog.wire.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class HopFreshnessTest {
    private static final RibId LOC_RIB = rib("pve02/frr/main");
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final World world = new World(2);

    private static RibId from(String peer) {
        return RibId.adj("lab", LOC_RIB.hop(), AddressFamily.IPV6_UNICAST, View.ADJ_RIB_IN_PRE, PeerId.parse(peer));
    }

    private static Group group(View view, long observed, long blind, long unread, long oldest, long newest) {
        return new Group(
                "lab",
                "pve02",
                "pve02/frr/main",
                view,
                observed,
                blind,
                unread,
                Optional.of(at(oldest)),
                Optional.of(at(newest)));
    }

    private static HopFreshness read(DataSource dataSource) throws Exception {
        return HopFreshness.read(dataSource, LIMIT);
    }

    @Test
    void theTablesOfAViewAreOneGroupHoweverManyPeersThereAre() throws Exception {
        for (int peer = 0; peer < 50; peer++) {
            world.scrape(from("fd00::1:" + peer), at(peer)).scrape(from("fd00::1:" + peer), at(peer + 5));
        }
        world.scrape(LOC_RIB, at(3), usable("::/0"));

        assertThat(read(Projected.all(world)).groups())
                .containsExactly(group(View.ADJ_RIB_IN_PRE, 50, 0, 0, 5, 54), group(View.LOC_RIB, 1, 0, 0, 3, 3));
    }

    @Test
    void whoFailedIsBlindUntilItAnswersAgain() throws Exception {
        world.scrape(LOC_RIB, at(0))
                .fail(LOC_RIB, at(5), FailureReason.UNREACHABLE)
                .fail(LOC_RIB, at(10), FailureReason.UNREACHABLE);
        assertThat(read(Projected.all(world)).groups()).containsExactly(group(View.LOC_RIB, 0, 1, 0, 0, 0));

        world.scrape(LOC_RIB, at(15));
        assertThat(read(Projected.all(world)).groups()).containsExactly(group(View.LOC_RIB, 1, 0, 0, 15, 15));
    }

    @Test
    void whatNeverAnsweredAndWhatWasOnlyRefusedHasNoTime() throws Exception {
        world.fail(LOC_RIB, at(5), FailureReason.REFUSED);
        var dataSource = Projected.all(world);
        new Refused()
                .of(from("fd00::1"), at(6), RejectReason.REJECT_REASON_STALE)
                .count(dataSource, 1);

        var freshness = read(dataSource);

        assertThat(freshness.groups())
                .allSatisfy(group -> assertThat(group.oldest()).isEmpty())
                .extracting(group -> Map.of("blind", group.blind(), "unread", group.unread()))
                .containsExactly(Map.of("blind", 0L, "unread", 1L), Map.of("blind", 1L, "unread", 0L));
        assertThat(freshness.positions().get(Topics.REJECTED)).isEqualTo(Map.of(0, 1L));
    }

    @Test
    void aPartitionThatLagsHoldsTheTimeBack() throws Exception {
        world.scrape(LOC_RIB, at(0)).scrape(LOC_RIB, at(5));
        var dataSource = Database.fresh();
        Projected.partition(dataSource, world, 0, 100);
        assertThat(read(dataSource).groups().getFirst().newest()).isEmpty();

        Projected.partition(dataSource, world, 1, 100);
        world.scrape(LOC_RIB, at(10));
        Projected.partition(dataSource, world, 0, 100);

        assertThat(read(dataSource).groups()).containsExactly(group(View.LOC_RIB, 1, 0, 0, 5, 5));
        assertThat(read(dataSource).positions().get(Topics.ROUTE_EVENT)).isEqualTo(Map.of(0, 3L, 1, 2L));
    }
}
