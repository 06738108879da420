package dev.hoplog.truth;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hoplog.api.grafana.Dashboard;
import dev.hoplog.log.LogEntry.CoverageMark;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.RibId;
import dev.hoplog.model.View;
import dev.hoplog.picture.Answers;
import dev.hoplog.picture.DashboardPicture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the dashboard shows of a recording to whoever README has made for Grafana, beside what really happened. */
@Timeout(180)
class RecordedDashboardTest {
    private static final Recording RECORDING = Recording.STOP_REACHING_PVE02;
    private static final Path PICTURE = Path.of("../../docs/images/dashboard.svg");
    private static final String POD = "fd00:101:224:3::/64";
    private static final String PVE02 = "pve02/frr/vrf_evpnz1";
    private static final String STATES = "$prefix, hop by hop";
    private static final String OPEN_GAPS = "Gaps open at the end of this window";
    private static final String GAPS = "Gaps that began in this window";
    private static final Instant FROM = Instant.parse("2026-11-23T04:37:55Z");
    private static final Instant DURING = Instant.parse("2026-11-23T04:38:50Z");
    private static final Instant TO = Instant.parse("2026-11-23T04:39:50Z");
    private static final String ABSENT = "0";
    private static final String USABLE = "2";

    @TempDir
    static Path directory;

    private static RecordedDatabase database;
    private static DataSource grafana;
    private static Answers answers;

    @BeforeAll
    static void project() throws Exception {
        database = RecordedDatabase.of(RECORDING, directory);
        grafana = database.grafana();
        answers = upTo(TO);
    }

    @AfterAll
    static void close() throws Exception {
        database.close();
    }

    private static Answers upTo(Instant to) throws Exception {
        var dashboard = Dashboard.read(Path.of("../grafana/dashboards/hoplog.json"));
        return Answers.of(grafana, dashboard, RECORDING.title(), POD, FROM, to);
    }

    @Test
    void shouldAnswerEveryQuery() throws Exception {
        answers.rows().forEach((name, rows) -> {
            if (!name.equals(OPEN_GAPS)) {
                assertThat(rows.cells()).as(name).isNotEmpty();
            }
        });
        assertThat(answers.to("network").column("network")).containsExactly(RECORDING.title());
        assertThat(answers.to("prefix").column("prefix")).contains(POD);
        assertThat(answers.to("hop").column("hop")).containsExactlyElementsOf(hopsOfTheChain());
    }

    private static List<String> hopsOfTheChain() throws Exception {
        return LabChain.chain().hops().stream().map(HopId::toString).sorted().toList();
    }

    @Test
    void shouldTurnFromUsableToAbsentAndBackWithinTheBoundsOfTheIncident() {
        assertThat(answers.to(STATES).only("metric", "time", "value").stream()
                        .filter(row -> row.getFirst().equals(PVE02))
                        .map(row -> row.get(1) + " " + row.get(2)))
                .containsExactly(
                        "2026-11-23T04:37:55Z 2",
                        "2026-11-23T04:38:15.374364Z 3",
                        // Read while FRR took it out of its table: there, and not used any more.
                        "2026-11-23T04:38:20.381355Z 3",
                        "2026-11-23T04:38:20.418268Z 5",
                        "2026-11-23T04:38:25.378211Z 0",
                        // And read while it was put back.
                        "2026-11-23T04:39:05.408674Z 5",
                        "2026-11-23T04:39:10.376911Z 3",
                        "2026-11-23T04:39:10.427432Z 3",
                        "2026-11-23T04:39:15.397365Z 2",
                        "2026-11-23T04:39:45.421394Z 4");
    }

    @Test
    void shouldClaimNothingThatWasNotSoAndFindEveryHopThatLostIt() throws Exception {
        var truth = GroundTruth.of(RECORDING);
        var lost = new HashSet<String>();
        int compared = 0;
        for (var ofHop : answers.to(STATES).only("metric", "time", "value").stream()
                .collect(groupingBy(List::getFirst, TreeMap::new, toList()))
                .entrySet()) {
            var table = tableOf(ofHop.getKey());
            var states = ofHop.getValue();
            for (int i = 0; i < states.size(); i++) {
                var state = states.get(i).get(2);
                var end =
                        i + 1 < states.size() ? Instant.parse(states.get(i + 1).get(1)) : TO;
                if (state.equals(ABSENT)) {
                    lost.add(ofHop.getKey());
                }
                for (var at = Instant.parse(states.get(i).get(1)); at.isBefore(end); at = at.plusMillis(100)) {
                    var had = hadIt(truth, table, at);
                    if (had.isPresent() && (state.equals(ABSENT) || state.equals(USABLE))) {
                        assertThat(state).as("%s at %s", ofHop.getKey(), at).isEqualTo(had.get() ? USABLE : ABSENT);
                        compared++;
                    }
                }
            }
        }
        assertThat(lost).isEqualTo(truthOfLoss(truth));
        assertThat(compared).isGreaterThan(15_000);
    }

    private static RibId tableOf(String hop) {
        var id = HopId.parse(hop);
        var view = id.daemon().equals("kernel") ? View.FIB : View.LOC_RIB;
        return RibId.of(RECORDING.title(), id, AddressFamily.IPV6_UNICAST, view);
    }

    /** Empty: the observer cannot say. */
    private static Optional<Boolean> hadIt(GroundTruth truth, RibId table, Instant at) {
        var prefix = Prefix.parse(POD);
        var had = truth.initial().containsKey(table)
                ? Optional.of(truth.initial().get(table).containsKey(prefix))
                : Optional.<Boolean>empty();
        for (var change : truth.changesOf(table, prefix)) {
            if (!change.by().isAfter(at)) {
                had = Optional.of(change.to().isPresent());
            } else if (change.after().isBefore(at)) {
                return Optional.empty();
            }
        }
        return had;
    }

    private static Set<String> truthOfLoss(GroundTruth truth) {
        return truth.changes().entrySet().stream()
                .filter(ofTable ->
                        ofTable.getKey().equals(tableOf(ofTable.getKey().hop().toString())))
                .filter(ofTable -> ofTable.getValue().getOrDefault(Prefix.parse(POD), List.of()).stream()
                        .anyMatch(change -> change.to().isEmpty()))
                .map(ofTable -> ofTable.getKey().hop().toString())
                .collect(toSet());
    }

    @Test
    void shouldShowTheIncidentAsOneRegionWithItsCause() throws Exception {
        assertThat(answers.to("Incidents").cells())
                .containsExactly(List.of(
                        "2026-11-23T04:38:20.418268Z",
                        "2026-11-23T04:39:15.397365Z",
                        "pve03/frr/vrf_evpnz1 → pve02/frr/vrf_evpnz1: rejected on import (1 prefix: " + POD + ")",
                        "rejected on import"));
    }

    @Test
    void shouldBoundTheGapAroundWhatHappened() throws Exception {
        var gap = answers.to(GAPS)
                .only("opened_after", "opened_at_or_before", "ended_after", "ended_at_or_before", "ending");
        var changes = GroundTruth.of(RECORDING).changesOf(tableOf(PVE02), Prefix.parse(POD));

        assertThat(answers.to(GAPS).only("prefix", "hop", "source_hop", "cause"))
                .containsExactly(List.of(POD, PVE02, "pve03/frr/vrf_evpnz1", "rejected on import"));
        assertThat(Instant.parse(gap.getFirst().get(0)))
                .isBefore(changes.getFirst().by());
        assertThat(Instant.parse(gap.getFirst().get(1)))
                .isAfter(changes.getFirst().after());
        assertThat(Instant.parse(gap.getFirst().get(2)))
                .isBefore(changes.getLast().by());
        assertThat(Instant.parse(gap.getFirst().get(3)))
                .isAfter(changes.getLast().after());
        assertThat(gap.getFirst().get(4)).isEqualTo("restored");
    }

    @Test
    void shouldListAGapAsOpenOnlyWhereTheWindowEndsInsideIt() throws Exception {
        assertThat(upTo(DURING).to(OPEN_GAPS).only("prefix", "hop", "source_hop", "cause", "state", "affected_hops"))
                .containsExactly(List.of(
                        POD,
                        PVE02,
                        "pve03/frr/vrf_evpnz1",
                        "rejected on import",
                        "open",
                        "pve02/kernel/main, solcp02/bird/master6, solcp02/gobgp/global, solcp02/kernel/main,"
                                + " solwk03/bird/master6, solwk03/gobgp/global, solwk03/kernel/main"));
        assertThat(stateOfTheGapAt("04:38:20.418267Z")).isEmpty();
        assertThat(stateOfTheGapAt("04:38:20.418268Z")).containsExactly("open");
        assertThat(stateOfTheGapAt("04:39:10.376910Z")).containsExactly("open");
        assertThat(stateOfTheGapAt("04:39:12Z")).containsExactly("may have ended");
        assertThat(stateOfTheGapAt("04:39:15.397365Z")).isEmpty();
        assertThat(answers.to(OPEN_GAPS).cells()).isEmpty();
    }

    private static List<String> stateOfTheGapAt(String time) throws Exception {
        return upTo(Instant.parse("2026-11-23T" + time)).to(OPEN_GAPS).column("state");
    }

    @Test
    void shouldSayUpToWhenEachHopIsKnown() throws Exception {
        var known = new TreeMap<RibId, Instant>();
        for (var entry : RECORDING.log()) {
            if (entry instanceof CoverageMark mark) {
                known.merge(mark.rib(), mark.coveredTo(), (a, b) -> a.isAfter(b) ? a : b);
            }
        }
        var expected = new ArrayList<List<String>>();
        known.entrySet().stream()
                .collect(groupingBy(of ->
                        List.of(of.getKey().hop().toString(), of.getKey().view().toString())))
                .forEach((view, tables) -> {
                    var until = tables.stream()
                            .map(Map.Entry::getValue)
                            .min(Instant::compareTo)
                            .orElseThrow();
                    double behind = Duration.between(until, TO).toNanos() / 1e9;
                    expected.add(List.of(
                            view.getFirst(),
                            view.getLast(),
                            "" + tables.size(),
                            until.toString(),
                            "%.3f".formatted(behind),
                            "0"));
                });

        assertThat(
                        answers
                                .to("Freshness")
                                .only("hop", "view", "tables", "last_reading", "behind_s", "blind_tables")
                                .stream()
                                .map(row -> List.of(
                                        row.get(0),
                                        row.get(1),
                                        row.get(2),
                                        row.get(3),
                                        "%.3f".formatted(Double.parseDouble(row.get(4))),
                                        row.get(5))))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void shouldLetGrafanaReadTheViewsOnly() throws Exception {
        try (var connection = grafana.getConnection();
                var statement = connection.createStatement()) {
            for (var forbidden : List.of("SELECT FROM hoplog.gap", "CREATE TABLE grafana.mine ()")) {
                assertThatThrownBy(() -> statement.execute(forbidden))
                        .as(forbidden)
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("permission denied");
            }
        }
    }

    @Test
    void shouldLookLikeThePictureInTheReadme() throws Exception {
        var picture = DashboardPicture.of(answers);
        if (Boolean.getBoolean("picture.write")) {
            Files.createDirectories(PICTURE.getParent());
            Files.writeString(PICTURE, picture);
        }
        assertThat(PICTURE)
                .as("the picture of the dashboard; if the change is right, write it anew with -Dpicture.write=true")
                .hasContent(picture);
    }
}
