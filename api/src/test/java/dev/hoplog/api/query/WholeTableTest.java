package dev.hoplog.api.query;

import static dev.hoplog.api.World.at;
import static dev.hoplog.api.World.rib;
import static dev.hoplog.api.World.usable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hoplog.api.Projected;
import dev.hoplog.api.World;
import dev.hoplog.history.RouteHistory;
import dev.hoplog.history.Truth;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.RibId;
import dev.hoplog.model.SessionState;
import dev.hoplog.model.View;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dumps and diffs of whole tables say what the whole history of each of their rows says. */
class WholeTableTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final RibId PVE02 = rib("pve02/frr/main");
    private static final RibId SESSIONS = rib("lab", "pve02/frr/main", View.SESSIONS);

    private static RibSelector selector(Optional<View> view) {
        return new RibSelector("pve02/frr/main", view, Optional.empty(), Optional.empty());
    }

    /** What a dump says: no header is kept, rows by their text. */
    private static List<Truth> dump(DataSource dataSource, Optional<View> view, Instant asOf) throws SQLException {
        var rows = new ArrayList<Truth>();
        new RibDump(dataSource)
                .ask(new RibDump.Question("", selector(view), Optional.of(asOf)), LIMIT, new RibDump.Client() {
                    @Override
                    public void header(RibDump.Header header) {}

                    @Override
                    public void row(RibId rib, Truth truth) {
                        rows.add(truth);
                    }
                });
        return rows;
    }

    private static List<RibDiff.Difference> diff(DataSource dataSource, Optional<View> view, Instant from, Instant to)
            throws SQLException {
        var rows = new ArrayList<RibDiff.Difference>();
        new RibDiff(dataSource).ask(new RibDiff.Question("", selector(view), from, to), LIMIT, new RibDiff.Client() {
            @Override
            public void header(RibDiff.Header header) {}

            @Override
            public void row(RibId rib, RibDiff.Difference difference) {
                rows.add(difference);
            }
        });
        return rows;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aDumpSaysWhatEveryHistorySays(long seed) throws Exception {
        var world = AroundTest.world(seed);
        var histories = sorted(world);
        var dataSource = Projected.all(world);
        for (var instant : AroundTest.instants()) {
            var expected = histories.values().stream()
                    .map(history -> history.at(instant))
                    .filter(truth -> truth instanceof Truth.Present || truth instanceof Truth.Undecided)
                    .filter(truth -> world.covered(PVE02).contains(instant))
                    .toList();
            assertThat(dump(dataSource, Optional.empty(), instant))
                    .as("seed %d at %s", seed, instant)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aDiffSaysWhatEveryHistorySaysAtBothItsEnds(long seed) throws Exception {
        var world = AroundTest.world(seed);
        var histories = sorted(world);
        var covered = world.covered(PVE02);
        var dataSource = Projected.all(world);
        var instants = AroundTest.instants();
        for (int i = 0; i < instants.size(); i += 3) {
            for (int j = i + 1; j < instants.size(); j += 4) {
                var from = instants.get(i);
                var to = instants.get(j);
                var expected = new ArrayList<RibDiff.Difference>();
                if (covered.contains(from) && covered.contains(to)) {
                    histories.values().forEach(history -> {
                        int changes = (int) history.events().stream()
                                .filter(event -> meets(event, from, to))
                                .count();
                        if (changes > 0) {
                            expected.add(new RibDiff.Difference(
                                    history.at(from), history.at(to), lastSeen(history, to), changes));
                        }
                    });
                }
                assertThat(diff(dataSource, Optional.empty(), from, to))
                        .as("seed %d from %s to %s", seed, from, to)
                        .isEqualTo(expected);
            }
        }
    }

    private static Seen lastSeen(RouteHistory history, Instant to) {
        var last = history.events().stream()
                .filter(event -> !event.bounds().atOrBefore().isAfter(to)
                        || event.bounds().after().map(to::isAfter).orElse(true))
                .reduce((earlier, later) -> later)
                .orElseThrow()
                .change();
        return last.after().or(last::before).orElseThrow();
    }

    private static boolean meets(RouteEvent event, Instant from, Instant to) {
        return event.bounds().atOrBefore().isAfter(from)
                && event.bounds().after().map(after -> after.isBefore(to)).orElse(true);
    }

    /** In the order of prefixes, as PostgreSQL and the model have it. */
    private static Map<Prefix, RouteHistory> sorted(World world) {
        return new TreeMap<>(AroundTest.histories(world));
    }

    @Test
    void aSessionTableIsATableToo() throws Exception {
        var world = new World(2)
                .scrape(SESSIONS, at(0), World.session("fd00::1", SessionState.ESTABLISHED))
                .scrape(
                        SESSIONS,
                        at(10),
                        World.session("fd00::1", SessionState.ACTIVE),
                        World.session("fd00::2", SessionState.IDLE))
                .scrape(SESSIONS, at(20), World.session("fd00::2", SessionState.IDLE));
        var dataSource = Projected.all(world);

        assertThat(dump(dataSource, Optional.of(View.SESSIONS), at(10)))
                .extracting(truth -> ((Truth.Present) truth).seen().row().key().toString())
                .hasSize(2);
        assertThat(dump(dataSource, Optional.of(View.SESSIONS), at(15)))
                .hasExactlyElementsOfTypes(Truth.Undecided.class, Truth.Present.class);
        assertThat(diff(dataSource, Optional.of(View.SESSIONS), at(10), at(20)))
                .singleElement()
                .satisfies(difference -> assertThat(difference.after()).isInstanceOf(Truth.Absent.class));
    }

    @Test
    void aTableThatIsNotThereIsNotFoundWithThoseThatAre() throws Exception {
        var dataSource = Projected.all(new World(2).scrape(PVE02, at(0), usable("::/0")));

        assertThatThrownBy(() -> dump(dataSource, Optional.of(View.FIB), at(0)))
                .isInstanceOf(QueryFailure.NotFound.class)
                .hasMessageContaining("there are: loc-rib ipv6-unicast");
    }
}
