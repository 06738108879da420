package dev.hoplog.api.projector;

import static dev.hoplog.api.World.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hoplog.api.Database;
import dev.hoplog.api.SaidOfGaps;
import dev.hoplog.api.World;
import dev.hoplog.api.verify.LogicalRows;
import dev.hoplog.gap.Break;
import dev.hoplog.gap.Gap;
import dev.hoplog.gap.GapEvent;
import dev.hoplog.log.GapEntry;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Id;
import dev.hoplog.model.Prefix;
import dev.hoplog.wire.GapCodec;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GapProjectionTest {
    private static List<String> rows(DataSource dataSource, String sql) throws SQLException {
        var rows = new ArrayList<String>();
        try (var connection = dataSource.getConnection()) {
            connection.createStatement().execute("SET timezone TO 'UTC'");
            try (var row = connection.createStatement().executeQuery(sql)) {
                while (row.next()) {
                    rows.add(row.getString(1));
                }
            }
        }
        return rows;
    }

    private static GapEntry said(GapEvent event) {
        return GapCodec.entry("lab", Prefix.parse(SaidOfGaps.POD), event);
    }

    @Test
    void everythingThatIsSaidOfAGapIsThere() throws Exception {
        var dataSource = Database.fresh();
        SaidOfGaps.project(dataSource, 100);
        assertThat(rows(
                        dataSource,
                        "SELECT concat_ws(' ', prefix, hop, kind, ending, ended_at_or_before - opened_after) FROM gap"
                                + " ORDER BY prefix"))
                .containsExactly(
                        "fd00:101:224:3::/64 pve02/frr/main 1 1 00:00:35", "fd00:101:224:5::/64 pve02/frr/main 1");
        assertThat(rows(dataSource, "SELECT ROW (ordinal, hops)::text FROM gap_break ORDER BY gap_id, ordinal"))
                .containsExactlyInAnyOrder(
                        "(1,\"{pve03/frr/main,pve02/frr/main}\")",
                        "(2,\"{pve01/frr/main,pve02/frr/main}\")",
                        "(1,\"{pve03/frr/main,pve02/frr/main}\")");
        assertThat(rows(
                        dataSource,
                        "SELECT concat_ws(' ', cause, lacking) FROM gap_explanation ORDER BY break_ordinal"))
                .containsExactly("4 {65000:100}", "10 {}");
        assertThat(rows(
                        dataSource,
                        "SELECT coalesce(resumed_from - suspended_from, '0')::text FROM gap_suspension"
                                + " ORDER BY suspended_from, 1"))
                .containsExactly("00:00:05", "00:00:00", "00:00:05");
    }

    @ParameterizedTest
    @EnumSource
    void eachKindHasItsNumberAndItsWords(Gap.Kind kind) throws Exception {
        var dataSource = Database.fresh();
        var way = new Break(List.of(HopId.parse("pve03/frr/main"), HopId.parse("pve02/frr/main")));
        var opened = new GapEvent.Opened(
                new Id(0, 1), kind, List.of(way), Bounds.between(at(5), at(10)), at(10), new Id(0, 2));
        var projection = new GapProjection(dataSource);
        projection.position(0, 0);
        projection.write(SaidOfGaps.batch(0, List.of(said(opened))));

        assertThat(rows(dataSource, "SELECT kind FROM gap")).containsExactly(String.valueOf(kind.ordinal() + 1));
        assertThat(rows(dataSource, "SELECT kind FROM grafana_gaps"))
                .containsExactly(kind.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        assertThat(rows(dataSource, "SELECT title FROM grafana_incidents_annotations"))
                .singleElement()
                .asString()
                .startsWith("pve03/frr/main → pve02/frr/main"
                        + switch (kind) {
                            case MISSING, SOURCE_LOST -> ": ";
                            case DEGRADED -> " (degraded): ";
                            case STALE -> " (stale): ";
                        });
    }

    @Test
    void theEvidenceIsKeptAsTheLogHasIt() throws Exception {
        var dataSource = Database.fresh();
        SaidOfGaps.project(dataSource, 100);
        try (var connection = dataSource.getConnection();
                var row = connection
                        .createStatement()
                        .executeQuery("SELECT octets FROM gap_explanation WHERE break_ordinal = 1")) {
            row.next();
            assertThat(GapCodec.decode(row.getBytes(1))).isEqualTo(SaidOfGaps.LOG.get(4));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7})
    void theSameRowsWhateverTheBatches(int batchSize) throws Exception {
        var one = Database.fresh();
        var other = Database.fresh();
        SaidOfGaps.project(one, 100);
        SaidOfGaps.project(other, batchSize);
        assertThat(LogicalRows.hash(other)).isEqualTo(LogicalRows.hash(one));
    }

    @Test
    void whatTheGapStepSaysAgainCountsOnce() throws Exception {
        var once = Database.fresh();
        SaidOfGaps.project(once, 100);
        var before = LogicalRows.hash(once);
        int size = SaidOfGaps.LOG.size();
        new GapProjection(once).write(SaidOfGaps.batch(size, SaidOfGaps.LOG));
        var after = LogicalRows.hash(once);
        assertThat(after.remove("gap_position")).isNotEqualTo(before.remove("gap_position"));
        assertThat(after).isEqualTo(before);
    }

    @Test
    void aBatchIsWrittenOnlyWhereThePositionIs() throws Exception {
        var dataSource = Database.fresh();
        var projection = new GapProjection(dataSource);
        projection.position(0, 0);
        projection.write(SaidOfGaps.batch(0, 4));
        var before = LogicalRows.hash(dataSource);
        assertThatThrownBy(() -> projection.write(SaidOfGaps.batch(0, 5))).isInstanceOf(PositionLost.class);
        assertThat(LogicalRows.hash(dataSource)).isEqualTo(before);
        assertThat(projection.position(0, 0)).isEqualTo(4);
    }

    @Test
    void whatCannotFollowStopsThePartitionAndWritesNothing() throws Exception {
        var dataSource = Database.fresh();
        SaidOfGaps.project(dataSource, 100);
        var projection = new GapProjection(dataSource);
        long from = projection.position(0, 0);
        var before = LogicalRows.hash(dataSource);
        var ended = SaidOfGaps.ENDED;
        Stream.of(
                        said(new GapEvent.Resumed(ended, at(50))),
                        said(new GapEvent.Closed(ended, Gap.End.MOOT, Bounds.between(at(60), at(61)))),
                        said(new GapEvent.Suspended(World.id("no such gap"), at(50))),
                        said(new GapEvent.Suspended(SaidOfGaps.OPEN, at(50))))
                .forEach(entry -> assertThatThrownBy(() -> projection.write(SaidOfGaps.batch(from, List.of(entry))))
                        .isInstanceOf(LogContradiction.class)
                        .hasMessageContaining("hoplog.gap-event.v1"));
        assertThat(LogicalRows.hash(dataSource)).isEqualTo(before);
    }
}
