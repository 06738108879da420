package dev.hoplog.api.grafana;

import static dev.hoplog.api.World.at;
import static dev.hoplog.api.World.rib;
import static dev.hoplog.api.World.unusable;
import static dev.hoplog.api.World.usable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hoplog.api.Projected;
import dev.hoplog.api.SaidOfGaps;
import dev.hoplog.api.World;
import dev.hoplog.gap.Cause;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.RibId;
import dev.hoplog.wire.GapCodec;
import dev.hoplog.wire.LogCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DashboardTest {
    private static final RibId PVE02 = rib("pve02/frr/main");
    private static final RibId PVE03 = rib("pve03/frr/main");
    private static final String STATES = "$prefix, hop by hop";
    private static final String OPEN_GAPS = "Gaps open at the end of this window";
    private static final Map<String, List<String>> VARIABLES = Map.of(
            "network", List.of("lab"),
            "prefix", List.of(SaidOfGaps.POD),
            "hop", List.of("pve02/frr/main", "pve03/frr/main"));
    private static DataSource dataSource;

    @BeforeAll
    static void project() throws Exception {
        var world = new World(2);
        for (int second = 0; second <= 60; second += 5) {
            if (second == 30) {
                world.fail(PVE02, at(second), FailureReason.TRUNCATED);
            } else if (second == 15 || second == 20) {
                world.scrape(PVE02, at(second));
            } else if (second == 40) {
                world.scrape(PVE02, at(second), unusable(SaidOfGaps.POD));
            } else {
                world.scrape(PVE02, at(second), usable(SaidOfGaps.POD));
            }
        }
        world.scrape(PVE03, at(0), usable("fd00:1::/64")).fail(PVE03, at(5), FailureReason.UNREACHABLE);
        dataSource = Projected.all(world);
        SaidOfGaps.project(dataSource, 100);
        try (var connection = dataSource.getConnection()) {
            connection.createStatement().execute("SELECT expose_to_grafana()");
        }
    }

    /** As whoever reads the dashboard's database: rows as text, after one of column names. */
    private static List<String> ask(String sql) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            asGrafana(connection);
            try (var row = connection.createStatement().executeQuery(sql)) {
                var rows = new ArrayList<String>();
                var columns = row.getMetaData();
                var cells = new ArrayList<String>();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    cells.add(columns.getColumnName(i));
                }
                rows.add(String.join(" | ", cells));
                while (row.next()) {
                    cells.clear();
                    for (int i = 1; i <= columns.getColumnCount(); i++) {
                        cells.add(String.valueOf(row.getString(i)));
                    }
                    rows.add(String.join(" | ", cells));
                }
                return rows;
            }
        }
    }

    private static void asGrafana(Connection connection) throws SQLException {
        connection.createStatement().execute("SET timezone TO 'UTC'");
        connection.createStatement().execute("SET ROLE hoplog_grafana");
    }

    private static Dashboard dashboard() throws IOException {
        return Dashboard.read(Path.of("../deploy/grafana/dashboards/hoplog.json"));
    }

    private static List<String> answer(String name) throws Exception {
        return ask(dashboard().expanded(name, at(-60), at(600), VARIABLES));
    }

    @Test
    void everyQueryRunsAndFindsSomething() throws Exception {
        var dashboard = dashboard();
        assertThat(dashboard.queries().keySet())
                .containsExactly(
                        "network",
                        "prefix",
                        "hop",
                        "Incidents",
                        STATES,
                        OPEN_GAPS,
                        "Gaps that began in this window",
                        "Freshness");
        for (var name : dashboard.queries().keySet()) {
            assertThat(answer(name)).as(name).hasSizeGreaterThan(1);
        }
    }

    @Test
    void theTimelineSaysWhatIsKnownAndWhatIsNot() throws Exception {
        assertThat(ask("SELECT to_char(time, 'MI:SS.US'), state FROM grafana.prefix_state WHERE network = 'lab'"
                        + " AND prefix = '" + SaidOfGaps.POD + "' AND hop = 'pve02/frr/main' ORDER BY time"))
                .containsExactly(
                        "to_char | state",
                        "00:00.000000 | usable",
                        "00:10.000001 | changing",
                        "00:15.000000 | absent",
                        "00:20.000001 | changing",
                        "00:25.000000 | usable",
                        "00:25.000001 | unknown",
                        "00:35.000000 | usable",
                        "00:35.000001 | changing",
                        "00:40.000000 | present, not usable",
                        "00:40.000001 | changing",
                        "00:45.000000 | usable",
                        "01:00.000001 | unknown");
        assertThat(ask("SELECT to_char(time, 'MI:SS.US'), state FROM grafana.prefix_state WHERE network = 'lab'"
                        + " AND prefix = '" + SaidOfGaps.POD + "' AND hop = 'pve03/frr/main' ORDER BY time"))
                .containsExactly("to_char | state", "00:00.000000 | absent", "00:00.000001 | unknown");
    }

    @Test
    void aWindowBeginsWithTheStateThatHolds() throws Exception {
        var sql = dashboard().expanded(STATES, at(50), at(55), VARIABLES);
        assertThat(ask(sql))
                .containsExactly(
                        "time | metric | value",
                        "2026-03-01 12:00:50+00 | pve02/frr/main | 2",
                        "2026-03-01 12:00:50+00 | pve03/frr/main | 4");
    }

    @Test
    void gapsAndIncidentsAreTold() throws Exception {
        assertThat(answer(OPEN_GAPS))
                .containsExactly(
                        "prefix | hop | source_hop | kind | cause | opened_after | opened_at_or_before | state"
                                + " | affected_hops",
                        SaidOfGaps.OTHER + " | pve02/frr/main | pve03/frr/main | missing | not explained yet"
                                + " | 2026-03-01 12:00:12+00 | 2026-03-01 12:00:15+00 | suspended | ");
        assertThat(answer("Gaps that began in this window"))
                .contains(SaidOfGaps.POD + " | pve02/frr/main | pve01/frr/main, pve03/frr/main"
                        + " | rejected on import, unknown | 2026-03-01 12:00:10+00 | 2026-03-01 12:00:15+00"
                        + " | 2026-03-01 12:00:40+00 | 2026-03-01 12:00:45+00 | restored | 25 | 35");
        assertThat(answer("Incidents"))
                .contains("2026-03-01 12:00:15+00 | 2026-03-01 12:00:45+00 | pve01/frr/main → pve02/frr/main: unknown"
                        + " (1 prefix: fd00:101:224:3::/64) | unknown")
                .contains("2026-03-01 12:00:15+00 | null | pve03/frr/main → pve02/frr/main: rejected on import"
                        + " (2 prefixes: fd00:101:224:3::/64, fd00:101:224:5::/64) | rejected on import");
    }

    @ParameterizedTest
    @CsvSource({
        "14, null", // within the bounds of its beginning
        "15, open",
        "22, suspended",
        "25, open",
        "32, suspended",
        "40, open",
        "44, may have ended",
        "45, null"
    })
    void aPastWindowEndsWithTheGapsThatWereOpenThen(int second, String state) throws Exception {
        var sql = dashboard().expanded(OPEN_GAPS, at(0), at(second), VARIABLES);

        assertThat(ask("SELECT state FROM (" + sql + ") AS open WHERE prefix = '" + SaidOfGaps.POD + "'"))
                .isEqualTo(state.equals("null") ? List.of("state") : List.of("state", state));
    }

    @Test
    void whatHasNotEndedHasNoLengthYet() throws Exception {
        assertThat(ask("SELECT lasted_at_least_s, lasted_at_most_s, suspended FROM grafana.gaps WHERE is_open"))
                .containsExactly(
                        "lasted_at_least_s | lasted_at_most_s | suspended",
                        "null | null | {[\"2026-03-01 12:00:30+00\",)}");
    }

    @Test
    void freshnessIsMeasuredFromTheEndOfTheWindow() throws Exception {
        var sql = dashboard().expanded("Freshness", at(0), at(30), VARIABLES);

        assertThat(ask("SELECT hop, last_reading, behind_s FROM (" + sql + ") AS fresh ORDER BY hop"))
                .containsExactly(
                        "hop | last_reading | behind_s",
                        "pve02/frr/main | 2026-03-01 12:01:00+00 | 0",
                        "pve03/frr/main | 2026-03-01 12:00:00+00 | 30");
    }

    @Test
    void freshnessSaysWhatIsBlindAndWhy() throws Exception {
        assertThat(ask("SELECT hop, view, tables, last_reading, blind_tables, blind_reason FROM grafana.freshness"
                        + " WHERE network = 'lab' ORDER BY hop"))
                .containsExactly(
                        "hop | view | tables | last_reading | blind_tables | blind_reason",
                        "pve02/frr/main | loc-rib | 1 | 2026-03-01 12:01:00+00 | 0 | null",
                        "pve03/frr/main | loc-rib | 1 | 2026-03-01 12:00:00+00 | 1 | unreachable");
    }

    @Test
    void theRoleReadsTheViewsAndNothingElse() {
        for (var table : List.of("gap", "route_event", "grafana_gaps", "snapshot")) {
            assertThatThrownBy(() -> ask("SELECT * FROM " + table)).isInstanceOf(SQLException.class);
        }
        assertThatThrownBy(() -> ask("DELETE FROM grafana.freshness")).isInstanceOf(SQLException.class);
    }

    @Test
    void everyViewAndColumnIsCommented() throws Exception {
        assertThat(ask("SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
                        + " WHERE a.attnum >= 0 AND c.relnamespace = 'grafana'::regnamespace"
                        + " AND (col_description(c.oid, a.attnum) IS NULL OR obj_description(c.oid) IS NULL)"))
                .hasSize(1);
    }

    @Test
    void wordsAreThoseOfTheEnums() throws Exception {
        for (var cause : Cause.values()) {
            assertThat(word("gap_cause_words", GapCodec.CAUSES.encode(cause).getNumber()))
                    .isEqualTo(words(cause));
        }
        for (var reason : FailureReason.values()) {
            assertThat(word("failure_words", LogCodec.REASONS.encode(reason).getNumber()))
                    .isEqualTo(words(reason));
        }
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String word(String function, int number) throws SQLException {
        try (var connection = dataSource.getConnection();
                var row = connection
                        .createStatement()
                        .executeQuery("SELECT " + function + "(" + number + "::smallint)")) {
            row.next();
            return row.getString(1);
        }
    }
}
