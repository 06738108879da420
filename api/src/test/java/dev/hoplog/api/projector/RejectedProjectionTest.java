package dev.hoplog.api.projector;

import static dev.hoplog.api.World.at;
import static dev.hoplog.api.World.rib;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hoplog.api.Database;
import dev.hoplog.api.Projected;
import dev.hoplog.api.Refused;
import dev.hoplog.api.World;
import dev.hoplog.api.query.HopStatus;
import dev.hoplog.api.query.HopStatus.TableStatus;
import dev.hoplog.api.query.Rejected;
import dev.hoplog.api.verify.LogicalRows;
import dev.hoplog.log.v1.RejectReason;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.HopId;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.RibId;
import dev.hoplog.model.View;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RejectedProjectionTest {
    private static final RibId PVE02 = rib("pve02/frr/main");
    private static final RibId NEW = rib("pve09/frr/main");

    private static Refused refused() {
        return new Refused()
                .of(PVE02, at(1), RejectReason.REJECT_REASON_WRONG_BASE)
                .of(NEW, at(2), RejectReason.REJECT_REASON_FROM_THE_FUTURE)
                .garbage("no such key", at(3))
                .of(PVE02, at(4), RejectReason.REJECT_REASON_STALE)
                .nonsense(at(5))
                .garbage(PVE02.key(), at(6))
                .of(PVE02, at(7), RejectReason.REJECT_REASON_STALE);
    }

    private static HopStatus.Answer hops(DataSource dataSource) throws SQLException {
        return new HopStatus(dataSource).ask("", "", Duration.ofSeconds(10));
    }

    private static Optional<Rejected> of(RibId rib, HopStatus.Answer answer) {
        return answer.tables().stream()
                .filter(table -> table.rib().equals(rib))
                .findFirst()
                .flatMap(TableStatus::rejected);
    }

    @Test
    void everyTableSaysHowMuchWasRefusedAndWhyTheLast() throws Exception {
        var dataSource = Projected.all(new World(2).scrape(PVE02, at(0)).scrape(rib("pve01/frr/main"), at(0)));
        refused().count(dataSource, 100);
        var answer = hops(dataSource);
        assertThat(of(PVE02, answer))
                .contains(new Rejected(
                        4,
                        at(7),
                        RejectReason.REJECT_REASON_STALE,
                        "number 6",
                        Optional.of(new Rejected.Scrape(World.id("scrape at " + at(7)), "lab-1", 7)),
                        3,
                        106));
        assertThat(of(rib("pve01/frr/main"), answer)).isEmpty();
        assertThat(answer.rejectedOfNoTable().map(Rejected::count)).contains(2L);
        assertThat(answer.rejectedPositions()).containsOnlyKeys(0).containsValue(7L);
    }

    @Test
    void aTableAllOfWhoseInputWasRefusedIsListedAsNeverObserved() throws Exception {
        var dataSource = Projected.all(new World(2).scrape(PVE02, at(0)));
        refused().count(dataSource, 100);
        var table = hops(dataSource).tables().getLast();
        assertThat(table.rib()).isEqualTo(NEW);
        assertThat(table.covered().isEmpty()).isTrue();
        assertThat(table.rejected().map(Rejected::reason)).contains(RejectReason.REJECT_REASON_FROM_THE_FUTURE);
    }

    @Test
    void theSameCountsWhateverTheBatches() throws Exception {
        var one = Database.fresh();
        var other = Database.fresh();
        refused().count(one, 1);
        refused().count(other, 3);
        assertThat(LogicalRows.hash(one)).isEqualTo(LogicalRows.hash(other));
        assertThat(LogicalRows.hash(one))
                .hasEntrySatisfying(
                        "rejected", table -> assertThat(table.rows()).isEqualTo(3));
    }

    @Test
    void aBatchIsNeverCountedTwice() throws Exception {
        var dataSource = Database.fresh();
        var projection = new RejectedProjection(dataSource);
        projection.position(0, 0);
        projection.write(refused().batch(0, 4));
        var before = LogicalRows.hash(dataSource);
        assertThatThrownBy(() -> projection.write(refused().batch(0, 5))).isInstanceOf(PositionLost.class);
        assertThat(LogicalRows.hash(dataSource)).isEqualTo(before);
        assertThat(projection.position(0, 0)).isEqualTo(4);
    }

    @Test
    void whatTheTopicNoLongerHasIsPassedOver() throws Exception {
        var projection = new RejectedProjection(Database.fresh());
        assertThat(projection.position(0, 5)).isEqualTo(5);
        assertThat(projection.position(0, 9)).isEqualTo(9);
        assertThat(projection.position(0, 0)).isEqualTo(9);
    }

    @Test
    void ofWhatDoesNotDecodeTheKeyNamesTheTable() {
        var adj = new RibId(
                "lab",
                HopId.parse("pve02/frr/main"),
                AddressFamily.IPV4_UNICAST,
                Optional.of("65001:1"),
                View.ADJ_RIB_IN_PRE,
                Optional.of(PeerId.parse("fe80::1%eth0")));
        for (var rib : new RibId[] {PVE02, adj}) {
            assertThat(new Refused().garbage(rib.key(), at(0)).last().rib()).contains(rib);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "lab/pve02",
                "lab/pve02/frr/main/ipv6-unicast/no-view",
                "lab/pve02/frr/main/ipv6-unicast/loc-rib/x"
            })
    void aKeyOfNoTableNamesNone(String key) {
        assertThat(new Refused().garbage(key, at(0)).last().rib()).isEmpty();
    }
}
