package dev.hoplog.api.verify;

import static dev.hoplog.api.World.at;
import static dev.hoplog.api.World.rib;
import static dev.hoplog.api.World.usable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hoplog.api.Database;
import dev.hoplog.api.Projected;
import dev.hoplog.api.Refused;
import dev.hoplog.api.SaidOfGaps;
import dev.hoplog.api.World;
import dev.hoplog.api.projector.GapBatch;
import dev.hoplog.api.projector.PositionLost;
import dev.hoplog.api.projector.Projection;
import dev.hoplog.api.projector.RejectedBatch;
import dev.hoplog.log.v1.RejectReason;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.RibId;
import dev.hoplog.model.ScraperClock;
import dev.hoplog.wire.ChainCodec;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class RebuildTest {
    private static final RibId PVE02 = rib("pve02/frr/main");
    private static final String POD = "fd00:101:224:3::/64";

    /** A world's log, in batches of seven, and what was refused, of which the topic has what begins at an offset. */
    private record WorldLog(World world, Refused refused, long refusedFrom) implements Log {
        WorldLog(World world) {
            this(world, new Refused(), 0);
        }

        @Override
        public Beside<GapBatch> gaps() {
            return new Beside<>() {
                @Override
                public long beginning(int partition) {
                    return 0;
                }

                @Override
                public long end(int partition) {
                    return SaidOfGaps.LOG.size();
                }

                @Override
                public void read(int partition, long to, Sink<GapBatch> sink) throws SQLException, PositionLost {
                    for (int from = 0; from < to; from++) {
                        sink.accept(SaidOfGaps.batch(from, from + 1));
                    }
                }
            };
        }

        @Override
        public Beside<RejectedBatch> rejected() {
            return new Beside<>() {
                @Override
                public long beginning(int partition) {
                    return refusedFrom;
                }

                @Override
                public long end(int partition) {
                    return refused.size();
                }

                @Override
                public void read(int partition, long to, Sink<RejectedBatch> sink) throws SQLException, PositionLost {
                    for (long from = refusedFrom; from < to; from++) {
                        sink.accept(refused.batch(from, from + 1));
                    }
                }
            };
        }

        @Override
        public int partitions() {
            return world.partitions();
        }

        @Override
        public long beginning(int partition) {
            return 0;
        }

        @Override
        public long end(int partition) {
            return world.partition(partition).size();
        }

        @Override
        public void read(int partition, long to, Sink sink) throws SQLException, PositionLost {
            for (long from = 0; from < to; from += 7) {
                sink.accept(Projected.batch(world, partition, from, Math.min(to, from + 7)));
            }
        }
    }

    private static World world() {
        var world = new World(3);
        for (int i = 0; i < 20; i++) {
            var chain = World.chain("n" + i % 7 + "/frr/main");
            world.publish(ChainCodec.version("lab", Optional.of(at(i / 14)), at(i), chain));
        }
        for (int tick = 0; tick < 30; tick++) {
            world.readBy(new ScraperClock(tick < 12 ? "one" : "two", Duration.ofMillis(tick < 20 ? 20 : 30)));
            if (tick % 9 == 8) {
                world.fail(PVE02, at(tick), FailureReason.TRUNCATED);
            } else if (tick % 4 == 3) {
                world.scrape(PVE02, at(tick), usable("::/0"));
            } else {
                world.scrape(PVE02, at(tick), usable("::/0"), usable(POD), usable("fd00:" + tick + "::/32"));
            }
        }
        return world;
    }

    private static void project(String schema, World world, int batchSize) throws Exception {
        Database.migrate(schema);
        for (int partition = 0; partition < world.partitions(); partition++) {
            Projected.partition(Database.in(schema), world, partition, batchSize);
        }
    }

    @Test
    void aRebuildGivesTheSameRows() throws Exception {
        var world = world();
        project("rebuild_same", world, 1_000);
        var rebuild = new Rebuild(Database::in, new WorldLog(world));
        var report = rebuild.run("rebuild_same", "rebuild_same_spare");
        assertThat(report.tables()).allMatch(Rebuild.Comparison::isEqual);
        assertThat(report.tables())
                .anyMatch(table ->
                        table.table().equals("route_event") && table.live().rows() > 20)
                .anyMatch(table ->
                        table.table().equals("table_reader") && table.live().rows() == 3);
    }

    @Test
    void aRowThatIsNotWhatTheLogSaysIsFound() throws Exception {
        var world = world();
        project("rebuild_tampered", world, 1_000);
        execute(
                "rebuild_tampered",
                "UPDATE presence SET began_at_or_before = began_at_or_before"
                        + " + interval '1 microsecond' WHERE sequence = 1");
        var report = new Rebuild(Database::in, new WorldLog(world)).run("rebuild_tampered", "rebuild_tampered_spare");
        assertThat(report.tables().stream().filter(table -> !table.isEqual()).map(Rebuild.Comparison::table))
                .containsExactly("presence");
    }

    @Test
    void aLiveProjectorLetsGoAndGoesOnAfterASwap() throws Exception {
        var world = world();
        Database.migrate("rebuild_swap");
        var dataSource = Database.in("rebuild_swap");
        var projection = new Projection(dataSource);
        projection.begin(3);
        projection.position(0, 0);
        projection.write(Projected.batch(world, 0, 0, 20));
        var rebuild = new Rebuild(Database::in, new WorldLog(world));
        assertThat(rebuild.run("rebuild_swap", "rebuild_swap_spare").isEqual()).isTrue();
        projection.write(Projected.batch(world, 0, 20, 30));
        rebuild.swap("rebuild_swap", "rebuild_swap_spare");
        assertThatThrownBy(() -> projection.write(Projected.batch(world, 0, 30, 35)))
                .isInstanceOf(PositionLost.class);
        for (int partition = 0; partition < 3; partition++) {
            Projected.partition(dataSource, world, partition, 4);
        }
        project("rebuild_fresh", world, 1_000);
        assertThat(LogicalRows.hash(dataSource)).isEqualTo(LogicalRows.hash(Database.in("rebuild_fresh")));
    }

    private static Refused refused() {
        return new Refused()
                .of(PVE02, at(1), RejectReason.REJECT_REASON_STALE)
                .of(rib("pve09/frr/main"), at(2), RejectReason.REJECT_REASON_STALE)
                .garbage("", at(3));
    }

    @Test
    void aRebuildCountsWhatWasRefusedOnceMore() throws Exception {
        project("rebuild_refused", world(), 1_000);
        refused().count(Database.in("rebuild_refused"), 100);
        var rebuild = new Rebuild(Database::in, new WorldLog(world(), refused(), 0));
        var report = rebuild.run("rebuild_refused", "rebuild_refused_spare");
        assertThat(report.isEqual()).isTrue();
        assertThat(report.tables())
                .anyMatch(table ->
                        table.table().equals("rejected") && table.live().rows() == 3);
        execute("rebuild_refused", "UPDATE rejected SET records = 2 WHERE last_offset = 2");
        assertThat(rebuild.run("rebuild_refused", "rebuild_refused_spare").isEqual())
                .isFalse();
    }

    @Test
    void whatTheTopicOfRefusedInputNoLongerHasIsNotCompared() throws Exception {
        project("rebuild_cut", world(), 1_000);
        refused().count(Database.in("rebuild_cut"), 100);
        var report =
                new Rebuild(Database::in, new WorldLog(world(), refused(), 2)).run("rebuild_cut", "rebuild_cut_spare");
        assertThat(report.isEqual()).isTrue();
        assertThat(report.tables()).extracting(Rebuild.Comparison::table).doesNotContain("rejected");
    }

    @Test
    void aRebuildWritesGapsOnceMore() throws Exception {
        project("rebuild_gaps", world(), 1_000);
        SaidOfGaps.project(Database.in("rebuild_gaps"), 100);
        var rebuild = new Rebuild(Database::in, new WorldLog(world()));
        var report = rebuild.run("rebuild_gaps", "rebuild_gaps_spare");
        assertThat(report.isEqual()).isTrue();
        assertThat(report.tables())
                .anyMatch(table ->
                        table.table().equals("gap_explanation") && table.live().rows() == 2);
        execute("rebuild_gaps", "DELETE FROM gap_affected");
        assertThat(rebuild.run("rebuild_gaps", "rebuild_gaps_spare").isEqual()).isFalse();
    }

    @Test
    void verifyFindsGapsThatAreNotWhatTheirEventsMade() throws Exception {
        var dataSource = Projected.all(world());
        SaidOfGaps.project(dataSource, 100);
        assertThat(new Verify(dataSource).run()).isEqualTo(List.of());
        execute(
                dataSource,
                "UPDATE gap_break SET ordinal = 7 WHERE gap_id IN (SELECT gap_id FROM gap WHERE ending IS NULL)");
        execute(dataSource, "INSERT INTO gap_event VALUES (gen_random_uuid(), gen_random_uuid(), 0)");
        assertThat(new Verify(dataSource).run())
                .extracting(Verify.Finding::invariant)
                .containsExactly(
                        "every gap has breaks, numbered without holes, that end at its hop",
                        "what is said of gaps is said of gaps that are there");
    }

    @Test
    void aSwapTakesWhatGrafanaReadsAlong() throws Exception {
        project("rebuild_exposed", world(), 1_000);
        execute("rebuild_exposed", "SELECT expose_to_grafana()");
        var rebuild = new Rebuild(Database::in, new WorldLog(world()));
        rebuild.run("rebuild_exposed", "rebuild_exposed_spare");
        rebuild.swap("rebuild_exposed", "rebuild_exposed_spare");
        try (var connection = Database.in("rebuild_exposed").getConnection();
                var row = connection
                        .createStatement()
                        .executeQuery("SELECT count(*) FROM grafana.prefixes WHERE prefix = '" + POD + "'")) {
            row.next();
            assertThat(row.getInt(1)).isEqualTo(1);
        }
    }

    @Test
    void verifyFindsACountThatRunsAheadOfItsPosition() throws Exception {
        var dataSource = Projected.all(world());
        refused().count(dataSource, 100);
        assertThat(new Verify(dataSource).run()).isEqualTo(List.of());
        execute(dataSource, "UPDATE rejected SET records = 3 WHERE last_offset = 0");
        assertThat(new Verify(dataSource).run())
                .anyMatch(finding -> finding.invariant().contains("refused input")
                        && finding.where().contains(PVE02.key()));
    }

    @Test
    void anotherLogIsRefused() throws Exception {
        project("rebuild_other", world(), 1_000);
        assertThatThrownBy(() -> new Rebuild(Database::in, new WorldLog(new World(3)))
                        .run("rebuild_other", "rebuild_other_spare"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not the log that it was made from");
    }

    @Test
    void verifyFindsNothingInAProjectionThatIsWell() throws Exception {
        assertThat(new Verify(Projected.all(world())).run()).isEqualTo(List.of());
    }

    @Test
    void verifyFindsEachKindOfDamage() throws Exception {
        finds("DELETE FROM route_event WHERE kind = 1 AND after > '-infinity'", "appears only when");
        finds("DELETE FROM presence WHERE sequence = 1", "stays are what the events give");
        finds("UPDATE presence SET sequence = sequence + 1 WHERE ended_at_or_before IS NULL", "without holes");
        finds("DELETE FROM prefix WHERE prefix = '::/0'", "refer to what is there");
        finds("INSERT INTO prefix (prefix) VALUES ('fd00:dead::/32')", "nothing in a dictionary is unused");
        finds("UPDATE route_event SET usable = false", "attributes decode");
        finds("UPDATE attributes SET observed = 0", "attributes decode");
        finds("UPDATE projection_position SET next_offset = 0", "never runs ahead");
        finds("UPDATE coverage SET covered_to = covered_to + interval '1 hour'", "neither overlap nor touch");
        finds("DELETE FROM table_reader", "has a reader");
        finds("UPDATE table_reader SET scraper = 'one', clock_error_us = 0", "only where that changes");
        finds("UPDATE projection SET partitions = 1", "partitions that the log has");
    }

    @Test
    void verifyNamesTheCoverageThatRunsAheadOfItsPosition() throws Exception {
        var dataSource = Projected.all(world());
        execute(
                dataSource,
                "UPDATE coverage SET last_offset = (SELECT next_offset FROM projection_position WHERE log_partition = 1)"
                        + " WHERE log_partition = 1 AND covered_from = '" + at(9) + "'");
        assertThat(new Verify(dataSource).run()).singleElement().satisfies(finding -> {
            assertThat(finding.invariant()).isEqualTo("coverage never runs ahead of the position");
            assertThat(finding.where()).contains(PVE02.key(), "partition 1 ", ":09");
        });
    }

    private static void finds(String damage, String invariant) throws Exception {
        var dataSource = Projected.all(world());
        execute(dataSource, damage);
        assertThat(new Verify(dataSource).run())
                .as(damage)
                .anyMatch(finding -> finding.invariant().contains(invariant));
    }

    private static void execute(String schema, String sql) throws SQLException {
        execute(Database.in(schema), sql);
    }

    private static void execute(DataSource dataSource, String sql) throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
