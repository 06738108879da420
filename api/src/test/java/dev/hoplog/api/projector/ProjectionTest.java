package dev.hoplog.api.projector;

import static dev.hoplog.api.World.at;
import static dev.hoplog.api.World.rib;
import static dev.hoplog.api.World.usable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hoplog.api.Database;
import dev.hoplog.api.Projected;
import dev.hoplog.api.World;
import dev.hoplog.api.verify.LogicalRows;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.RibId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class ProjectionTest {
    private static final RibId PVE02 = rib("pve02/frr/main");
    private static final String POD = "fd00:101:224:3::/64";

    private static World flapping(int partitions) {
        var world = new World(partitions);
        for (int tick = 0; tick < 40; tick++) {
            if (tick % 7 == 6) {
                world.fail(PVE02, at(tick), FailureReason.UNREACHABLE);
            } else if (tick % 3 == 0) {
                world.scrape(PVE02, at(tick), usable(POD), usable("::/0"));
            } else {
                world.scrape(PVE02, at(tick), usable("::/0"), usable("fd00:101:224:" + tick + "::/64"));
            }
        }
        return world;
    }

    @Test
    void theSameRowsWhateverTheBatches() throws Exception {
        var world = flapping(2);
        var one = Database.fresh();
        var other = Database.fresh();
        for (int partition = 0; partition < 2; partition++) {
            Projected.partition(one, world, partition, 1);
            Projected.partition(other, world, partition, 17);
        }
        assertThat(LogicalRows.hash(one)).isEqualTo(LogicalRows.hash(other));
        assertThat(count(one, "route_event")).isPositive();
        assertThat(count(one, "presence")).isPositive();
    }

    @Test
    void noTransitionWithinAWriteBatchCollapses() throws Exception {
        var world = new World(1);
        for (int tick = 0; tick < 1_000; tick++) {
            if (tick % 2 == 0) {
                world.scrape(PVE02, at(tick), usable(POD));
            } else {
                world.scrape(PVE02, at(tick));
            }
        }
        var dataSource = Projected.all(world);
        assertThat(count(dataSource, "route_event")).isEqualTo(1_000);
        assertThat(count(dataSource, "presence")).isEqualTo(500);
    }

    @Test
    void theFirstAppearanceIsAnEvent() throws Exception {
        var dataSource = Projected.all(new World(1).scrape(PVE02, at(0), usable(POD)));
        assertThat(count(dataSource, "route_event WHERE kind = 1 AND after = '-infinity'"))
                .isEqualTo(1);
    }

    @Test
    void aLossOfAllRoutesIsInTheHistory() throws Exception {
        var world = new World(4)
                .scrape(PVE02, at(0), usable(POD), usable("fd00:1::/64"), usable("fd00:2::/64"))
                .scrape(PVE02, at(1));
        assertThat(count(Projected.all(world), "route_event WHERE kind = 3")).isEqualTo(3);
    }

    @Test
    void aSecondProjectorOfThePartitionIsTurnedAway() throws Exception {
        var world = flapping(1);
        var dataSource = Database.fresh();
        var projection = new Projection(dataSource);
        projection.begin(1);
        projection.position(0, 0);
        projection.write(Projected.batch(world, 0, 0, 10));
        var before = LogicalRows.hash(dataSource);
        assertThatThrownBy(() -> projection.write(Projected.batch(world, 0, 0, 12)))
                .isInstanceOf(PositionLost.class);
        assertThat(LogicalRows.hash(dataSource)).isEqualTo(before);
        assertThat(projection.position(0, 0)).isEqualTo(10);
    }

    @Test
    void aBatchThatFailsLeavesNeitherRowsNorPosition() throws Exception {
        var world = new World(1).scrape(PVE02, at(0), usable(POD)).scrape(PVE02, at(1));
        var twice = new ArrayList<Logged<dev.hoplog.log.LogEntry>>(
                Projected.batch(world, 0, 0, 3).entries());
        twice.add(new Logged<>(3, world.partition(0).get(2)));
        var dataSource = Database.fresh();
        var projection = new Projection(dataSource);
        projection.begin(1);
        projection.position(0, 0);
        assertThatThrownBy(() -> projection.write(new Batch(0, 0, 4, twice)))
                .isInstanceOf(LogContradiction.class)
                .hasMessageContaining("partition 0, offset 3")
                .hasMessageContaining("is not there");
        assertThat(count(dataSource, "route_event")).isZero();
        assertThat(projection.position(0, 0)).isZero();
    }

    @Test
    void timesYearsAgoAndInTheFutureHavePartitions() throws Exception {
        var world = new World(1)
                .scrape(PVE02, Instant.parse("1999-12-31T23:59:59.999999Z"), usable(POD))
                .scrape(PVE02, Instant.parse("2000-01-01T00:00:00Z"))
                .scrape(PVE02, Instant.parse("2151-07-01T00:00:00.000001Z"), usable(POD));
        var dataSource = Projected.all(world);
        assertThat(count(dataSource, "route_event")).isEqualTo(3);
        assertThat(count(dataSource, "pg_inherits WHERE inhparent = 'route_event'::regclass"))
                .isEqualTo(3);
    }

    @Test
    void projectorsOfDifferentPartitionsDoNotDeadlock() throws Exception {
        int partitions = 4;
        var world = new World(partitions);
        for (int tick = 0; tick < 30; tick++) {
            for (int hop = 0; hop < 6; hop++) {
                var rows = new ArrayList<dev.hoplog.model.Row>();
                for (int n = 0; n < 40; n++) {
                    if ((n + tick + hop) % 3 != 0) {
                        rows.add(World.route("fd00:" + Integer.toHexString(n + 1) + "::/64", 65000 + tick * 7 + n));
                    }
                }
                world.scrape(rib("node" + hop + "/frr/main"), at(tick), rows.toArray(dev.hoplog.model.Row[]::new));
            }
        }
        var parallel = Database.fresh();
        new Projection(parallel).begin(partitions);
        try (var threads = Executors.newFixedThreadPool(partitions)) {
            var running = new ArrayList<Future<?>>();
            for (int partition = 0; partition < partitions; partition++) {
                int mine = partition;
                running.add(threads.submit(() -> {
                    Projected.partition(parallel, world, mine, 50);
                    return true;
                }));
            }
            for (var future : running) {
                future.get();
            }
        }
        assertThat(LogicalRows.hash(parallel)).isEqualTo(LogicalRows.hash(Projected.all(world)));
    }

    @Test
    void marksThatTouchAreOneStretch() throws Exception {
        var world = new World(1);
        for (int tick = 0; tick < 10; tick++) {
            world.scrape(PVE02, at(tick));
        }
        world.silence(PVE02).scrape(PVE02, at(60)).scrape(PVE02, at(61));
        var dataSource = Database.fresh();
        Projected.partition(dataSource, world, 0, 3);
        assertThat(count(dataSource, "coverage")).isEqualTo(2);
    }

    @Test
    void aLogOfAnotherNumberOfPartitionsIsRefused() throws Exception {
        var projection = new Projection(Database.fresh());
        projection.begin(4);
        assertThatThrownBy(() -> projection.begin(8))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("8 partitions");
    }

    @Test
    void everyTableAndColumnIsCommented() throws Exception {
        var dataSource = Database.fresh();
        var bare = new ArrayList<String>();
        try (var connection = dataSource.getConnection();
                var row = connection
                        .createStatement()
                        .executeQuery(
                                "SELECT c.relname, a.attname FROM pg_class c"
                                        + " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum >= 0 AND NOT a.attisdropped"
                                        + " WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v')"
                                        + " AND c.relname <> 'flyway_schema_history'"
                                        + " AND (col_description(c.oid, a.attnum) IS NULL OR obj_description(c.oid) IS NULL)")) {
            while (row.next()) {
                bare.add(row.getString(1) + "." + row.getString(2));
            }
        }
        assertThat(bare).isEqualTo(List.of());
    }

    private static long count(DataSource dataSource, String from) throws SQLException {
        try (var connection = dataSource.getConnection();
                var row = connection.createStatement().executeQuery("SELECT count(*) FROM " + from)) {
            row.next();
            return row.getLong(1);
        }
    }
}
